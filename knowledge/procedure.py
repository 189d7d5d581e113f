"""The types of a procedure. Money and time are typed once, here; unknown is a value of its own."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

CODE_PATTERN = r"^\d\.\d{6}$"
"""A national procedure code: the eight characters every local spelling of it starts with."""

Language = Literal["vi", "en"]


class Section(StrEnum):
    """A part of a procedure that can be asked about, answered and cited."""

    OVERVIEW = "overview"
    AUDIENCE = "audience"
    PAPERS = "papers"
    FEE = "fee"
    TIME = "time"
    WHERE = "where"
    STEPS = "steps"
    ONLINE = "online"
    CONDITIONS = "conditions"
    RESULT = "result"
    LEGAL_BASIS = "legal_basis"
    FORMS = "forms"


class Channel(StrEnum):
    """A way of handing a file in."""

    DIRECT = "direct"
    ONLINE = "online"
    POSTAL = "postal"


class TimeUnit(StrEnum):
    """What a time limit counts."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


class Level(StrEnum):
    """The level of government that settles the procedure."""

    WARD = "ward"
    PROVINCE = "province"
    MINISTRY = "ministry"
    OTHER = "other"


class FeeStatus(StrEnum):
    """How far a fee is known. Only `FREE` may be told as free."""

    EXACT = "exact"
    FREE = "free"
    """The source says in words that nothing is charged."""
    STATED_ZERO = "stated_zero"
    """The source holds a bare 0 and no word about it."""
    SET_ELSEWHERE = "set_elsewhere"
    """Set by a body or a document the source names, with no figure here."""
    DESCRIBED = "described"
    """Several amounts, or conditions, that only the note tells."""
    DOUBTFUL = "doubtful"
    """The source contradicts itself or the figure cannot be right."""
    UNKNOWN = "unknown"


class FeeKind(StrEnum):
    """What the law calls the charge (Luật Phí và lệ phí 97/2015/QH13, article 3)."""

    CHARGE = "charge"
    """Lệ phí."""
    SERVICE_FEE = "service_fee"
    """Phí."""
    PRICE = "price"
    """Giá dịch vụ."""


class OnlineLevel(StrEnum):
    """How much can be done online (Nghị định 42/2022/NĐ-CP)."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    UNKNOWN = "unknown"


class Grade(StrEnum):
    """How far a written entry may be trusted: as published, to be checked, or likely changed since."""

    A = "A"
    B = "B"
    C = "C"


class Layer(StrEnum):
    """Where a version comes from; `knowledge.store.LAYERS` says who wins."""

    STAFF = "staff"
    CITY = "city"
    NATIONAL = "national"
    WRITTEN = "written"
    FACTS = "facts"


class Fact(BaseModel):
    """A frozen part of a record; unknown keys are mistakes, not extras."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Fact):
    """A sentence in Vietnamese, and in English where somebody wrote it."""

    vi: str = Field(min_length=1)
    en: str = ""

    def said_in(self, language: Language) -> str:
        """The sentence in that language, Vietnamese where there is no other."""
        return self.en or self.vi if language == "en" else self.vi


def _as_text(value: Any) -> Any:
    return {"vi": value} if isinstance(value, str) else value


Sentence = Annotated[Text, BeforeValidator(_as_text, json_schema_input_type=Text | str)]
"""A `Text`; a plain string in data is read as its Vietnamese."""


class TimeLimit(Fact):
    """How long an office may take. `quantity` is None where the source does not say it readably."""

    quantity: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    unit: TimeUnit | None = None
    condition: Sentence | None = None
    """When this limit applies rather than another."""
    note: Sentence | None = None

    @model_validator(mode="after")
    def _quantity_has_a_unit(self) -> TimeLimit:
        if (self.quantity is None) != (self.unit is None):
            raise ValueError("a time limit needs both quantity and unit, or neither")
        return self


class Fee(Fact):
    """One charge. An amount without a figure is told by who sets it, never as 0."""

    kind: FeeKind = FeeKind.CHARGE
    status: FeeStatus
    amount: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    currency: Literal["VND", "USD"] = "VND"
    unit: Sentence | None = None
    """What one amount buys: a page, a copy, a card."""
    condition: Sentence | None = None
    """Who pays this, or in which case."""
    note: Sentence | None = None
    set_by: Sentence | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day on which this charge applies."""

    @model_validator(mode="after")
    def _amount_fits_status(self) -> Fee:
        if self.status is FeeStatus.EXACT and not self.amount:
            raise ValueError("an exact fee needs an amount above 0; use status free or set_elsewhere")
        if self.status is not FeeStatus.EXACT and self.amount and self.status is not FeeStatus.DOUBTFUL:
            raise ValueError(f"a fee of status {self.status} has no amount")
        if self.status is FeeStatus.SET_ELSEWHERE and self.set_by is None:
            raise ValueError("a fee set elsewhere must say who or what sets it")
        return self

    def applies_on(self, day: date) -> bool:
        """Whether the charge is in force on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Method(Fact):
    """One way, or several equal ways, of handing in, with its limits and fees."""

    channels: tuple[Channel, ...] = Field(min_length=1)
    time_limits: tuple[TimeLimit, ...] = ()
    fees: tuple[Fee, ...] = ()
    note: Sentence | None = None


