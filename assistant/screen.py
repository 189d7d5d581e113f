"""The first look at a message: is it one that can be answered at all?"""

from __future__ import annotations

import re

from assistant.conversation import Status
from assistant.draft import Draft, Plan, Say
from knowledge.speech import is_english
from knowledge.text import clean, fold, without_markup

MOST_CHARACTERS = 2_000

_LATIN = re.compile(r"[a-zA-Z0-9\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2e80-\u2fff\u3040-\ud7ff\uf900-\ufaff]")

_DANGER = re.compile(
    r"\b(?:dang (?:bi )?chay|nha (?:bi )?chay|chay nha|co (?:dam )?chay|chay lon|hoa hoan|boc chay|chay roi|"
    r"dang bi (?:\w+ )?(?:danh(?! mat| gia| thue| roi)|dam|bat coc|cuop)|co tai nan|bi (?:bat coc|dam|chem)|"
    r"sap chet|bat tinh|ngung tho|khong tho duoc|dot quy|"
    r"cap cuu (?:voi|gap)|goi cap cuu|cuu (?:toi|em|voi|con)|tu tu|muon chet|duoi nuoc|tai nan (?:o|ngay|truoc|tren|giao thong nghiem trong)|"
    r"my house is on fire|there is a fire|heart attack|not breathing|help me please now|kidnapped|drowning|kill myself)\b"
)
_RUNNING = re.compile(r"(?i)\bchạy\b")
"""Without its mark it would read as «cháy»: «tôi đang chạy xe» is no fire."""

_ABOUT_PAPERS = re.compile(
    r"\b(?:thu tuc|tro cap|bao hiem|giay|ho so|dang ky|cap phep|giay phep|nghiem thu|tham duyet|huong|tap huan|che do|"
    r"boi thuong|khai tu|procedure|certificate|permit|allowance)\b"
)


def screen(draft: Draft) -> Draft:
    """Clean the message; settle at once what must not be looked up."""
    text = without_markup(clean(draft.turn.text)).strip()
    status = _status(text, has_button=bool(draft.turn.about))
    if status is None:
        return draft.but(text=text)
    language = "en" if is_english(text) else draft.memory.language
    return draft.but(text=text[:MOST_CHARACTERS], plan=Plan((Say(status),), language))


def _status(text: str, *, has_button: bool) -> Status | None:
    if len(text) > MOST_CHARACTERS:
        return Status.REFUSED_TOO_LONG
    if not _LATIN.search(text):
        if _OTHER_SCRIPT.search(text):
            return Status.UNANSWERABLE_SCRIPT
        return None if has_button else Status.CLARIFICATION_EMPTY
    if len(_OTHER_SCRIPT.findall(text)) > len(_LATIN.findall(text)):
        return Status.UNANSWERABLE_SCRIPT
    folded = fold(_RUNNING.sub(" ", text))
    if _DANGER.search(folded) and not _ABOUT_PAPERS.search(folded):
        return Status.EMERGENCY
    return None
