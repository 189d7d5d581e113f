"""What goes in and what comes out: a `Turn` and an `Answer`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from assistant.forms.filling import Filling
from assistant.forms.values import Held
from knowledge.procedure import Language, Section

_NUMBERED = re.compile(r"\d+\. ")


class Status(StrEnum):
    """How a turn ended. The part before the first underscore is the family that is counted."""

    ANSWERED = "answered"
    ANSWERED_OFFICE = "answered_office"
    """Which ward a place belongs to today, and its office."""
    ANSWERED_EVENT = "answered_event"
    """What a life event asks for, in order."""
    CLARIFICATION_PLACE = "clarification_place"
    """The place named may be several; they are offered."""
    CLARIFICATION_PROCEDURE = "clarification_procedure"
    """Several procedures fit; they are offered as choices."""
    CLARIFICATION_EMPTY = "clarification_empty"
    CLARIFICATION_SUBJECT = "clarification_subject"
    """An aspect was asked («lệ phí bao nhiêu?») of no procedure."""
    SMALLTALK_GREETING = "smalltalk_greeting"
    SMALLTALK_THANKS = "smalltalk_thanks"
    SMALLTALK_GOODBYE = "smalltalk_goodbye"
    SMALLTALK_ABOUT = "smalltalk_about"
    SMALLTALK_COMPLAINT = "smalltalk_complaint"
    """The assistant itself is complained about."""
    EMERGENCY = "emergency"
    EMERGENCY_CRISIS = "emergency_crisis"
    """Somebody may hurt themselves, or is being hurt at home."""
    UNANSWERABLE_NOT_FOUND = "unanswerable_not_found"
    UNANSWERABLE_OUT_OF_SCOPE = "unanswerable_out_of_scope"
    UNANSWERABLE_SCRIPT = "unanswerable_script"
    """Written in no script the assistant reads."""
    UNANSWERABLE_ABROAD = "unanswerable_abroad"
    """About another country's procedures."""
    REFUSED_TOO_LONG = "refused_too_long"
    REFUSED_ABUSE = "refused_abuse"
    REFUSED_PRIVATE = "refused_private"
    """Somebody else's personal data was asked for."""
    REFUSED_FORGERY = "refused_forgery"
    """Forged papers, bribes, ways round the law."""
    REFUSED_POLITICS = "refused_politics"
    REFUSED_INSTRUCTIONS = "refused_instructions"
    """The message tells the assistant what to be, or asks for what it was told."""
    DOSSIER_FOUND = "dossier_found"
    DOSSIER_NOT_FOUND = "dossier_not_found"
    DOSSIER_ELSEWHERE = "dossier_elsewhere"
    """The code is another province's."""
    DOSSIER_CODE_WANTED = "dossier_code_wanted"
    """How a filed dossier stands was asked without its code."""
    DOSSIER_UNREACHABLE = "dossier_unreachable"
    """The look-up service does not answer, or none is set."""
    REPORT_REFERRED = "report_referred"
    """Something to report to the city; told where."""
    HANDED_OVER_REQUESTED = "handed_over_requested"
    """A person was asked for: whether the conversation may be passed on is asked first."""
    HANDED_OVER_WAITING = "handed_over_waiting"
    """In the operators' queue, with consent."""
    HANDED_OVER_CALL_BACK = "handed_over_call_back"
    """Out of hours: kept for the morning, with consent."""
    HANDED_OVER_DECLINED = "handed_over_declined"
    PRIVACY_DELETION_WANTED = "privacy_deletion_wanted"
    """Deletion was asked for; it is done once confirmed."""
    PRIVACY_DELETED = "privacy_deleted"
    PRIVACY_WITHDRAWN = "privacy_withdrawn"
    """Consent was taken back."""
    PRIVACY_KEPT = "privacy_kept"
    """Deletion was not confirmed."""
    PRIVACY_EXPORTED = "privacy_exported"
    """The citizen's own data was asked for; the channel hands it out."""
    FORM_CHOICE = "form_choice"
    """Several forms may be meant, or none was named; they are offered."""
    FORM_CONSENT = "form_consent"
    """A form can be filled in: whether what is told may be used for it is asked first."""
    FORM_ASKED = "form_asked"
    """The next question of a form."""
    FORM_OFFERED = "form_offered"
    """What is known already is offered for the form."""
    FORM_UNREADABLE = "form_unreadable"
    """The message holds no value of what was asked; told why."""
    FORM_EXPLAINED = "form_explained"
    FORM_EDIT = "form_edit"
    """Several fields may be meant; they are offered."""
    FORM_REVIEW = "form_review"
    """All that the form holds, what is missing and what contradicts."""
    FORM_READY = "form_ready"
    """Confirmed; the channel hands the documents out."""
    FORM_PAUSED = "form_paused"
    FORM_CANCELLED = "form_cancelled"
    FORM_BUSY = "form_busy"
    """Another form was asked for while one is held: nothing is thrown away unasked."""
    FORM_NONE_OPEN = "form_none_open"
    """A form was to go on, and none is being filled in."""
    PROFILE_ASKED = "profile_asked"
    """Whether what was told may be kept for the next form is asked."""
    PROFILE_KEPT = "profile_kept"
    PROFILE_DECLINED = "profile_declined"
    PROFILE_SHOWN = "profile_shown"
    PROFILE_FORGOTTEN = "profile_forgotten"
    PROFILE_CLOSED = "profile_closed"
    """Nothing can be kept here: no key to seal it with is set."""
    ERROR_INTERNAL = "error_internal"
    ERROR_UNGROUNDED = "error_ungrounded"
    """A sentence had a figure no field holds; only the link went out."""

    @property
    def family(self) -> str:
        """The group that dashboards count."""
        return self.value.split("_", 1)[0]


