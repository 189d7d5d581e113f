"""Looking a procedure up: which one, or which several, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.act.dossier import look_up
from assistant.act.event import all_steps, next_steps
from assistant.act.form import fill_form
from assistant.act.office import unit_of
from assistant.conversation import Status
from assistant.dossier import Dossiers
from assistant.draft import (
    Action,
    AskProcedure,
    CheckDossier,
    ChooseForm,
    Draft,
    FillForm,
    Finding,
    FindOffice,
    HandOver,
    Say,
    TellEvent,
    Whereabouts,
)
from assistant.operator_hours import OperatorHours
from assistant.screening.mourning import is_figure
from knowledge import twins
from knowledge.doubt import CERTAIN, Outcome, thresholds
from knowledge.errors import UnknownProcedure
from knowledge.events import events
from knowledge.procedure import Layer, Procedure, Section
from knowledge.reader import Catalogue
from knowledge.same import same_as
from knowledge.search import Result
from knowledge.speech import Query
from knowledge.text import fold, syllables

_DOING = frozenset("lam xin dang ky cap the nop register".split())
"""Words of nearly every procedure: «làm khai sinh» is as vague as «khai sinh»."""

_CODE_WORDS = frozenset("ma so thu tuc code procedure number".split())
"""How a code is announced."""

_BY_HAND = (Layer.STAFF, Layer.WRITTEN)
"""Layers that hold the procedures people ask for most."""

_TITLE = frozenset(("thu", "tuc", "thủ", "tục", "nop", "nộp", "a", "an", "the", "my", "for", "of"))
"""How official titles begin, and small words: they tell no procedure from another."""


@dataclass(frozen=True, slots=True)
class Act:
    """Runs the planned actions against the catalogue."""

    catalogue: Catalogue
    hours: OperatorHours
    dossiers: Dossiers | None = None

    def __call__(self, draft: Draft) -> Draft:
        """The draft with one finding an action."""
        assert draft.plan is not None  # noqa: S101 - the graph runs a planner first
        findings = tuple(self._run(action, draft) for action in draft.plan.actions)
        if draft.plan.whole and not _each_its_own(findings):
            findings = (self._run(draft.plan.whole, draft),)
        return draft.but(findings=findings)

    def _run(self, action: Action, draft: Draft) -> Finding:
        match action:
            case Say():
                return Finding(said=action.status)
            case CheckDossier():
                return look_up(action, self.dossiers)
            case HandOver():
                return self._hand_over(action, draft)
            case FillForm():
                return fill_form(action, self.catalogue)
            case ChooseForm():
                return Finding(forms=action.forms)
            case FindOffice():
                where = Whereabouts(action.mention)
                return Finding(whereabouts=where, unit=unit_of(where))
            case TellEvent():
                return self._step(action, draft) if action.step else self._event(action.event)
            case AskProcedure():
                finding = self._ask(action)
                if finding.procedure is None:
                    return self._or_event(action, finding)
                event, steps = next_steps(finding.procedure.code, self.catalogue)
                where = action.whereabouts
                return replace(finding, whereabouts=where, unit=unit_of(where), event=event, steps=steps)

    def _or_event(self, action: AskProcedure, finding: Finding) -> Finding:
        """«vợ em mới sanh» names no procedure, but tells what happened: all that follows from it is listed."""
        if not action.event or action.offers or action.outside:
            return replace(finding, whereabouts=action.whereabouts, unit=unit_of(action.whereabouts))
        return self._event(action.event)

    def _event(self, name: str) -> Finding:
        event = events()[name]
        return Finding(event=event, steps=all_steps(event, self.catalogue))

    def _hand_over(self, action: HandOver, draft: Draft) -> Finding:
        """Nobody's words are passed on before they say yes."""
        if not action.agreed:
            return Finding(said=Status.HANDED_OVER_REQUESTED)
        if self.hours.is_open(draft.turn.at):
            return Finding(said=Status.HANDED_OVER_WAITING)
        return Finding(said=Status.HANDED_OVER_CALL_BACK, opens=self.hours.opens_next(draft.turn.at))

    def _step(self, action: TellEvent, draft: Draft) -> Finding:
        """One step of an event: its procedure, or what is said of it where it has none."""
        event = self._event(action.event)
        picked = event.steps[action.step - 1 : action.step]
        if not picked:
            return event
        if picked[0].procedure is None:
            return replace(event, step=picked[0])
        code = picked[0].procedure.code
        return self._run(AskProcedure("", (Section.OVERVIEW,), code=code, whereabouts=action.whereabouts), draft)

    def _ask(self, action: AskProcedure) -> Finding:
        if action.code:
            return self._chosen(action)
        if action.offers:
            choices = self._choices(action.offers)
            said = None if choices else Status.CLARIFICATION_SUBJECT
            return Finding(action.sections, choices=choices, group=twins.holding(action.offers), said=said)
        result = self.catalogue.search(action.question)
        if action.context and result.outcome is not Outcome.ANSWER:
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
        if action.outside and result.confidence < thresholds().answer_outside_from:
            return _nothing(Status.UNANSWERABLE_OUT_OF_SCOPE, result)
        if result.outcome is Outcome.NOT_FOUND:
            here = action.whereabouts.mention is not None  # who names a ward asks about the city
            known = here or bool(result.query.codes)
            return _nothing(Status.UNANSWERABLE_NOT_FOUND if known else Status.UNANSWERABLE_OUT_OF_SCOPE, result)
        # Who names a ward wants to know where to go: told for the likeliest, with the others beside it.
        placed = action.whereabouts.mention is not None and result.confidence >= thresholds().answer_from
        sure = placed or result.outcome is Outcome.ANSWER
        if result.query.codes and (result.confidence < thresholds().answer_from or not _beside_the_code(result)):
            return _nothing(Status.UNANSWERABLE_NOT_FOUND, result)
        found = Finding(action.sections, group=result.group, hits=result.hits, confidence=result.confidence)
        names = _is_short(result) and _is_vague(result, self._choices(result.codes))
        if sure and not names:
            others = self._choices(_others(result)) if result.judgement.has_rivals else ()
            return replace(found, procedure=self._first(result.codes), others=others)
        if result.group and result.group.mourning and is_figure(action.question):
            return _nothing(Status.CLARIFICATION_SUBJECT, result)  # «chết rồi, quên mang giấy» asks for no funeral
        hits = self._choices(result.codes)
        if result.group is None and names:
            named = (procedure for procedure in hits if _is_called(procedure, result.query))
            hits = tuple(sorted(named, key=lambda procedure: _how_special(procedure, result.query)))
            offered = hits[: thresholds().offers]
        else:
            offered = self._choices(_offered(result))
        if action.insist and hits:
            best = next(iter(self._choices([offer.code for offer in result.offers])), hits[0])
            others = tuple(procedure for procedure in offered if procedure.code != best.code)
            return replace(found, procedure=best, others=others, insisted=True)
        return replace(found, choices=offered, strange=result.judgement.is_strange)

    def _first(self, codes: Sequence[str]) -> Procedure:
        """The first that the catalogue still has; the others are not even read, which takes longer than searching."""
        return next(procedure for code in codes for procedure in self._choices([code]))

    def _choices(self, codes: Sequence[str]) -> tuple[Procedure, ...]:
        """The procedures, best first; of those with one name the first alone, as nobody could tell them apart."""
        found = self.catalogue.many(codes)
        named = {found[code].title.vi: found[code] for code in reversed(codes) if code in found}
        return tuple(found[code] for code in codes if code in found and named[found[code].title.vi] is found[code])


