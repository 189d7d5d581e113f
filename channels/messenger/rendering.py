"""An answer as messages: plain text, buttons below the last of them, documents after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from assistant.conversation import Answer, Citation, FactCard, FormView, Status, Suggestion
from assistant.forms.buttons import form_begun_by
from assistant.write.figures import day
from assistant.write.labels import labelled
from channels.messenger import wording
from channels.messenger.contract import Button, Document, Limits, Outgoing
from channels.messenger.pressing import KEEP_FORM, OWN_DATA, WRONG
from channels.messenger.splitting import shorten, split
from knowledge.procedure import Language, Section

_MOST_ON_CARD: Final = 4
_FORM_PATH: Final = "/to-khai/l/"


def render(answer: Answer, turn: str, limits: Limits, *, address: str = "", heading: str = "") -> tuple[Outgoing, ...]:
    """What a person is sent for an answer. `turn` is what it was kept as: without it nothing can be pressed.

    `address` is where our pages are, for links to them; without it none is given. `heading` goes above all.
    """
    text = "\n\n".join(part for part in (heading, *_parts(answer, limits, address)) if part)
    pieces = split(text, limits.text)
    buttons = _buttons(answer, turn, limits) if turn else ()
    *before, last = pieces or ("…",)
    documents = _documents(answer, limits)
    return (*(Outgoing(piece) for piece in before), Outgoing(last, buttons), *documents)


def _parts(answer: Answer, limits: Limits, address: str) -> Iterator[str]:
    language = answer.language
    if answer.calls:
        yield wording.CALL_NOW.said_in(language).format(numbers=", ".join(answer.calls))
    blocks = [block for block in answer.blocks if not (block.on_card and answer.facts)]
    yield from (block.plain() for block in blocks)
    if answer.facts:
        yield _card(answer.facts, {block.section for block in blocks}, language)
    yield _sources(answer)
    if answer.form:
        yield _form(answer, answer.form, limits, address)


def _card(facts: FactCard, told: set[Section | None], language: Language) -> str:
    rows = {
        Section.PAPERS: facts.papers,
        Section.FEE: facts.fee,
        Section.TIME: facts.time,
        Section.WHERE: (facts.where,),
        Section.ONLINE: (facts.online,),
    }
    return "\n".join(
        _row(section, lines, language) for section, lines in rows.items() if any(lines) and section not in told
    )


def _row(section: Section, lines: tuple[str, ...], language: Language) -> str:
    label = wording.CARD[section].said_in(language)
    if len(lines) == 1:
        return ": ".join(labelled(section, label, lines[0], language))
    more = len(lines) - _MOST_ON_CARD
    rest = (wording.AND_MORE.said_in(language).format(count=more),) if more > 0 else ()
    return "\n".join([f"{label}:", *(f"• {line}" for line in lines[:_MOST_ON_CARD]), *rest])


def _form(answer: Answer, view: FormView, limits: Limits, address: str) -> str:
    language = answer.language
    if answer.status is Status.FORM_READY and limits.documents:
        return ""
    lines = []
    if view.link and address:
        lines.append(wording.PRIVATE_LINK.said_in(language).format(url=f"{address.rstrip('/')}{_FORM_PATH}{view.link}"))
    elif answer.status is Status.FORM_READY:
        lines.append(wording.NO_FILE.said_in(language))
    if view.question:
        strip = wording.FORM_STRIP.said_in(language)
        lines.append(strip.format(title=view.title, settled=view.settled, of=view.of, question=view.question))
    return "\n\n".join(lines)


def _sources(answer: Answer) -> str:
    unique = {citation.number: citation for citation in reversed(answer.citations)}
    if not unique:
        return ""
    lines = [_source(unique[number], answer.language) for number in sorted(unique)]
    return "\n".join([f"{wording.SOURCES.said_in(answer.language)}:", *lines])


def _source(citation: Citation, language: Language) -> str:
    told = f"[{citation.number}] {citation.source}"
    if citation.told_by:
        told += f" ({citation.told_by})"
    if citation.code:
        told += ", " + wording.CODE.said_in(language).format(code=citation.code)
    if citation.as_of:
        told += "; " + wording.READ_ON.said_in(language).format(day=day(date.fromisoformat(citation.as_of)))
    return f"{told}\n{citation.url}" if citation.url else told


def _buttons(answer: Answer, turn: str, limits: Limits) -> tuple[Button, ...]:
    offered = [
        (f"{number}. {choice.label}", f"{turn}:c{number}")
        for number, choice in enumerate(answer.choices, start=1)
        if choice.code
    ]
    beside = _beside(answer, turn)
    room = limits.buttons - len(beside) - len(offered)
    offered += [(one.label, f"{turn}:s{number}") for number, one in _kept(answer.suggestions, room)]
    shown = [*offered[: limits.buttons - len(beside)], *beside]
    return tuple(Button(shorten(label, limits.label), data=data) for label, data in shown)


def _kept(suggestions: Sequence[Suggestion], room: int) -> list[tuple[int, Suggestion]]:
    """As many as there is room for, each with its number. A question can be typed as well; a form is begun by its button."""
    numbered = list(enumerate(suggestions, start=1))
    begins = [entry for entry in numbered if form_begun_by(entry[1].text)][: max(room, 0)]
    others = [entry for entry in numbered if entry not in begins][: max(room - len(begins), 0)]
    return sorted((*others, *begins), key=lambda entry: entry[0])


def _beside(answer: Answer, turn: str) -> list[tuple[str, str]]:
    """The button that must not give way to others."""
    if answer.status is Status.FORM_READY:
        return [(wording.KEEP_FORM.said_in(answer.language), f"{turn}:{KEEP_FORM}")]
    if answer.status is Status.PRIVACY_EXPORTED:
        return [(wording.DOWNLOAD.said_in(answer.language), f"{turn}:{OWN_DATA}")]
    return [(wording.WRONG.said_in(answer.language), f"{turn}:{WRONG}")] if answer.citations else []


def _documents(answer: Answer, limits: Limits) -> tuple[Outgoing, ...]:
    if answer.status is not Status.FORM_READY or answer.form is None or not limits.documents:
        return ()
    words = {"docx": wording.WORD_FILE, "pdf": wording.PDF_FILE}
    return tuple(
        Outgoing(words[extension].said_in(answer.language), document=Document(answer.form.id, extension))
        for extension in ("docx", "pdf")
    )
