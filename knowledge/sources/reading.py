"""What reading a source gives back: procedures, and every thing that could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.procedure import Procedure


class ProblemKind(StrEnum):
    """Why a record, or a field of it, was not read as it stands."""

    LINE_UNREADABLE = "line_unreadable"
    RECORD_UNREADABLE = "record_unreadable"
    CODE_UNREADABLE = "code_unreadable"
    CODE_TWICE = "code_twice"
    FILE_CUT_SHORT = "file_cut_short"
    TITLE_DAMAGED = "title_damaged"
    TITLE_NOT_A_PROCEDURE = "title_not_a_procedure"
    TIME_UNREADABLE = "time_unreadable"
    TIME_CONFLICT = "time_conflict"
    FEE_DOUBTFUL = "fee_doubtful"
    FEE_IN_WORDS_ONLY = "fee_in_words_only"
    FEE_BARE_ZERO = "fee_bare_zero"
    FEE_EXPIRED = "fee_expired"
    AGENCY_MISSING = "agency_missing"
    PAPERS_MISSING = "papers_missing"
    PAPERS_WITHOUT_QUANTITY = "papers_without_quantity"
    PAPER_UNREADABLE = "paper_unreadable"
    LEGAL_NUMBER_UNREADABLE = "legal_number_unreadable"
    FIELD_MISSING = "field_missing"
    DATE_UNREADABLE = "date_unreadable"
    ROW_IS_A_TEST = "row_is_a_test"
    NOT_IN_FORCE = "not_in_force"
    LABEL_UNKNOWN = "label_unknown"
    FEE_PRINTED_FREE = "fee_printed_free"
    TIME_UNIT_DOUBTFUL = "time_unit_doubtful"
    JURISDICTION_UNKNOWN = "jurisdiction_unknown"

    @property
    def sets_record_aside(self) -> bool:
        """Whether the record could not be kept at all."""
        return self in _SETTING_ASIDE


_SETTING_ASIDE = frozenset(
    {
        ProblemKind.LINE_UNREADABLE,
        ProblemKind.RECORD_UNREADABLE,
        ProblemKind.CODE_UNREADABLE,
        ProblemKind.CODE_TWICE,
        ProblemKind.ROW_IS_A_TEST,
        ProblemKind.NOT_IN_FORCE,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be read, by record and field."""

    record: str
    """The code, or the line of the file where there is no code."""
    field: str
    kind: ProblemKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a source: the procedure as far as it was read, None if it was set aside."""

    procedure: Procedure | None
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Notes:
    """Collects the problems of one record while it is read."""

    record: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, field: str, kind: ProblemKind, detail: str = "") -> None:
        """Write a problem down once."""
        problem = Problem(self.record, field, kind, detail[:200])
        if problem not in self.problems:
            self.problems.append(problem)


def count_by_kind(problems: Iterable[Problem]) -> Counter[ProblemKind]:
    """How many problems of each kind."""
    return Counter(problem.kind for problem in problems)