def _each_its_own(findings: Sequence[Finding]) -> bool:
    """Whether every finding is a procedure, and no two the same."""
    codes = [finding.procedure.code for finding in findings if finding.procedure]
    return len(set(codes)) == len(findings)


def _nothing(said: Status, result: Result) -> Finding:
    return Finding(said=said, hits=result.hits, confidence=result.confidence)


def _others(result: Result) -> tuple[str, ...]:
    """What else may have been meant, beside the answer: nothing that is far less likely."""
    answered = same_as(result.codes[0])
    likely = (offer.code for offer in result.offers if offer.worth >= thresholds().others_from)
    return tuple(code for code in likely if code not in answered)[: thresholds().offers - 1]


def _offered(result: Result) -> tuple[str, ...]:
    """What may be meant: the group's choices in its order, what people ask for most first, then the others."""
    chosen = [offer.code for offer in result.offers][: thresholds().offers]
    group = tuple(result.group.choices) if result.group else ()
    return (*(code for code in group if code in chosen), *(code for code in chosen if code not in group))


def _beside_the_code(result: Result) -> bool:
    """Whether anything is said beside a code: «mã 9.999999» is about that code alone."""
    if result.codes[0] in result.query.codes:
        return True
    return bool({fold(word) for word in result.query.content if not any(map(str.isdigit, word))} - _CODE_WORDS)


def _is_short(result: Result) -> bool:
    """Whether one or two words are all that is said."""
    return 0 < len(_subject(result.query)) <= 2 and result.hits[0].score < CERTAIN


def _is_vague(result: Result, procedures: Sequence[Procedure]) -> bool:
    """Whether the few words stand in the names of several procedures: «khai sinh», «căn cước», «đất»."""
    if not procedures:
        return False
    query = result.query
    first = procedures[0]
    names = (first.name, first.title.vi, first.title.en, *first.synonyms, *first.synonyms_en)
    said = set(_spelled(query.content, query)) - _TITLE
    exact = any(said == set(_spelled(syllables(name), query)) - _TITLE for name in names)
    return not exact and sum(_is_called(procedure, query) for procedure in procedures[: thresholds().offers + 1]) > 2


def _subject(query: Query) -> list[str]:
    return [word for word in _spelled(query.content, query) if fold(word) not in _DOING]


def _spelled(words: Iterable[str], query: Query) -> list[str]:
    """The words as the question spells its own: with marks, so that «số nhà» is no «sổ»; or without."""
    return [word.lower() if query.accented else fold(word) for word in words]


def _is_called(procedure: Procedure, query: Query) -> bool:
    """Whether what the question is about stands in one of its titles."""
    subject = f" {' '.join(_subject(query))} "
    titles = (procedure.name, procedure.title.vi, procedure.title.en)
    return any(subject in f" {' '.join(_spelled(syllables(title), query))} " for title in titles)


def _how_special(procedure: Procedure, query: Query) -> tuple[bool, int]:
    """Least special first: one that somebody wrote an entry for, whose official title says little beyond the question."""
    title = {fold(word) for word in syllables(procedure.name)}
    said = {fold(word) for word in query.content}
    return procedure.layer not in _BY_HAND, len(title - said - _DOING - _TITLE)
