"""The writer that is always there: sentences built from fields, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from assistant import wording
from assistant.conversation import Answer, Block, Choice, Citation, FactCard, Status, Suggestion
from assistant.draft import Draft, Finding, Whereabouts
from assistant.forms.definition import form_of
from assistant.forms.dialogue import Step
from assistant.screen import MOST_CHARACTERS
from assistant.store import RETENTION
from assistant.wording_service import INSISTED, PERSON
from assistant.write import sentences
from assistant.write.event import next_block, next_buttons, tell_event
from assistant.write.figures import day
from assistant.write.form import choose_form, fill_button, show_profile, tell_step
from assistant.write.join import join
from assistant.write.office import (
    asks_which,
    citation,
    is_at_ward,
    nearby_blocks,
    office_blocks,
    place_buttons,
    tell_place,
)
from assistant.write.service import buttons, consent_asked, moment, tell_dossier
from knowledge import quality
from knowledge.places import Unit, places
from knowledge.procedure import Channel, Language, Layer, OnlineLevel, Procedure, Section
from knowledge.quality_rules import OLD_AFTER
from knowledge.twins import Group

_MOST_ITEMS = 14
_MOST_SUGGESTIONS = 5
_LONGEST_LABEL = 140
"""Characters: some official titles are sentences of four lines."""
_LACKED = (Section.PAPERS, Section.STEPS, Section.CONDITIONS, Section.FORMS)
"""What a facts record never holds, whatever its source says."""

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
        return _form(finding, finding.step_of_form, language, today)
    if finding.forms:
        return choose_form(finding, language)
    if finding.dossier is not None:
        return tell_dossier(finding.dossier, language, today)
    if finding.procedure is not None:
        return _about(finding, finding.procedure, language, today)
    if finding.choices:
        return _offer(finding, language)
    if finding.event is not None:
        return tell_event(finding, language)
    return tell_place(finding, language)


def _form(finding: Finding, step: Step, language: Language, today: date) -> Answer:
    """The next word about a form; once it is ready, also what else to bring, where to, and what it costs."""
    told = tell_step(step, language)
    if told.status is not Status.FORM_READY or finding.procedure is None:
        return told
    beside = tell(finding.procedure, (Section.PAPERS, Section.WHERE, Section.FEE), language, today)
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
    form = form_of(procedure.code)
    fill = (fill_button(form, procedure.code, language),) if form else ()
    below = places_meant + answer.suggestions + fill
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
    teller = _Teller(procedure, language, today)
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
        papers=tuple(sentences.shorten(paper.name.said_in(language), 160) for paper in needed[:_MOST_ITEMS]),
        fee=sentences.fee_lines(procedure, today, language),
        time=sentences.time_lines(procedure, language),
        where=" ".join(sentences.where_lines(procedure, language)[:1]),
        online=sentences.online_line(procedure, language),
        url=procedure.sources[0].url,
    )


class _Teller:
    """Tells one procedure, numbering its citations as they come up."""

    def __init__(self, procedure: Procedure, language: Language, today: date) -> None:
        self.procedure = procedure
        self.language: Language = language
        self.today = today
        self.citations: list[Citation] = []
        self._sources: dict[tuple[str, Layer | None], int] = {}

    def opening(self) -> Block:
        title = self.procedure.title.said_in(self.language)
        code = wording.CODE.said_in(self.language).format(code=self.procedure.code)
        return Block(text=f"{title} ({code}).")

    def section(self, section: Section) -> list[Block]:
        if section is Section.OVERVIEW:
            return self._overview()
        text, items = self._told(section)
        if not text and not items:
            bare = self.procedure.layer is Layer.FACTS and section in _LACKED
            text = (wording.NOT_HELD if bare else wording.NOT_STATED).said_in(self.language)
        heading = self._heading(section)
        kind, colon, amount = text.partition(": ")
        if section is Section.FEE and colon and kind in _fee_kinds(self.language):
            heading, text = kind, _sentence(amount)  # «Lệ phí: 50.000 đồng», not «Phí, lệ phí: Lệ phí: 50.000 đồng»
        return [Block(section=section, heading=heading, text=text, items=items, cites=(self._cite(section),))]

    def _overview(self) -> list[Block]:
        procedure, language = self.procedure, self.language
        blocks = []
        if procedure.summary:
            blocks.append(Block(text=procedure.summary.said_in(language), cites=(self._cite(Section.OVERVIEW),)))
        always = [paper for paper in procedure.real_papers if paper.condition is None]
        rest = len(procedure.real_papers) - len(always)
        if procedure.real_papers:
            papers = always or procedure.real_papers[:_MOST_ITEMS]
            items = [sentences.paper_line(paper, language) for paper in papers[:_MOST_ITEMS]]
            if always and rest:
                items.append(wording.SOME_CASES.said_in(language).format(count=rest))
            cites = (self._cite(Section.PAPERS),)
            heading = self._heading(Section.PAPERS)
            blocks.append(Block(section=Section.PAPERS, heading=heading, items=tuple(items), cites=cites))
        for section in (Section.FEE, Section.TIME, Section.WHERE, Section.ONLINE):
            (block,) = self.section(section)
            # What the source adds about a place or a portal is for those who ask about it.
            kept = () if section in (Section.WHERE, Section.ONLINE) else block.items
            blocks.append(block.model_copy(update={"on_card": True, "items": kept}))
        return blocks

    def _told(self, section: Section) -> tuple[str, tuple[str, ...]]:
        procedure, language = self.procedure, self.language
        match section:
            case Section.FEE:
                return _one_or_list(sentences.fee_lines(procedure, self.today, language))
            case Section.TIME:
                return _one_or_list(sentences.time_lines(procedure, language))
            case Section.WHERE:
                where = " ".join(_sentence(line) for line in sentences.where_lines(procedure, language))
                return where, sentences.method_notes(procedure, {Channel.DIRECT, Channel.POSTAL}, language)
            case Section.ONLINE:
                how = wording.ONLINE_HOW.said_in(language).format(portal=procedure.sources[0].name, code=procedure.code)
                line = _sentence(sentences.online_line(procedure, language))
                possible = procedure.online in (OnlineLevel.FULL, OnlineLevel.PARTIAL)
                notes = sentences.method_notes(procedure, {Channel.ONLINE}, language) if possible else ()
                return f"{line} {how}" if possible else line, notes
            case Section.PAPERS:
                return "", self._papers()
            case _:
                return self._listed(section)

    def _listed(self, section: Section) -> tuple[str, tuple[str, ...]]:
        procedure, language = self.procedure, self.language
        lists = {
            Section.STEPS: procedure.steps,
            Section.CONDITIONS: procedure.conditions,
            Section.RESULT: procedure.results,
            Section.AUDIENCE: procedure.audience,
            Section.FORMS: tuple(form.name for form in procedure.forms),
        }
        if section is Section.LEGAL_BASIS:
            lines = [" – ".join(filter(None, (basis.number, basis.title))) for basis in procedure.legal_basis]
        else:
            lines = [sentences.shorten(sentence.said_in(language), 1_200) for sentence in lists[section]]
        lines = list(dict.fromkeys(lines))
        if section is Section.STEPS:
            lines = [f"{number}. {line}" if len(lines) > 1 else line for number, line in enumerate(lines, start=1)]
        return _one_or_list(tuple(lines[: _MOST_ITEMS * 2]))

    def _papers(self) -> tuple[str, ...]:
        papers = self.procedure.real_papers
        lines, case = [], ""
        for paper in papers[: _MOST_ITEMS * 2]:
            if paper.case and paper.case != case and paper.condition is None:
                case = paper.case
                lines.append(f"{sentences.shorten(case, 200)}:")
            lines.append(sentences.paper_line(paper, self.language))
        left = len(papers) - _MOST_ITEMS * 2
        if left > 0:
            lines.append(wording.MORE_PAPERS.said_in(self.language).format(count=left))
        return tuple(lines)

    def cautions(self, sections: Sequence[Section]) -> list[Block]:
        procedure, language = self.procedure, self.language
        told = set(sections)
        if Section.OVERVIEW in told:
            told |= {Section.PAPERS, Section.FEE, Section.TIME, Section.WHERE, Section.ONLINE, Section.CONDITIONS}
        found = (*procedure.warnings, *quality.cautions(procedure, self.today))
        said = [caution.text.said_in(language) for caution in found if caution.about in told]
        said += self._whose_rule(told)
        source = procedure.sources[0]
        if self.today - source.as_of > OLD_AFTER:
            said.append(wording.OLD_RECORD.said_in(language).format(day=day(source.as_of)))
        if procedure.layer is Layer.FACTS:
            said.append(wording.FACTS_ONLY.said_in(language).format(url=source.url))
        if language == "en" and procedure.plain_name is None:
            said.append(wording.IN_VIETNAMESE.said_in(language))
        if not said:
            return []
        return [Block(heading=wording.CAUTION.said_in(language), items=tuple(dict.fromkeys(said)), caution=True)]

    def office(self, where: Whereabouts, unit: Unit | None, sections: Sequence[Section]) -> list[Block]:
        """Who receives it today, where, and what was asked of other places."""
        number = len(self._sources) + 1
        if Section.WHERE in sections or Section.OVERVIEW in sections:
            cautioned = any(caution.about is Section.ONLINE for caution in self.procedure.warnings)
            online_told = Section.OVERVIEW in sections and cautioned
            blocks = office_blocks(self.procedure, where, unit, number, self.language, online_told=online_told)
        else:
            blocks = nearby_blocks(self.procedure, unit, number, self.language)
        if any(number in block.cites for block in blocks):
            self._sources[places().offices_source.url, None] = number
            self.citations.append(citation(number, self.procedure.code))
        return blocks

    def _whose_rule(self, told: set[Section]) -> list[str]:
        """Said where the city's own record is laid over the national one."""
        if self.procedure.layer is not Layer.CITY or len(self.procedure.sources) == 1:
            return []
        own = [s for s in Section if s in told and self.procedure.layer_of(s) is Layer.CITY]
        listed = ", ".join(self._heading(section).lower() for section in own if section is not Section.OVERVIEW)
        return [wording.CITY_RULE.said_in(self.language).format(sections=listed)] if listed else []

    def _heading(self, section: Section) -> str:
        return wording.HEADINGS[section].said_in(self.language)

    def _cite(self, section: Section) -> int:
        source = self.procedure.source_of(section)
        number = self._sources.setdefault((source.url, source.layer), len(self._sources) + 1)
        citation = Citation(
            number=number,
            code=self.procedure.code,
            section=section,
            url=source.url,
            source=source.name,
            version=self.procedure.version,
            as_of=source.as_of.isoformat(),
            updated_at=source.updated_at.isoformat() if source.updated_at else "",
            layer=self.procedure.layer_of(section),
            told_by=wording.TOLD_BY[self.procedure.layer_of(section)].said_in(self.language),
        )
        if citation not in self.citations:
            self.citations.append(citation)
        return number


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


