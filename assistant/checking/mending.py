"""Mending a text without asking a model: a wrong figure becomes the field's, a sentence that cannot be mended goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.claims import Kind, Problem
from assistant.checking.judging import Ground, ground, judge
from assistant.checking.lexicon import words
from assistant.checking.prose import Prose, Span, plain
from assistant.draft import Finding
from assistant.write.figures import duration, money
from knowledge.procedure import FeeStatus, Language
from knowledge.text import place_tones

_FEWEST_WORDS = 4
_GAPS = re.compile(r"\n{3,}")


def mend(text: str, finding: Finding, said: str = "") -> str | None:
    """The text without what nothing found holds; None where what is left says nothing."""
    stand = ground(finding, said)
    prose = Prose(place_tones(plain(text)))
    problems = judge(prose, stand)
    if not problems:
        return text
    corrected = Prose(_corrected(prose, problems, stand))
    kept = _without(corrected, judge(corrected, stand))
    return kept if _says_something(kept) and not judge(Prose(kept), stand) else None


def _corrected(prose: Prose, problems: Sequence[Problem], stand: Ground) -> str:
    """The text with each wrong figure replaced whose field holds exactly one."""
    text = prose.text
    for problem in sorted(problems, key=lambda problem: -problem.start):
        right = _right(problem, prose, stand)
        if right:
            text = text[: problem.start] + right + text[problem.end :]
    return text


def _right(problem: Problem, prose: Prose, stand: Ground) -> str:
    """What the field says instead; empty unless it says one thing, of all cases."""
    if len(stand.records) != 1:
        return ""
    around = prose.clause_at(problem.start, problem.end)
    if problem.kind is Kind.AMOUNT and words("fee").search(around):
        return _only_fee(stand, prose.language)
    if problem.kind is Kind.DURATION and words("time").search(around):
        return _only_limit(stand, prose.language)
    return ""


def _only_fee(stand: Ground, language: Language) -> str:
    fees = [fee for method in stand.records[0].procedure.methods for fee in method.fees]
    told = {money(fee, language) for fee in fees if fee.status is FeeStatus.EXACT and not fee.condition}
    same = all(fee.status is FeeStatus.EXACT and not fee.condition and not fee.valid_to for fee in fees)
    return told.pop() if same and len(told) == 1 else ""


def _only_limit(stand: Ground, language: Language) -> str:
    limits = [limit for method in stand.records[0].procedure.methods for limit in method.time_limits]
    told = {duration(limit, language) for limit in limits}
    same = all(limit.quantity is not None and not limit.condition for limit in limits)
    return told.pop() if same and len(told) == 1 else ""


def _without(prose: Prose, problems: Sequence[Problem]) -> str:
    """The text without the sentences that have problems, and without openings of lists that are empty now."""
    bad = {prose.sentence_at(problem.start) for problem in problems}
    kept: list[Span] = []
    for place, sentence in enumerate(prose.sentences):
        if sentence in bad:
            continue
        opens = [
            other for other in prose.sentences[place + 1 :] if prose.opening(other) == prose.words_of(sentence).strip()
        ]
        if prose.words_of(sentence).rstrip().endswith(":") and opens and all(other in bad for other in opens):
            continue
        kept.append(sentence)
    return _GAPS.sub("\n\n", "".join(prose.text[span.start : span.end] for span in kept)).strip()


def _says_something(text: str) -> bool:
    """Whether any sentence is more than a greeting, an opening or a farewell."""
    prose = Prose(text)
    for sentence in prose.sentences:
        low = prose.words_of(sentence).strip(" -*•\n")
        if len(low.split()) >= _FEWEST_WORDS and not low.endswith((":", "?")) and not words("filler").search(low):
            return True
    return False
