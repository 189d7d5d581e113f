"""Fees, limits, papers and places as sentences: every figure straight from its field."""

from __future__ import annotations

from datetime import date

from assistant import wording_fields
from assistant.write.figures import day, duration, money
from assistant.write.labels import unlabelled
from knowledge.competence import Body, competence
from knowledge.procedure import (
    Channel,
    Fee,
    FeeStatus,
    Language,
    Method,
    OnlineLevel,
    Paper,
    Procedure,
    Section,
    Text,
    TimeLimit,
)

_LONGEST_FORM = 40

_LONGEST_NOTE = 420
"""Characters of a source's own note that are quoted; the rest is a tap away."""


def fee_lines(procedure: Procedure, today: date, language: Language) -> tuple[str, ...]:
    """The charges that apply today, and what is known to come; never «free» without the source's word."""
    fees = [(method, fee) for method in procedure.methods for fee in method.fees]
    if not fees:
        return (wording_fields.FEE_UNKNOWN.said_in(language),)
    live = [(method, fee) for method, fee in fees if fee.valid_to is None or today <= fee.valid_to]
    if not live:
        last = max(fee.valid_to for _, fee in fees if fee.valid_to)
        return (wording_fields.FEE_ENDED.said_in(language).format(day=day(last)),)
    many = len({fee for _, fee in live}) > 1 and len(procedure.methods) > 1
    lines = (_fee_line(fee, method if many else None, today, language) for method, fee in live)
    return tuple(dict.fromkeys(lines))


def _fee_line(fee: Fee, method: Method | None, today: date, language: Language) -> str:
    kind = wording_fields.FEE_KINDS[fee.kind].said_in(language)
    whom = [
        *([_channels(method, language)] if method and len(method.channels) < len(wording_fields.CHANNELS) else []),
        *([fee.condition.said_in(language)] if fee.condition else []),
    ]
    parts = [f"{kind}{' – ' if whom else ''}{'; '.join(whom)}: {_fee_amount(fee, language)}"]
    if fee.valid_from and not fee.applies_on(today):
        parts.append(wording_fields.FEE_FROM.said_in(language).format(day=day(fee.valid_from)))
    if fee.valid_to:
        parts.append(wording_fields.FEE_UNTIL.said_in(language).format(day=day(fee.valid_to)))
    line = "; ".join(parts)
    if fee.note and fee.status not in (FeeStatus.DESCRIBED, FeeStatus.SET_ELSEWHERE):
        note = unlabelled(Section.FEE, fee.note.said_in(language))
        line += f". {_note(note, told=bool(fee.note.en), language=language)}"
    return line


def _note(note: str, *, told: bool, language: Language) -> str:
    """A note in the asker's words stands alone; one in the source's words is quoted as such."""
    if told:
        return note[:1].upper() + note[1:]
    return wording_fields.SOURCE_ADDS.said_in(language).format(note=shorten(note))


def _fee_amount(fee: Fee, language: Language) -> str:
    match fee.status:
        case FeeStatus.EXACT:
            return money(fee, language) + (_unit(fee.unit, language) if fee.unit else "")
        case FeeStatus.FREE:
            return wording_fields.FEE_FREE.said_in(language)
        case FeeStatus.STATED_ZERO:
            return wording_fields.FEE_ZERO.said_in(language)
        case FeeStatus.SET_ELSEWHERE:
            who = fee.set_by.said_in(language) if fee.set_by else ""
            rule = fee.set_by is not None and fee.set_by.vi.lower().startswith(wording_fields.RULES)
            return (wording_fields.FEE_SET_IN if rule else wording_fields.FEE_SET_BY).said_in(language).format(who=who)
        case FeeStatus.DESCRIBED:
            note = shorten(unlabelled(Section.FEE, fee.note.said_in(language))) if fee.note else ""
            return wording_fields.FEE_DESCRIBED.said_in(language).format(note=note)
        case FeeStatus.DOUBTFUL if fee.amount:
            return wording_fields.FEE_DOUBTFUL.said_in(language).format(amount=money(fee, language))
        case FeeStatus.DOUBTFUL:
            return wording_fields.FEE_DOUBTFUL_UNSAID.said_in(language)
        case _:
            return wording_fields.FEE_UNKNOWN.said_in(language)


def _unit(unit: Text, language: Language) -> str:
    """What one amount buys: 2.000 đồng/trang, 2,000 đồng per page."""
    if language == "en" and unit.en:
        return f" per {unit.en.removeprefix('per ')}"
    return f"/{unit.vi.removeprefix('một ')}"


def time_lines(procedure: Procedure, language: Language) -> tuple[str, ...]:
    """The time limits, each with the case or channel it is for."""
    methods = [method for method in procedure.methods if method.time_limits]
    several = len({method.time_limits for method in methods}) > 1
    lines = (
        _time_line(limit, method if several else None, language) for method in methods for limit in method.time_limits
    )
    return tuple(dict.fromkeys(lines)) or (wording_fields.TIME_UNKNOWN.said_in(language),)


