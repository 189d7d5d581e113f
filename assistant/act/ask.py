"""Looking a procedure up: which one, or which several, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation import Status
from assistant.draft import AskProcedure, Draft, Finding, Say
from knowledge.errors import UnknownProcedure
from knowledge.procedure import Procedure
from knowledge.reader import Catalogue
from knowledge.search import Result
from knowledge.speech import is_english
from knowledge.text import fold, syllables

ANSWER_FROM = 0.50
"""Confidence from which the first hit is answered."""
OFFER_FROM = 0.25
"""Confidence from which the best hits are offered as choices; below it nothing was found."""
ANSWER_OUTSIDE_FROM = 0.80
"""The same for a question that has words of something no office does."""
NEAR_FROM = 0.58
"""Cosine from which a saying counts as near the question: words alone can meet by accident («đặt bàn nhà hàng»)."""
TWIN_MARGIN = 0.015
"""Two hits closer than this cannot be told apart by what was said."""
OFFERS = 4

_DOING = frozenset("lam xin dang ky cap the".split())
"""Words of nearly every procedure: «làm khai sinh» is as vague as «khai sinh»."""

_TITLE = frozenset(("thu", "tuc"))
"""How official titles begin; nobody says it."""


@dataclass(frozen=True, slots=True)
class Act:
    """Runs the planned actions against the catalogue."""

    catalogue: Catalogue

    def __call__(self, draft: Draft) -> Draft:
        """The draft with one finding an action."""
        assert draft.plan is not None  # noqa: S101 - the graph runs a planner first
        findings = tuple(
            Finding(said=action.status) if isinstance(action, Say) else self._ask(action)
            for action in draft.plan.actions
        )
        return draft.but(findings=findings)

    def _ask(self, action: AskProcedure) -> Finding:
        if action.code:
            return self._chosen(action)
        if action.offers:
            choices = self._choices(action.offers)
            return Finding(action.sections, choices=choices, said=None if choices else Status.CLARIFICATION_SUBJECT)
        result = self.catalogue.search(action.question)
        if action.context and result.confidence < ANSWER_FROM:
            result = self._in_context(action, result)
        return self._judge(action, result)

    def _chosen(self, action: AskProcedure) -> Finding:
        """What a button, a number or the conversation points at; another province's record is none of ours."""
        try:
            procedure = self.catalogue.get(action.code)
        except UnknownProcedure:
            return Finding(said=Status.UNANSWERABLE_NOT_FOUND)
        if not procedure.applies_in_da_nang:
            return Finding(said=Status.UNANSWERABLE_NOT_FOUND)
        return Finding(action.sections, procedure, confidence=1.0)

    def _in_context(self, action: AskProcedure, result: Result) -> Result:
        """A question too vague alone may lean on the procedure before: «còn cho con thì sao?»."""
        try:
            before = self.catalogue.get(action.context).title.vi
        except UnknownProcedure:
            return result
        joined = self.catalogue.search(f"{action.question} {before}")
        # Only a near relation of what was spoken of: a vague follow-up must not become an accident of words.
        leans = joined.codes[:1] != (action.context,) and joined.confidence > result.confidence
        return joined if leans and set(joined.codes[:1]) <= set(self.catalogue.get(action.context).related) else result

    def _judge(self, action: AskProcedure, result: Result) -> Finding:
        if action.outside and result.confidence < ANSWER_OUTSIDE_FROM:
            return Finding(said=Status.UNANSWERABLE_OUT_OF_SCOPE, hits=result.hits, confidence=result.confidence)
        if not result.hits or result.confidence < OFFER_FROM:
            outside = not result.query.codes and (not result.hits or _is_foreign(result))
            said = Status.UNANSWERABLE_OUT_OF_SCOPE if outside else Status.UNANSWERABLE_NOT_FOUND
            return Finding(said=said, hits=result.hits, confidence=result.confidence)
        if result.query.codes and result.confidence < ANSWER_FROM:
            return Finding(said=Status.UNANSWERABLE_NOT_FOUND, hits=result.hits, confidence=result.confidence)
        sure = result.confidence >= ANSWER_FROM and _is_near(result) and not _twins(result) and not _vague(result)
        if sure:
            procedure = self.catalogue.get(result.codes[0])
            return Finding(action.sections, procedure, hits=result.hits, confidence=result.confidence)
        choices = self._choices(result.codes[:OFFERS])
        return Finding(action.sections, choices=choices, hits=result.hits, confidence=result.confidence)

    def _choices(self, codes: Sequence[str]) -> tuple[Procedure, ...]:
        found = self.catalogue.many(codes)
        return tuple(found[code] for code in codes if code in found)


def _is_near(result: Result) -> bool:
    return result.by_words_alone or result.hits[0].features.get("vectors", 1.0) >= NEAR_FROM


def _is_foreign(result: Result) -> bool:
    """Whether most of a Vietnamese question has nothing to do even with the best hit."""
    return not is_english(result.query.original) and result.hits[0].features.get("coverage", 1.0) < 0.5


def _vague(result: Result) -> bool:
    """One or two words that stand in the names of several procedures: «khai sinh», «căn cước», «đất»."""
    said = {fold(word) for word in result.query.content}
    words = said - _DOING
    if len(words) > 2 or result.hits[0].score >= 1:
        return False
    named = [words <= {fold(word) for word in syllables(hit.passage)} for hit in result.hits[: OFFERS + 1]]
    exact = said == {fold(word) for word in syllables(result.hits[0].passage)} - _TITLE
    return sum(named) > 2 and not exact


def _twins(result: Result) -> bool:
    return len(result.hits) > 1 and result.hits[0].score - result.hits[1].score < TWIN_MARGIN
