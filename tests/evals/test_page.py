"""The page of a run: whole, without anything from elsewhere, and safe to open."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from evals.retrieval import plots
from evals.retrieval.errors import EvaluationError
from evals.retrieval.outcomes import Outcome
from evals.retrieval.page import page
from evals.retrieval.questions import Group
from evals.retrieval.score import rates
from tests.evals.made import report, result

VOID = {"meta", "input", "br", "link"}


@pytest.fixture(scope="module")
def run():
    """A run with a miss, a wrong answer, and something out of scope answered."""
    return report(
        result(("a",), name="q1", confidence=0.9, outcome=Outcome.ANSWERED, choices=("a",)),
        result(("x", "a"), name="q2", speech="no_diacritics", text="<b>khai & sinh</b>", choices=("x", "a")),
        result(("x",), name="o1", group=Group.OUT_OF_SCOPE, kind="near_miss", outcome=Outcome.ANSWERED, choices=("x",)),
        result(("x",), name="m1", codes=("a", "x"), group=Group.AMBIGUOUS),
        baselines={
            "bm25s": {"title": "bm25s", "skipped": "", "all": rates([1, 2]), "held_out": rates([2]), "ranks": {}},
            "langchain": {"title": "LangChain, small", "skipped": "not installed: torch"},
        },
        unseen={"fold": 0, "folds": 5, "procedures": 1, "without": rates([2]), "with_phrasings": rates([1])},
    )


def test_the_page_is_well_formed_and_asks_nothing_of_the_network(run):
    told = _read(page(run, run))

    assert told.open == []
    assert told.outside == []
    assert told.scripts == 0
    assert len(told.ids) == len(set(told.ids))


def test_the_page_has_every_plot_with_words_for_those_who_cannot_see_it(run):
    labels = re.findall(r'<svg role="img" aria-label="([^"]+)"', page(run))

    assert [label.split(":")[0].split(",")[0] for label in labels] == [
        "hit@1 and hit@5 by speech",
        "Reliability",
        "Risk and coverage",
        "hit@1 and hit@5 of ours and of other ways of looking",
    ]


def test_what_was_asked_is_shown_and_never_run(run):
    made = page(run)

    assert "&lt;b&gt;khai &amp; sinh&lt;/b&gt;" in made
    assert "<b>khai" not in made
    assert "Đăng ký &lt;khai sinh&gt; <code>a</code>" in made


def test_the_misses_can_be_narrowed_to_one_speech_without_a_script(run):
    made = page(run)

    assert '<input class="filter" type="radio" name="speech" id="speech-no-diacritics">' in made
    assert '<label for="speech-no-diacritics">no_diacritics (1)</label>' in made
    assert "#speech-no-diacritics:checked ~ .items > :not(.speech-no-diacritics) { display: none }" in made
    assert made.count('<details class="speech-no-diacritics">') == 1


def test_a_comparison_is_shown_where_an_older_run_is_given(run):
    old = report(
        result(("x",), name="q1"), result(("a",), name="q2", text="<b>khai & sinh</b>", speech="no_diacritics")
    )
    made = page(run, old)

    assert "Beside the older run" in made
    assert "<summary>Won (1)</summary>" in made
    assert "<summary>Lost (1)</summary>" in made
    assert "Beside the older run" not in page(run)


def test_a_part_that_was_not_run_is_left_out_or_said_to_be_skipped(run):
    bare = report(result())

    assert "LangChain, small: skipped, not installed: torch" in page(run)
    assert "Beside other ways of looking" not in page(bare)
    assert "nobody wrote phrasings for" not in page(bare)


def test_the_same_run_gives_the_same_page(run):
    assert page(run) == page(run)


def test_a_missing_matplotlib_is_told_with_what_to_do(run, monkeypatch):
    monkeypatch.setattr(plots.importlib.util, "find_spec", lambda _: None)

    with pytest.raises(EvaluationError, match="matplotlib, which is not installed: run `make setup`"):
        page(run)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.outside, self.ids, self.scripts = [], [], [], 0

    def handle_starttag(self, tag, attributes):
        self.scripts += tag == "script" or any(name.startswith("on") for name, _ in attributes)
        self.outside += [v for name, v in attributes if name in ("src", "href", "xlink:href") and not v.startswith("#")]
        self.ids += [value for name, value in attributes if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def _read(made):
    reader = _Reader()
    reader.feed(made)
    return reader
