"""One procedure told: its sections as sentences, its cautions and its office, each with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant import wording_fields
from assistant.conversation import Block, Citation
from assistant.draft import Whereabouts
from assistant.write import sentences
from assistant.write.figures import day
from assistant.write.labels import labelled
from assistant.write.office import citation, nearby_blocks, office_blocks
from knowledge import quality
from knowledge.places import Unit, places
from knowledge.procedure import Channel, Language, Layer, OnlineLevel, Procedure, Section
from knowledge.quality_rules import OLD_AFTER

MOST_ITEMS = 14
"""Papers listed where others are told beside them; twice as many where they alone are asked for."""
_LACKED = (Section.PAPERS, Section.STEPS, Section.CONDITIONS, Section.FORMS)
"""What a facts record never holds, whatever its source says."""


class Teller:
    """Tells one procedure, numbering its citations as they come up."""

    def __init__(self, procedure: Procedure, language: Language, today: date) -> None:
        self.procedure = procedure
        self.language: Language = language
        self.today = today
        self.citations: list[Citation] = []
        self._sources: dict[tuple[str, Layer | None], int] = {}

    def opening(self) -> Block:
        """Its name and code."""
        title = self.procedure.title.said_in(self.language)
        code = wording_fields.CODE.said_in(self.language).format(code=self.procedure.code)
        return Block(text=f"{title} ({code}).")

    def section(self, section: Section) -> list[Block]:
        """What the record says of a part; where it says nothing, that it does not."""
        if section is Section.OVERVIEW:
            return self._overview()
        text, items = self._told(section)
        if not text and not items:
            bare = self.procedure.layer is Layer.FACTS and section in _LACKED
            text = (wording_fields.NOT_HELD if bare else wording_fields.NOT_STATED).said_in(self.language)
        heading = self._heading(section)
        heading, told = labelled(section, heading, text, self.language)
        text = text if told == text else _sentence(told)
        return [Block(section=section, heading=heading, text=text, items=items, cites=(self._cite(section),))]

    def _overview(self) -> list[Block]:
        procedure, language = self.procedure, self.language
        blocks = []
        if procedure.summary:
            blocks.append(Block(text=procedure.summary.said_in(language), cites=(self._cite(Section.OVERVIEW),)))
        always = [paper for paper in procedure.real_papers if paper.condition is None]
        rest = len(procedure.real_papers) - len(always)
        if procedure.real_papers:
            papers = always or procedure.real_papers[:MOST_ITEMS]
            items = [sentences.paper_line(paper, language) for paper in papers[:MOST_ITEMS]]
            if always and rest:
                items.append(wording_fields.SOME_CASES.said_in(language).format(count=rest))
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
                how = wording_fields.ONLINE_HOW.said_in(language).format(
                    portal=procedure.sources[0].name, code=procedure.code
                )
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
        return _one_or_list(tuple(lines[: MOST_ITEMS * 2]))

    def _papers(self) -> tuple[str, ...]:
        papers = self.procedure.real_papers
        lines, case = [], ""
        for paper in papers[: MOST_ITEMS * 2]:
            if paper.case and paper.case != case and paper.condition is None:
                case = paper.case
                lines.append(f"{sentences.shorten(case, 200)}:")
            lines.append(sentences.paper_line(paper, self.language))
        left = len(papers) - MOST_ITEMS * 2
        if left > 0:
            lines.append(wording_fields.MORE_PAPERS.said_in(self.language).format(count=left))
        return tuple(lines)

    def cautions(self, sections: Sequence[Section]) -> list[Block]:
        """What to be careful about in these parts, in one block; none where there is nothing."""
        procedure, language = self.procedure, self.language
        told = set(sections)
        if Section.OVERVIEW in told:
            told |= {Section.PAPERS, Section.FEE, Section.TIME, Section.WHERE, Section.ONLINE, Section.CONDITIONS}
        found = (*procedure.warnings, *quality.cautions(procedure, self.today))
        said = [caution.text.said_in(language) for caution in found if caution.about in told]
        said += self._whose_rule(told)
        source = procedure.sources[0]
        if self.today - source.as_of > OLD_AFTER:
            said.append(wording_fields.OLD_RECORD.said_in(language).format(day=day(source.as_of)))
        if procedure.layer is Layer.FACTS:
            said.append(wording_fields.FACTS_ONLY.said_in(language).format(url=source.url))
        if language == "en" and procedure.plain_name is None:
            said.append(wording_fields.IN_VIETNAMESE.said_in(language))
        if not said:
            return []
        return [Block(heading=wording_fields.CAUTION.said_in(language), items=tuple(dict.fromkeys(said)), caution=True)]

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
        return [wording_fields.CITY_RULE.said_in(self.language).format(sections=listed)] if listed else []

    def _heading(self, section: Section) -> str:
        return wording_fields.HEADINGS[section].said_in(self.language)

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
            told_by=wording_fields.TOLD_BY[self.procedure.layer_of(section)].said_in(self.language),
        )
        if citation not in self.citations:
            self.citations.append(citation)
        return number


def _one_or_list(lines: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    return (_sentence(lines[0]), ()) if len(lines) == 1 else ("", lines)


def _sentence(line: str) -> str:
    """The line with its first letter large and an end."""
    line = line[:1].upper() + line[1:]
    return line if line.endswith((".", "…", "!", "?", "»")) else line + "."
