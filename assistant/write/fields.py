"""The writer that is always there: sentences built from fields, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from assistant import wording, wording_fields
from assistant.conversation import Answer, Block, Choice, FactCard, Status, Suggestion
from assistant.draft import Draft, Finding, Whereabouts
from assistant.forms.dialogue import Step
from assistant.screen import MOST_CHARACTERS
from assistant.screening.mourning import tells_of_death
from assistant.store import RETENTION
from assistant.wording_service import INSISTED, PERSON
from assistant.write import sentences
from assistant.write.event import next_block, next_buttons, tell_event
from assistant.write.form import choose_form, fill_buttons, show_profile, tell_step
from assistant.write.join import join
from assistant.write.office import asks_which, is_at_ward, place_buttons, tell_place
from assistant.write.service import buttons, consent_asked, moment, tell_dossier
from assistant.write.teller import MOST_ITEMS, Teller
from knowledge.places import Unit
from knowledge.procedure import Language, Procedure, Section
from knowledge.twins import Group

_MOST_SUGGESTIONS = 5
_LONGEST_LABEL = 140
"""Characters: some official titles are sentences of four lines."""
_DEFAULT = (Section.OVERVIEW,)


def write(draft: Draft) -> Draft:
    """Turn the findings into an answer."""
    language = draft.plan.language if draft.plan else draft.memory.language
    answers = [_answer(finding, language, draft) for finding in draft.findings]
    answer = answers[0] if len(answers) == 1 else join(answers)
    if answer.status.family == "emergency":
        first = tuple(draft.notes.get("emergency", ()))
        answer = answer.model_copy(update={"calls": tuple(dict.fromkeys((*first, *wording.EMERGENCY_NUMBERS)))})
    return draft.but(answer=answer)


def _answer(finding: Finding, language: Language, draft: Draft) -> Answer:
    today = draft.today
    if finding.said is Status.PROFILE_SHOWN:
        return Answer(status=finding.said, language=language, blocks=show_profile(draft.memory.profile, language))
    if finding.said is not None:
        return _said(finding, language)
    if finding.step_of_form is not None:
        return _form(finding, finding.step_of_form, language, draft)
    if finding.forms:
        return choose_form(finding, language)
    if finding.dossier is not None:
        return tell_dossier(finding.dossier, language, today)
    if finding.procedure is not None:
        return _about(finding, finding.procedure, language, today)
    if finding.choices:
        return _offer(finding, language, draft.text)
    if finding.event is not None:
        return tell_event(finding, language)
    return tell_place(finding, language)


def _form(finding: Finding, step: Step, language: Language, draft: Draft) -> Answer:
    """The next word about a form; once it is ready, also what else to bring, where to, and what it costs."""
    done = draft.memory.finished
    told = tell_step(step, language, done.form if done else "")
    if told.status is not Status.FORM_READY or finding.procedure is None:
        return told
    beside = tell(finding.procedure, (Section.PAPERS, Section.WHERE, Section.FEE), language, draft.today)
    return told.model_copy(
        update={
            "blocks": (*told.blocks, *beside.blocks),
            "citations": beside.citations,
            "procedures": beside.procedures,
        }
    )


def _about(finding: Finding, procedure: Procedure, language: Language, today: date) -> Answer:
    """The answer about a procedure, with today's office where a place is named, and what usually comes next."""
    sections = finding.sections or _DEFAULT
    answer = tell(procedure, sections, language, today, finding.whereabouts, finding.unit)
    whole = Section.OVERVIEW in sections
    unsure = (Block(text=INSISTED.said_in(language)),) if finding.insisted else ()
    blocks = (
        *unsure,
        *answer.blocks,
        *(next_block(finding, language) if whole else ()),
        *_others(finding, language),
    )
    asking = asks_which(procedure, finding.whereabouts) and (whole or Section.WHERE in sections)
    places_meant = place_buttons(finding.whereabouts.mention, procedure.code) if asking else ()
    below = places_meant + answer.suggestions + fill_buttons(procedure.code, language)
    if whole:
        below += next_buttons(finding, language)
    labels = [(p.code, _label(p, finding.group, language)) for p in finding.others]
    below += tuple(Suggestion(label=label, text=label, about=code) for code, label in labels)
    if finding.insisted:
        below += (Suggestion(label=PERSON.said_in(language), text=PERSON.said_in(language)),)
    changes = {"blocks": blocks, "suggestions": below, "procedures": _ranked(finding)}
    return answer.model_copy(update=changes)


def tell(
    procedure: Procedure,
    sections: Sequence[Section],
    language: Language,
    today: date,
    where: Whereabouts | None = None,
    unit: Unit | None = None,
) -> Answer:
    """An answer about a procedure: the sections asked for, cautions, citations, the fact card, the next questions."""
    teller = Teller(procedure, language, today)
    blocks = [teller.opening()]
    for section in sections:
        blocks += teller.section(section)
    where = where or Whereabouts()
    asked = Section.WHERE in sections or Section.OVERVIEW in sections
    if Section.WHERE in sections or where.mention or (unit and asked and is_at_ward(procedure)):
        blocks += teller.office(where, unit, sections)
    blocks += teller.cautions(sections)
    return Answer(
        status=Status.ANSWERED,
        language=language,
        blocks=tuple(blocks),
        procedures=(procedure.code,),
        citations=tuple(teller.citations),
        facts=fact_card(procedure, language, today),
        suggestions=_next_questions(procedure, sections, language),
    )


