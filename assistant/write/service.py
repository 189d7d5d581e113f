"""What is said of a dossier, and of statuses that come with buttons: passing on, deleting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from assistant import wording_service as words
from assistant.consents import Purpose
from assistant.consents import words as consent_words
from assistant.conversation import Answer, Block, Status, Suggestion
from assistant.dossier import Dossier
from assistant.write.figures import day
from knowledge.procedure import Language, Text

_ASKED = {
    Status.HANDED_OVER_REQUESTED: (words.AGREE, words.DISAGREE),
    Status.PRIVACY_DELETION_WANTED: (words.DELETE, words.KEEP),
    Status.PROFILE_ASKED: (words.AGREE, words.DISAGREE),
}


def consent_asked(status: Status, language: Language) -> str:
    """The words by which a citizen agrees: to be passed on to an operator, to have details kept."""
    purpose = Purpose.PROFILE if status is Status.PROFILE_ASKED else Purpose.HANDOVER
    return consent_words(purpose, language).text


def buttons(status: Status, language: Language) -> tuple[Suggestion, ...]:
    """A yes and a no, where one is waited for."""
    labels = (text.said_in(language) for text in _ASKED.get(status, ()))
    return tuple(Suggestion(label=label, text=label) for label in labels)


def moment(at: datetime, language: Language) -> str:
    """«7:30 ngày 23/11/2026»."""
    clock = f"{at.hour}:{at.minute:02}"
    return f"{clock} ngày {day(at.date())}" if language == "vi" else f"{clock} on {day(at.date())}"


def tell_dossier(dossier: Dossier, language: Language, today: date) -> Answer:
    """How a dossier stands, without who filed it."""
    stands = words.DOSSIER_STANDS.said_in(language).format(code=dossier.code, status=dossier.status)
    blocks = [Block(text=stands, items=tuple(_lines(dossier, language)))]
    if dossier.due and dossier.due < today and not dossier.returned:
        blocks.append(Block(text=words.DOSSIER_OVERDUE.said_in(language), caution=True))
    return Answer(status=Status.DOSSIER_FOUND, language=language, blocks=tuple(blocks))


def _lines(dossier: Dossier, language: Language) -> Iterator[str]:
    told: tuple[tuple[Text, str], ...] = (
        (words.DOSSIER_PROCEDURE, dossier.procedure),
        (words.DOSSIER_APPLICANT, dossier.applicant),
        (words.DOSSIER_AGENCY, dossier.agency),
        (words.DOSSIER_RECEIVED, day(dossier.received) if dossier.received else ""),
        (words.DOSSIER_DUE, day(dossier.due) if dossier.due else ""),
        (words.DOSSIER_RETURNED, day(dossier.returned) if dossier.returned else ""),
    )
    return (f"{label.said_in(language)}: {value}" for label, value in told if value)