def _offer(finding: Finding, language: Language) -> Answer:
    choices = tuple(Choice(code=p.code, label=_label(p, finding.group, language)) for p in finding.choices)
    items = tuple(f"{number}. {choice.label}" for number, choice in enumerate(choices, start=1))
    question = wording.STRANGE if finding.strange else finding.group.question if finding.group else wording.WHICH_ONE
    found = [*(choice.code for choice in choices), *(hit.code for hit in finding.hits)]
    return Answer(
        status=Status.CLARIFICATION_PROCEDURE,
        language=language,
        blocks=(
            Block(text=question.said_in(language), items=items),
            Block(text=wording.NONE_OF_THESE.said_in(language)),
        ),
        procedures=tuple(dict.fromkeys(found))[:10],
        choices=choices,
    )


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
    offered = (s for s in wording.NEXT_QUESTIONS if s not in sections and have.get(s, True))
    buttons = []
    for section in list(offered)[:_MOST_SUGGESTIONS]:
        label, text = wording.NEXT_QUESTIONS[section]
        buttons.append(Suggestion(label=label.said_in(language), text=text.said_in(language), about=procedure.code))
    return tuple(buttons)


def _fee_kinds(language: Language) -> frozenset[str]:
    return frozenset(kind.said_in(language) for kind in wording.FEE_KINDS.values())


def _one_or_list(lines: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    return (_sentence(lines[0]), ()) if len(lines) == 1 else ("", lines)


def _sentence(line: str) -> str:
    """The line with its first letter large and an end."""
    line = line[:1].upper() + line[1:]
    return line if line.endswith((".", "…", "!", "?", "»")) else line + "."