def fact_card(procedure: Procedure, language: Language, today: date) -> FactCard:
    """The compact facts."""
    needed = [paper for paper in procedure.real_papers if paper.condition is None] or list(procedure.real_papers)
    return FactCard(
        code=procedure.code,
        name=procedure.title.said_in(language),
        papers=tuple(sentences.shorten(paper.name.said_in(language), 160) for paper in needed[:MOST_ITEMS]),
        fee=sentences.fee_lines(procedure, today, language),
        time=sentences.time_lines(procedure, language),
        where=" ".join(sentences.where_lines(procedure, language)[:1]),
        online=sentences.online_line(procedure, language),
        url=procedure.sources[0].url,
    )


def said(status: Status, language: Language, opens: datetime | None = None) -> str:
    """The fixed words of a status that needs no look-up; when an operator is there again, where that is promised."""
    most = f"{MOST_CHARACTERS:,}".replace(",", "." if language == "vi" else ",")
    told = {
        "most": most,
        "consent": consent_asked(status, language),
        "days": RETENTION.days,
        "opens": moment(opens, language) if opens else "",
    }
    return wording.SAID[status].said_in(language).format(**told)


def _said(finding: Finding, language: Language) -> Answer:
    """Words that need no look-up, with the nearest hits as offers where nothing was found."""
    status = finding.said or Status.ERROR_INTERNAL
    words = Block(text=said(status, language, finding.opens))
    return Answer(status=status, language=language, blocks=(words,), suggestions=buttons(status, language))


def _offer(finding: Finding, language: Language, said: str) -> Answer:
    choices = tuple(Choice(code=p.code, label=_label(p, finding.group, language)) for p in finding.choices)
    items = tuple(f"{number}. {choice.label}" for number, choice in enumerate(choices, start=1))
    question = _question(finding, language, said)
    found = [*(choice.code for choice in choices), *(hit.code for hit in finding.hits)]
    return Answer(
        status=Status.CLARIFICATION_PROCEDURE,
        language=language,
        blocks=(
            Block(text=question, items=items),
            Block(text=wording.NONE_OF_THESE.said_in(language)),
        ),
        procedures=tuple(dict.fromkeys(found))[:10],
        choices=choices,
    )


def _question(finding: Finding, language: Language, said: str) -> str:
    """What is asked back. Of a death nobody is asked who tells of none, and whoever does hears condolence first."""
    group = finding.group
    if group is None or finding.strange:
        return (wording.STRANGE if finding.strange else wording.WHICH_ONE).said_in(language)
    asked = group.question.said_in(language)
    if not group.mourning:
        return asked
    if tells_of_death(said):
        return f"{wording.CONDOLENCE.said_in(language)} {asked}"
    return wording.STRANGE.said_in(language) if finding.hits else asked  # without hits it was asked before already


def _others(finding: Finding, language: Language) -> tuple[Block, ...]:
    """What else may have been meant, told beside an answer; the buttons lead there."""
    labels = tuple(_label(procedure, finding.group, language) for procedure in finding.others)
    return (Block(text=wording.OR_MEANT.said_in(language), items=labels),) if labels else ()


def _label(procedure: Procedure, group: Group | None, language: Language) -> str:
    """What sets a choice apart, as the group says it; its name where it is in no group."""
    told = group.choices.get(procedure.code) if group else None
    label = told.said_in(language) if told else procedure.title.said_in(language)
    return sentences.shorten(label[:1].upper() + label[1:], _LONGEST_LABEL)


def _ranked(finding: Finding) -> tuple[str, ...]:
    assert finding.procedure is not None  # noqa: S101 - only called with one
    others = (hit.code for hit in finding.hits if finding.procedure and hit.code != finding.procedure.code)
    return (finding.procedure.code, *others)[:10]


def _next_questions(procedure: Procedure, sections: Sequence[Section], language: Language) -> tuple[Suggestion, ...]:
    have = {
        Section.STEPS: procedure.steps,
        Section.CONDITIONS: procedure.conditions,
        Section.FORMS: procedure.forms,
        Section.LEGAL_BASIS: procedure.legal_basis,
        Section.PAPERS: procedure.real_papers,
    }
    offered = (s for s in wording_fields.NEXT_QUESTIONS if s not in sections and have.get(s, True))
    buttons = []
    for section in list(offered)[:_MOST_SUGGESTIONS]:
        label, text = wording_fields.NEXT_QUESTIONS[section]
        buttons.append(Suggestion(label=label.said_in(language), text=text.said_in(language), about=procedure.code))
    return tuple(buttons)