def _time_line(limit: TimeLimit, method: Method | None, language: Language) -> str:
    said = duration(limit, language)
    note = unlabelled(Section.TIME, limit.note.said_in(language)) if limit.note else ""
    if note and not limit.condition and (limit.quantity is None or _says_only(note, said)):
        said, note = note.rstrip("."), ""
    if limit.condition:
        said += f", {limit.condition.said_in(language)}"
    if method:
        said += f" ({_channels(method, language)})"
    if note:
        said += f". {shorten(note)}" if limit.condition else f" – {shorten(note)}"
    return said


def _says_only(note: str, said: str) -> bool:
    """Whether a note only repeats the limit: «Không quá 7 ngày làm việc.»"""
    rest = note.lower().replace(said.lower(), "", 1).strip(" .")
    return rest in ("", "không quá", "tối đa", "trong", "trong vòng", "within", "no more than", "at most", "up to")


def paper_line(paper: Paper, language: Language) -> str:
    """A paper with its numbers, and when it is needed."""
    counts = [
        _counted(count, label, language)
        for label, count in ((wording_fields.ORIGINALS, paper.originals), (wording_fields.COPIES, paper.copies))
        if count
    ]
    form = [_form(paper.form, language)] if _is_form_number(paper) else []
    details = [*form, *counts, *([wording_fields.SHOW_ONLY.said_in(language)] if paper.show_only else [])]
    line = shorten(paper.name.said_in(language))
    if details:
        line += f" ({', '.join(details)})"
    if paper.condition:
        line += f" – {_condition(paper.condition.said_in(language), language)}"
    if paper.note:
        line += f" – {paper.note.said_in(language)}"
    if paper.from_data:
        line += f"; {wording_fields.FROM_DATA.said_in(language)}"
    return line


def _form(form: str, language: Language) -> str:
    """The form's number without where it stands: CT01, not CT01 (Thông tư …)."""
    number = form.split(" (", maxsplit=1)[0]
    named = number.lower().startswith(("mẫu", "phụ lục"))
    return number[:1].lower() + number[1:] if named else wording_fields.ON_FORM.said_in(language).format(form=number)


def _is_form_number(paper: Paper) -> bool:
    """Whether the form has a number worth telling, such as CT01; a file name or the paper's own name has not."""
    number = paper.form.split(" (", maxsplit=1)[0]
    return any(c.isdigit() for c in number) and len(paper.form) <= _LONGEST_FORM and number not in paper.name.vi


def _counted(count: int, label: tuple[Text, Text], language: Language) -> str:
    one, many = label
    return (one if count == 1 else many).said_in(language).format(count=count)


def _condition(condition: str, language: Language) -> str:
    if condition.lower().startswith(tuple(f"{word} " for word in wording_fields.CONDITION_WORDS)):
        return condition
    return wording_fields.ONLY_IF.said_in(language).format(condition=condition)


def where_lines(procedure: Procedure, language: Language) -> tuple[str, ...]:
    """Who receives the file today, who settles it, and whether any office will do."""
    told = competence(procedure)
    if told.receives is None:
        return (wording_fields.WHERE_UNKNOWN.said_in(language),)
    lines = [_body_line(told.receives, procedure.agency.receives, language)]
    if told.settles and told.settles.name.vi != told.receives.name.vi:
        lines.append(wording_fields.SETTLED_BY.said_in(language).format(who=told.settles.said_in(language).rstrip(".")))
    if told.anywhere:
        lines.append(wording_fields.WHERE_ANYWHERE.said_in(language))
    return tuple(lines)


def _body_line(body: Body, written: Text | None, language: Language) -> str:
    """The body of today; where the source says it in other words, those too."""
    named = unlabelled(Section.WHERE, body.said_in(language))
    line = named[:1].upper() + named[1:]
    if written is None or written.en or written.vi == body.name.vi:
        return line
    return f"{line} ({wording_fields.SOURCE_SAYS.said_in(language).format(words=shorten(written.vi, 160))})"


def method_notes(procedure: Procedure, channels: set[Channel], language: Language) -> tuple[str, ...]:
    """What the source adds about handing in by these channels."""
    notes = (method.note for method in procedure.methods if method.note and channels & set(method.channels))
    return tuple(dict.fromkeys(shorten(note.said_in(language)) for note in notes))


def online_line(procedure: Procedure, language: Language) -> str:
    """How far it can be done online."""
    said = {
        OnlineLevel.FULL: wording_fields.ONLINE_FULL,
        OnlineLevel.PARTIAL: wording_fields.ONLINE_PARTIAL,
        OnlineLevel.NONE: wording_fields.ONLINE_NONE,
        OnlineLevel.UNKNOWN: wording_fields.ONLINE_UNKNOWN,
    }[procedure.online]
    return said.said_in(language)


def shorten(text: str, most: int = _LONGEST_NOTE) -> str:
    """A long text up to the last whole word, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def _channels(method: Method, language: Language) -> str:
    return ", ".join(wording_fields.CHANNELS[channel].said_in(language) for channel in method.channels)
