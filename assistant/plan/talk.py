"""What is said beside questions: greetings, thanks, complaints, a wish for a person, one's own data, a yes or a no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from assistant.conversation import Memory, Status
from assistant.dossier import dossier_code
from assistant.draft import Action, AskProcedure, CheckDossier, HandOver, Say
from knowledge.procedure import Section
from knowledge.text import fold, syllables

_DATA = Path(__file__).with_suffix(".yaml")

_WHOLE: Mapping[str, Status] = {
    "greeting": Status.SMALLTALK_GREETING,
    "thanks": Status.SMALLTALK_THANKS,
    "goodbye": Status.SMALLTALK_GOODBYE,
    "about": Status.SMALLTALK_ABOUT,
    "complaint": Status.SMALLTALK_COMPLAINT,
    "deletion": Status.PRIVACY_DELETION_WANTED,
    "export": Status.PRIVACY_EXPORTED,
    "withdrawal": Status.PRIVACY_WITHDRAWN,
    "report": Status.REPORT_REFERRED,
}
"""What a whole message can be, in the order in which it is tried."""

_ANSWERS: Mapping[Status, tuple[Action, Action]] = {
    Status.HANDED_OVER_REQUESTED: (HandOver("asked", agreed=True), Say(Status.HANDED_OVER_DECLINED)),
    Status.PRIVACY_DELETION_WANTED: (Say(Status.PRIVACY_DELETED), Say(Status.PRIVACY_KEPT)),
    Status.PROFILE_ASKED: (Say(Status.PROFILE_KEPT), Say(Status.PROFILE_DECLINED)),
}
"""What a yes and a no lead to, by what was asked."""


def talk(text: str, memory: Memory) -> Action | None:
    """The action of a message that asks for no procedure; None where it may."""
    folded = " ".join(syllables(fold(text)))
    answered = _answer_to(memory.pending, folded)
    if answered is not None:
        return answered
    earlier = _going_back(memory, folded)
    if earlier is not None:
        return earlier
    code = dossier_code(text)
    if code:
        return CheckDossier(code)
    if _pattern("dossier").fullmatch(folded):
        return CheckDossier()
    if _pattern("person").fullmatch(folded):
        return HandOver("asked")
    return next((Say(status) for kind, status in _WHOLE.items() if _pattern(kind).fullmatch(folded)), None)


def _going_back(memory: Memory, folded: str) -> Action | None:
    """«quay lại việc lúc nãy»: the procedure spoken of before this one, or the first of all."""
    if not memory.before:
        return None
    for kind, code in (("back_first", memory.before[-1]), ("back", memory.before[0])):
        if _pattern(kind).fullmatch(folded):
            return AskProcedure("", (Section.OVERVIEW,), code=code)
    return None


def _answer_to(pending: Status | None, folded: str) -> Action | None:
    """A yes or a no to what the last answer asked."""
    if pending is None or pending not in _ANSWERS:
        return None
    yes, no = _ANSWERS[pending]
    again = pending is Status.PRIVACY_DELETION_WANTED and _pattern("deletion").fullmatch(folded)
    if again or _pattern("agreed").fullmatch(folded):
        return yes
    return no if _pattern("refused").fullmatch(folded) else None


@lru_cache(maxsize=32)
def _pattern(kind: str) -> re.Pattern[str]:
    """The pattern of a kind: its phrases, each a small regular expression over words without marks, after courtesies."""
    courtesy = "|".join(_data()["courtesies"])
    phrases = "|".join(_data()[kind])
    return re.compile(rf"(?:(?:{courtesy}) )*(?:{phrases})(?: (?:{courtesy}))*")


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return data
