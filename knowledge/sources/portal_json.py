"""The national portal's detail records as JSON lines (reference: portal-formats §2 and §3)."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.errors import SourceError
from knowledge.procedure import (
    Agency,
    Channel,
    LegalBasis,
    Level,
    Method,
    OnlineLevel,
    Procedure,
    Source,
    Text,
)
from knowledge.sources.limits import Budget
from knowledge.sources.official import (
    PORTAL_HOME,
    PORTAL_NAME,
    code_and_unit,
    each_once,
    jurisdiction_of,
    layer_of,
    legal_number,
    says_nothing,
    title,
)
from knowledge.sources.portal_fees import read_fees
from knowledge.sources.portal_papers import read_papers
from knowledge.sources.portal_times import read_cases, read_time_limits
from knowledge.sources.reading import Notes, Problem, ProblemKind, Record
from knowledge.text import clean, one_line

PORTAL_URL = PORTAL_HOME + "/thu-tuc-hanh-chinh/{id}"

_CHANNELS: dict[str, tuple[Channel, ...]] = {
    "DIRECT": (Channel.DIRECT,),
    "ONLINE": (Channel.ONLINE,),
    "POSTAL": (Channel.POSTAL,),
    "DIRECT_AND_ONLINE": (Channel.DIRECT, Channel.ONLINE),
}
_AGENCY_LISTS = tuple(
    f"{kind}{role}" for kind in ("unitGroups", "departments") for role in ("Executing", "Authority", "Authorized")
)
_LEVELS = {
    "isWard": Level.WARD,
    "isProvince": Level.PROVINCE,
    "isMinistry": Level.MINISTRY,
    "isOtherAgency": Level.OTHER,
}


def read_file(path: Path, as_of: date, today: date, budget: Budget | None = None) -> Iterator[Record]:
    """Read a file of JSON lines, gzipped or not, one `Record` a line. What cannot be read is a problem, never skipped.

    Raises:
        OSError: the file cannot be opened.
        SourceError: it is larger, or takes longer, than its budget allows.

    """
    seen: set[str] = set()
    for number, line in _lines(path, budget or Budget(path.name)):
        record = line if isinstance(line, Record) else _read_line(line, number, as_of, today)
        if record.procedure is not None and record.procedure.code in seen:
            code = record.procedure.code
            record = Record(None, (*record.problems, Problem(code, "code", ProblemKind.CODE_TWICE, f"line {number}")))
        elif record.procedure is not None:
            seen.add(record.procedure.code)
        yield record


def _lines(path: Path, budget: Budget) -> Iterator[tuple[int, str | Record]]:
    """Numbered lines; a file that is cut short or not UTF-8 ends in a problem, and what came before is kept."""
    number = 0
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    with gzip.open(path, "rb") if packed else path.open("rb") as lines:
        try:
            while line := lines.readline(budget.limits.line + 1):
                number += 1
                budget.unpack(len(line))
                budget.row(number)
                if len(line) > budget.limits.line:
                    raise SourceError(
                        f"{path.name} has a line of more than {budget.limits.line} bytes: it is no file of JSON lines."
                    )
                if not line.strip():
                    continue
                try:
                    yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    yield number, _unreadable(number, f"not UTF-8: {error.reason} at byte {error.start}")
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            problem = Problem(f"line {number + 1}", "file", ProblemKind.FILE_CUT_SHORT, str(error))
            yield number + 1, Record(None, (problem,))


def _unreadable(number: int, why: str) -> Record:
    return Record(None, (Problem(f"line {number}", "line", ProblemKind.LINE_UNREADABLE, why),))


def _read_line(line: str, number: int, as_of: date, today: date) -> Record:
    try:
        raw = json.loads(line)
    except json.JSONDecodeError as error:
        return _unreadable(number, f"not JSON: {error.msg} at column {error.colno}")
    except (ValueError, RecursionError) as error:
        return _unreadable(number, f"not JSON: {error}")
    detail = raw.get("detail", raw) if isinstance(raw, dict) else None
    if not isinstance(detail, dict) or not isinstance(detail.get("code"), str):
        return _unreadable(number, "not a procedure record: no code")
    return read_detail(detail, as_of, today)


def read_detail(detail: dict[str, Any], as_of: date, today: date) -> Record:
    """One detail record, as `get-formality-by-citizen` returns it."""
    written = clean(detail["code"])
    found = code_and_unit(written)
    if found is None:
        return Record(None, (Problem(detail["code"], "code", ProblemKind.CODE_UNREADABLE, str(detail.get("name"))),))
    code, local_unit = found
    notes = Notes(code)
    try:
        procedure = _build(detail, code, local_unit, notes, as_of, today)
    except (ValidationError, TypeError, KeyError, AttributeError, ValueError, ArithmeticError, OSError) as error:
        notes.add("record", ProblemKind.RECORD_UNREADABLE, str(error))
        return Record(None, tuple(notes.problems))
    return Record(procedure, tuple(notes.problems))


def _build(detail: dict[str, Any], code: str, local_unit: str, notes: Notes, as_of: date, today: date) -> Procedure:
    name = title(str(detail.get("name") or ""), notes)
    cases = read_cases(detail.get("cases"))
    papers, forms = read_papers(detail.get("executionCases"), notes)
    jurisdiction = jurisdiction_of(str(detail.get("departmentPromulgateName") or ""))
    return Procedure(
        code=code,
        local_unit=local_unit,
        name=name,
        field=one_line(_first_name(detail.get("categoriesDetails"))),
        levels=tuple(level for flag, level in _LEVELS.items() if detail.get(flag)),
        audience=tuple(Text(vi=subject) for subject in _names(detail.get("subjectTypesDetails"))),
        agency=_agency(detail, notes),
        cases=cases,
        steps=_steps(detail.get("executionSteps"), notes),
        methods=_methods(detail.get("executionMethods"), cases, name, notes, today),
        papers=papers,
        forms=forms,
        conditions=_conditions(detail),
        results=tuple(Text(vi=result) for result in _names(detail.get("resultsDetails"))),
        legal_basis=_legal_basis(detail.get("legalBasisesDetails"), notes),
        online=_online(detail),
        interconnected="INTERCONNECTED" in str(detail.get("type")),
        internal=bool(detail.get("isInternal")) or "INTERNAL" in str(detail.get("type")),
        sources=(_source(detail, as_of),),
        decision=one_line(
            str((detail.get("procedureProposal") or {}).get("proposalNumber") or detail.get("decisionNo") or "")
        ),
        jurisdiction=jurisdiction,
        layer=layer_of(jurisdiction),
    )


def _agency(detail: dict[str, Any], notes: Notes) -> Agency:
    """The office may stand in any of eight fields; the first that says something is taken."""
    receives = _first_of(detail, ("unitGroupsExecuting", "departmentsExecuting"), "executingAgencies")
    settles = _first_of(detail, ("unitGroupsAuthority", "departmentsAuthority"), "delegatedAgencies")
    authorized = _first_of(detail, ("unitGroupsAuthorized", "departmentsAuthorized"), "authorizedAgencies")
    receives = receives or settles or authorized
    if not receives:
        notes.add("agency", ProblemKind.AGENCY_MISSING)
    for key in _AGENCY_LISTS:
        if None in (detail.get(key) or []):
            notes.add(key, ProblemKind.FIELD_MISSING, "an entry is null")
    anywhere = bool(detail.get("isNonTerritorial"))
    return Agency(
        receives=Text(vi=receives) if receives else None,
        settles=Text(vi=settles) if settles else None,
        coordinates=tuple(
            filter(
                None, [_first_of(detail, ("unitGroupsCoordinating", "departmentsCoordinating"), "coordinatingAgencies")]
            )
        ),
        address=clean(str(detail.get("dossierReceivingAddresses") or "")),
        # The portal flags 291 procedures where Da Nang alone approved 1,160: its «no» proves nothing.
        anywhere=True if anywhere else None,
        anywhere_source=f"{PORTAL_NAME}: isNonTerritorial" if anywhere else "",
    )


def _first_of(detail: dict[str, Any], lists: tuple[str, ...], plain: str) -> str:
    for key in lists:
        names = _names(detail.get(key))
        if names:
            return "; ".join(names)
    return "; ".join(dict.fromkeys(one_line(part) for part in str(detail.get(plain) or "").split(";") if part.strip()))


def _names(raw: Any) -> list[str]:
    """The names in a list of details, tidied, each once however it is capitalised."""
    entries = raw if isinstance(raw, list) else []
    return each_once(str(entry.get("name") or "") for entry in entries if isinstance(entry, dict))


def _first_name(raw: Any) -> str:
    return next(iter(_names(raw)), "")


def _steps(raw: Any, notes: Notes) -> tuple[Text, ...]:
    steps = []
    for entry in raw if isinstance(raw, list) else []:
        words = clean(f"{entry.get('name') or ''}\n{entry.get('description') or ''}")
        if words:
            steps.append(Text(vi=words))
    if not steps:
        notes.add("executionSteps", ProblemKind.FIELD_MISSING)
    return tuple(steps)


def _methods(raw: Any, cases: tuple[Any, ...], name: str, notes: Notes, today: date) -> tuple[Method, ...]:
    """The ways of handing in; ways that say exactly the same stand together."""
    merged: dict[Method, list[Channel]] = {}
    for entry in raw if isinstance(raw, list) else []:
        channels = _CHANNELS.get(str(entry.get("submissionMethod")))
        if channels is None:
            notes.add(
                "executionMethods", ProblemKind.FIELD_MISSING, f"submissionMethod {entry.get('submissionMethod')!r}"
            )
            continue
        limits = read_time_limits(entry, cases, name, notes)
        words = clean(str(entry.get("description") or ""))
        told = any(limit.note and limit.note.vi == words for limit in limits)
        same = Method(
            channels=(Channel.DIRECT,),
            time_limits=limits,
            fees=read_fees(entry.get("fees"), notes, today),
            note=Text(vi=words) if words and not told else None,
        )
        known = merged.setdefault(same, [])
        known.extend(channel for channel in channels if channel not in known)
    return tuple(method.model_copy(update={"channels": tuple(channels)}) for method, channels in merged.items())


def _conditions(detail: dict[str, Any]) -> tuple[Text, ...]:
    """Conditions may stand in `description` while their own field is empty."""
    words = clean(str(detail.get("requirementsAndConditions") or detail.get("description") or ""))
    return () if says_nothing(words) else (Text(vi=words),)


def _legal_basis(raw: Any, notes: Notes) -> tuple[LegalBasis, ...]:
    found: dict[LegalBasis, None] = {}
    for entry in raw if isinstance(raw, list) else []:
        code, name = one_line(str(entry.get("code") or "")), one_line(str(entry.get("name") or ""))
        number = legal_number(code, name)
        if not number:
            notes.add("legalBasisesDetails", ProblemKind.LEGAL_NUMBER_UNREADABLE, f"{code} | {name}")
        if code or name:
            found[LegalBasis(number=number or code, title=name)] = None
    if not found:
        notes.add("legalBasisesDetails", ProblemKind.FIELD_MISSING)
    return tuple(found)


def _online(detail: dict[str, Any]) -> OnlineLevel:
    if detail.get("isFullProcess"):
        return OnlineLevel.FULL
    methods = {entry.get("submissionMethod") for entry in detail.get("executionMethods") or []}
    if detail.get("isOfflineOnly") or not any("ONLINE" in str(method) for method in methods):
        return OnlineLevel.NONE
    return OnlineLevel.PARTIAL


def _source(detail: dict[str, Any], as_of: date) -> Source:
    updated = detail.get("updatedAt")
    day = datetime.fromtimestamp(updated / 1000, UTC).date() if isinstance(updated, int) else None
    return Source(name=PORTAL_NAME, url=PORTAL_URL.format(id=detail["id"]), as_of=as_of, updated_at=day)