class Paper(Fact):
    """One paper of the file."""

    name: Sentence
    originals: int = Field(default=0, ge=0)
    copies: int = Field(default=0, ge=0)
    condition: Sentence | None = None
    """In which case it is needed; None means always."""
    note: Sentence | None = None
    """What to know about it, such as that the online form takes its place."""
    show_only: bool = False
    """It is shown at the counter, not handed in."""
    from_data: bool = False
    """Usually not asked for when the office finds the facts in VNeID or a national database."""
    form: str = ""
    """The name or number of the blank form it is written on."""
    case: str = ""
    """The name the source gives to the case this paper belongs to."""
    is_note: bool = False
    """The source lists it among papers, but it is advice, not a paper."""
    code: str = ""


class Form(Fact):
    """A blank form that belongs to the procedure."""

    name: Sentence
    file_name: str = ""
    file_id: str = ""
    """The portal's own id of the blank, for its preview endpoint."""
    url: str = ""


class LegalBasis(Fact):
    """A legal document by its number."""

    number: str = ""
    title: str = ""


class Case(Fact):
    """A variant of the procedure with a code of its own."""

    name: str
    code: str = ""
    time_limit: TimeLimit | None = None


class Agency(Fact):
    """Who takes the file, and who settles it, under the two-tier government of 1 July 2025."""

    receives: Sentence | None = None
    settles: Sentence | None = None
    coordinates: tuple[str, ...] = ()
    address: str = ""
    """Where the source says files are handed in, in its own words."""
    anywhere: bool | None = None
    """May be handed in regardless of residence («phi địa giới»); None is unknown."""
    anywhere_source: str = ""


class Caution(Fact):
    """An honest caution that the answer carries when it touches that section."""

    about: Section
    text: Sentence


class Source(Fact):
    """Where facts were read, and when."""

    name: str = Field(min_length=1)
    url: str = Field(pattern=r"^https?://")
    as_of: date
    """The day of the snapshot or page that was read."""
    updated_at: date | None = None
    """The day the publisher last changed it."""
    covers: tuple[Section, ...] = ()
    """The sections read there; empty means all."""
    layer: Layer | None = None
    """The layer these sections were taken from; set when layers are put together."""


class Procedure(Fact):
    """An administrative procedure as one layer tells it, or as all layers together do."""

    code: str = Field(pattern=CODE_PATTERN)
    local_unit: str = ""
    """The publisher's suffix, such as H17 for Da Nang."""
    name: str = Field(min_length=3)
    """The official title."""
    plain_name: Sentence | None = None
    synonyms: tuple[str, ...] = ()
    """How people say it, in Vietnamese."""
    synonyms_en: tuple[str, ...] = ()
    summary: Sentence | None = None
    field: str = ""
    levels: tuple[Level, ...] = ()
    audience: tuple[Sentence, ...] = ()
    agency: Agency = Agency()
    cases: tuple[Case, ...] = ()
    steps: tuple[Sentence, ...] = ()
    methods: tuple[Method, ...] = ()
    papers: tuple[Paper, ...] = ()
    forms: tuple[Form, ...] = ()
    conditions: tuple[Sentence, ...] = ()
    results: tuple[Sentence, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    related: tuple[str, ...] = ()
    online: OnlineLevel = OnlineLevel.UNKNOWN
    interconnected: bool = False
    internal: bool = False
    """Between offices; no citizen ever files it."""
    grade: Grade | None = None
    warnings: tuple[Caution, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    decision: str = ""
    """The number of the decision that published the procedure."""
    jurisdiction: str = "national"
    """`national`, `da-nang`, or the name of another province whose record this is."""
    effective_from: date | None = None
    effective_to: date | None = None
    version: int = 1
    layer: Layer = Layer.NATIONAL

    @property
    def title(self) -> Text:
        """What to call it when speaking with a citizen; an official title in capitals is not shouted."""
        return self.plain_name or Text(vi=self.name.capitalize() if self.name.isupper() else self.name)

    @property
    def applies_in_da_nang(self) -> bool:
        """False for another province's own record, which must never answer here."""
        return self.jurisdiction in ("national", "da-nang")

    @property
    def real_papers(self) -> tuple[Paper, ...]:
        """The papers, without the notes the source lists among them."""
        return tuple(paper for paper in self.papers if not paper.is_note)

    def source_of(self, section: Section) -> Source:
        """The source that covers a section, else the first."""
        return next((s for s in self.sources if section in s.covers), self.sources[0])

    def layer_of(self, section: Section) -> Layer:
        """The layer that tells a section."""
        return self.source_of(section).layer or self.layer


class Passage(Fact):
    """A piece of a procedure that can be found: one search hit shows one passage."""

    code: str
    section: Section
    text: str