class Shape(BaseModel):
    """A frozen part of the contract; its JSON is what other tools read."""

    model_config = ConfigDict(frozen=True)


class Turn(Shape):
    """One message of one person."""

    conversation: str
    text: str
    at: datetime
    channel: str = "web"
    about: str = ""
    """The procedure a button belongs to, where the message came from one."""
    key: str = ""
    """A random UUID that the channel gave the message: its turn is kept under it, and found again when it comes twice."""
    first: bool = False
    """The conversation begins with it: there is nothing to remember."""


class Citation(Shape):
    """Where a fact stands."""

    number: int = 1
    """The mark it has in the text; sections read in one place share it."""
    code: str
    section: Section
    url: str
    source: str
    version: int
    as_of: str
    """The day the source was read, ISO."""
    updated_at: str = ""
    """The day the publisher last changed it, ISO; empty if unknown."""
    layer: str = ""
    """Which layer of the catalogue said it."""
    told_by: str = ""
    """The same in words, in the answer's language."""


class Block(Shape):
    """A piece of an answer: a heading, a sentence or two, a list, and the numbers of the citations that carry it."""

    section: Section | None = None
    heading: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    cites: tuple[int, ...] = ()
    caution: bool = False
    on_card: bool = False
    """The fact card says the same: a channel that shows the card may leave this out."""

    def plain(self) -> str:
        """The block as plain text."""
        marks = "".join(f" [{number}]" for number in self.cites)
        head = f"{self.heading}: {self.text}" if self.heading and self.text else self.heading or self.text
        if self.heading and not self.text:
            head += ":"
        return "\n".join([head + marks, *(item if _NUMBERED.match(item) else f"• {item}" for item in self.items)])


class FactCard(Shape):
    """The compact facts shown beside every answer about a procedure, in the answer's language."""

    code: str
    name: str
    papers: tuple[str, ...] = ()
    fee: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    where: str = ""
    online: str = ""
    url: str = ""


class Choice(Shape):
    """A procedure offered when several fit."""

    code: str
    label: str


class Suggestion(Shape):
    """An obvious next question, as a button."""

    label: str
    text: str
    about: str = ""


class FormView(Shape):
    """The form a conversation is filling in, as a channel shows it beside any answer."""

    id: str
    title: str
    settled: int
    of: int
    """So many of the fields that apply are settled."""
    question: str = ""
    """What is waited for, where the answer itself is about something else."""
    ready: bool = False
    """The documents can be had."""
    link: str = ""
    """A private link to go on elsewhere, where one was made."""


class Answer(Shape):
    """What the citizen gets. Every turn ends in one."""

    status: Status
    language: Language = "vi"
    blocks: tuple[Block, ...] = ()
    procedures: tuple[str, ...] = ()
    """Codes, best first, at most ten."""
    citations: tuple[Citation, ...] = ()
    facts: FactCard | None = None
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    calls: tuple[str, ...] = ()
    """Emergency numbers, the one to call first in front."""
    form: FormView | None = None

    @property
    def text(self) -> str:
        """The whole answer as plain text."""
        return "\n\n".join(block.plain() for block in self.blocks)


class Memory(Shape):
    """What a conversation remembers from turn to turn."""

    current: str = ""
    """The procedure being spoken of."""
    offered: tuple[str, ...] = ()
    """The choices of the last question back."""
    sections: tuple[Section, ...] = ()
    """What was asked: of the procedure still to be chosen, or of one that turns out not to be meant."""
    asked_back: int = 0
    """Questions back in a row."""
    language: Language = "vi"
    unit: str = ""
    """The code of the ward or commune the citizen named."""
    asked_places: tuple[str, ...] = ()
    """The codes of the units between which the last answer left the choice."""
    event: str = ""
    """The life event told last: the numbers of its steps go on choosing."""
    before: tuple[str, ...] = ()
    """The procedures spoken of before `current`, latest first: «quay lại chuyện khai sinh»."""
    pending: Status | None = None
    """What waits for a yes or a no, or for a code."""
    filling: Filling | None = None
    """The form being filled in. It is kept apart from the turns, sealed."""
    finished: Filling | None = None
    """The form of the same procedure done before `filling`, while it is kept; kept apart from the turns like it."""
    profile: Mapping[str, Held] = {}
    """What the citizen had kept from an earlier form; read only while a form is being filled in."""
