"""The first look at a message: is it one that can be answered at all?"""

from __future__ import annotations

import re

from assistant.conversation import Status
from assistant.draft import Draft, Plan, Say
from assistant.screening.danger import Danger, danger
from assistant.screening.disguise import undisguised
from assistant.screening.refusal import verdict
from knowledge.procedure import Language
from knowledge.speech import is_english
from knowledge.text import clean, without_markup

MOST_CHARACTERS = 2_000

_LATIN = re.compile(r"[a-zA-Z0-9\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2e80-\u2fff\u3040-\ud7ff\uf900-\ufaff]")


def screen(draft: Draft) -> Draft:
    """Clean the message; settle at once what must not be looked up.

    Danger comes before everything else, even in a message that is too long. Of an attack beside a real question only
    the question goes on; `notes` keep what was cut and which numbers fit a danger, best first.
    """
    written = undisguised(clean(draft.turn.text))
    text = without_markup(written).strip()
    found = danger(text[:MOST_CHARACTERS]) if text else None
    if found is not None:
        notes = draft.notes | {"emergency": found.numbers, "danger": found.kinds}
        return _settled(draft.but(notes=notes), text, found.status)
    status = _unreadable(text, has_button=bool(draft.turn.about))
    if status is not None or not text:
        return _settled(draft, text, status) if status else draft.but(text=text)
    judged = verdict(written)
    if judged.dropped:
        draft = draft.but(notes=draft.notes | {"cut": judged.dropped})
    if judged.refused is not None:
        return _settled(draft, text, judged.refused)
    return draft.but(text=without_markup(judged.text).strip() if judged.dropped else text)


def emergency(written: str) -> Danger | None:
    """The danger that a message tells of, before anything else is looked at; None where there is none."""
    text = without_markup(undisguised(clean(written))).strip()
    return danger(text[:MOST_CHARACTERS]) if text else None


def _settled(draft: Draft, text: str, status: Status) -> Draft:
    language: Language = "en" if is_english(text) else draft.memory.language
    return draft.but(text=text[:MOST_CHARACTERS], plan=Plan((Say(status),), language))


def _unreadable(text: str, *, has_button: bool) -> Status | None:
    if len(text) > MOST_CHARACTERS:
        return Status.REFUSED_TOO_LONG
    if not _LATIN.search(text):
        if _OTHER_SCRIPT.search(text):
            return Status.UNANSWERABLE_SCRIPT
        return None if has_button else Status.CLARIFICATION_EMPTY
    if len(_OTHER_SCRIPT.findall(text)) > len(_LATIN.findall(text)):
        return Status.UNANSWERABLE_SCRIPT
    return None
