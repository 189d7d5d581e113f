"""The question set is large enough and fair."""

from __future__ import annotations

import pytest

from evals.retrieval import questions
from evals.retrieval.errors import EvaluationError
from evals.retrieval.nearness import cosine, grams, jaccard, near_pairs, words
from evals.retrieval.questions import AMBIGUOUS, OUT_OF_SCOPE, QUESTIONS, Group, Question, load, load_all
from knowledge import phrasings
from knowledge.procedure import Section
from knowledge.shipped import shipped_facts
from knowledge.sources import written

LEAST = {QUESTIONS: 1_200, OUT_OF_SCOPE: 150, AMBIGUOUS: 100}
"""Questions that each file must hold; raise it with the file."""
SPEECHES = {"plain", "dialect", "no_diacritics", "teencode", "transcript", "situation", "short", "english", "letter"}
NEAR_WORDS, NEAR_GRAMS = 0.8, 0.75
"""From here on a question counts as copied from what the index holds."""


@pytest.fixture(scope="module")
def known():
    """The shipped procedures by code."""
    return {procedure.code: procedure for procedure in (*shipped_facts(), *written.load())}


@pytest.fixture(scope="module")
def told(known):
    """Every name and saying that the index holds, each with the code it leads to."""
    sayings = [(saying, code) for code, lines in phrasings.load().items() for saying in lines]
    for code, procedure in known.items():
        names = (procedure.name, procedure.title.vi, procedure.title.en, *procedure.synonyms, *procedure.synonyms_en)
        sayings += [(name, code) for name in names if name]
    return sayings


@pytest.mark.parametrize("path", LEAST, ids=lambda path: path.stem)
def test_a_file_holds_as_many_questions_as_were_promised(path):
    assert len(load(path)) >= LEAST[path]


def test_every_question_has_an_id_and_words_of_its_own():
    asked = load_all()

    assert len({question.id for question in asked}) == len(asked)
    assert len({words(question.question) for question in asked}) == len(asked)


def test_every_question_asks_for_procedures_that_are_shipped(known):
    assert [q.id for q in load() if not q.codes or not set(q.codes) <= set(known)] == []
    assert [q.id for q in load(OUT_OF_SCOPE) if q.codes or not q.kind] == []
    assert [q.id for q in load(AMBIGUOUS) if not 2 <= len(set(q.codes) & set(known)) == len(q.codes) <= 3] == []


def test_every_question_says_how_it_is_spoken_and_what_it_asks():
    assert {question.speech for question in load_all()} <= SPEECHES
    assert {question.section for question in load_all()} <= {section.value for section in Section}
    assert {question.speech for question in load()} == SPEECHES


@pytest.mark.parametrize(
    ("parts", "likeness", "least"),
    [(words, jaccard, NEAR_WORDS), (grams, cosine, NEAR_GRAMS)],
    ids=["words", "letters"],
)
def test_no_question_is_copied_from_what_leads_to_its_procedure(told, parts, likeness, least):
    """Else the measure would only tell that a text finds itself. What is near another procedure's saying is only hard."""
    asked = load()
    near = near_pairs(
        [parts(question.question) for question in asked], [parts(text) for text, _ in told], least, likeness
    )
    found = [(asked[place], *told[other]) for place, other in near]

    assert [(q.id, q.question, saying) for q, saying, code in found if code in q.codes] == []


def test_the_group_of_a_question_is_that_of_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr(questions, "AMBIGUOUS", tmp_path / "two.jsonl")
    for name in ("one.jsonl", "two.jsonl"):
        line = '{"id": "m1", "question": "khai sinh", "codes": ["a", "b"], "speech": "short", "split": "Ai?"}\n\n'
        (tmp_path / name).write_text(line, encoding="utf-8")

    assert load(tmp_path / "one.jsonl") == [Question("m1", "khai sinh", ("a", "b"), "short")]
    assert load(tmp_path / "two.jsonl") == [
        Question("m1", "khai sinh", ("a", "b"), "short", "overview", Group.AMBIGUOUS)
    ]


@pytest.mark.parametrize("line", ["no", "[]", "{}", '{"id": "a", "question": "b", "codes": 1, "speech": "c"}'])
def test_a_line_that_is_no_question_is_told_with_its_number(tmp_path, line):
    path = tmp_path / "odd.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")

    with pytest.raises(EvaluationError, match=r"^odd\.jsonl, line 2 is no question .*README\.md shows how"):
        load(path)


def test_near_pairs_are_those_that_share_most_of_their_parts():
    asked = [frozenset("abcd"), frozenset("xyz"), frozenset()]
    texts = [frozenset("abcde"), frozenset("abcdefgh"), frozenset("xq"), frozenset()]

    assert near_pairs(asked, texts, 0.8, jaccard) == [(0, 0)]
    assert near_pairs(asked, texts, 0.7, cosine) == [(0, 0), (0, 1)]
    assert near_pairs(asked, [], 0.1, cosine) == []


def test_marks_and_case_hide_no_copy():
    assert words("Đăng ký KHAI sinh") == words("dang ky khai sinh") == {"dang", "ky", "khai", "sinh"}
    assert grams("Mất giấy phép xây nhà") == grams("mat giay phep xay nha")
    assert grams("khai sinh") == frozenset()
