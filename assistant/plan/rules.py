"""The planner that is always there: rules over words."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.conversation import Memory, Status
from assistant.draft import Action, AskProcedure, Draft, Plan, Say
from assistant.plan.aspects import sections_asked, subject
from knowledge.procedure import Language, Section
from knowledge.speech import Query, is_english, understand
from knowledge.text import fold, has_diacritics, syllables

_OUTSIDE = Path(__file__).with_name("outside.yaml")

_GREETING = re.compile(
    r"(?:xin )?(?:chao|hello|hi|hey|alo|helo|good (?:morning|afternoon|evening))"
    r"(?: (?:ban|em|anh|chi|shop|ad|admin|bot|tro ly|1022|there|anh chi|moi nguoi|good morning))*"
)
_THANKS = re.compile(
    r"(?:da |vang |ok |oke |uh |u |roi )*(?:cam on|thanks?|thank you|tks|thanhs)"
    r"(?: (?:nhieu|rat|lam|qua|ban|em|anh|chi|co|chu|bac|a|nha|nhe|nghe|da|vi|giup|do|ho|tro|tu van|thong tin|huu ich|ly|moi nguoi|"
    r"tong dai|can bo|1022|ad|admin|shop|bot|tam biet|bye|you|so|much|lot|very|for|your|the|help|again|all))*"
)
"""Only courtesies may follow: «cảm ơn, thế nộp ở đâu» is a question."""

_GOODBYE = re.compile(r"(?:tam biet|bye|goodbye|bye bye|hen gap lai|see you)\b.{0,20}")
_ABOUT = re.compile(
    r"(?:ban|em|may|you|day) la (?:ai|gi|bot|robot|nguoi that|nguoi hay may)\b.*|(?:ban|em) (?:lam duoc gi|biet lam gi|giup duoc gi)\b.*|"
    r"(?:who|what) are you.*|are you (?:a |an )?(?:bot|robot|human|ai|real).*|what can you do.*|tro ly (?:la gi|lam duoc gi)"
)
_PERSON = re.compile(
    r"(?:.*\b)?(?:gap|noi chuyen voi|ket noi|chuyen (?:cho|toi|sang)) (?:can bo|nguoi that|tong dai vien|nhan vien)\b.*|"
    r".*\b(?:speak|talk) to (?:a |an )?(?:human|person|officer|agent)\b.*"
)
_CORRECTION = re.compile(
    r"^(?:da )?(?:khong|ko|k|khong phai|no|sai roi|nham roi)(?: phai)?[, ]+"
    r"(?:y (?:toi|em|minh|anh|chi) (?:la|muon)?|(?:toi|em|minh) (?:hoi|muon hoi|noi)|i meant?|la)\s*"
)
_ORDINALS = {
    **{str(number): number for number in range(1, 6)},
    **dict(zip(("mot", "hai", "ba", "bon", "nam"), range(1, 6), strict=True)),
    **dict(zip(("first", "second", "third", "fourth", "fifth"), range(1, 6), strict=True)),
    "dau tien": 1,
    "nhat": 1,
    "tu": 4,
}
_ORDINAL = re.compile(
    rf"(?:so|cai|viec|thu|cai thu|viec thu|the|option|number|chon)*\s*(?:so|thu)?\s*({'|'.join(_ORDINALS)})(?: one)?"
)

_ENGLISH_COURTESY = re.compile(
    r"(?:hi|hello|hey|thanks?|bye|goodbye|see you|good (?:morning|afternoon|evening))"
    r"(?: (?:you|there|again|very|so|much|a|lot|for|your|the|help|all|later|bye))*"
)
"""Vietnamese speakers too say a single «hello» or «thanks»."""

_SYLLABLE = re.compile(
    r"(?:ngh?|[ckpt]h|[ngt]h|g[hi]|qu|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|n[gh]|[cmnpt])?|[bcdghklmnpqrstvx]{1,4}"
)
"""A Vietnamese syllable without its marks, or a short form such as «dk»: what is none, in English talk, is English."""

_COUNTING = frozenset("số so cái cai việc viec thứ thu chọn chon".split())

_POINTING = frozenset(
    (
        "cái đó này đấy kia nó thế vậy còn thì vụ việc thủ tục rồi nữa hả à ạ nhỉ với ơi dạ ủa và hay nếu mà "
        "nộp làm lấy hỏi biết xem nhận trả đi đến tới lên ra giấy tờ hồ sơ tiền lâu mức đóng nữa mấy mà luôn nhiêu chừng khoảng "
        "tổng cộng tất cả hết cụ thể chi tiết nói rõ hơn giúp giùm "
        "the that this it one them these procedure so and ok then is are be about what do does i we go need get have "
        "cai do nay day no the vay con thi vu viec thu tuc roi nua ha nhi voi oi da ua va hay neu ma"
    ).split()
)
"""Words that point at what was spoken of; with nothing else beside them, a question is a follow-up."""


def plan(draft: Draft) -> Draft:
    """Decide what is asked. A turn the screen has settled is left alone."""
    if draft.plan is not None:
        return draft
    language = _language(draft.text, draft.memory)
    return draft.but(plan=Plan((_action(draft, language),), language))


def _action(draft: Draft, language: Language) -> Action:
    memory, text = draft.memory, draft.text
    small = _small_talk(text)
    if small is not None:
        return Say(small)
    text, corrected = _without_correction(text)
    query = understand(text)
    english = language == "en"
    sections = sections_asked(query.words, english=english, accented=query.accented)
    chosen = draft.turn.about or _chosen(text, memory)
    if chosen:
        return AskProcedure(
            text, sections or (memory.sections if memory.offered else ()) or (Section.OVERVIEW,), code=chosen
        )
    if query.codes:
        return AskProcedure(text, sections or (Section.OVERVIEW,))
    if _is_follow_up(query, english=english):
        if memory.offered:
            return AskProcedure(text, sections or memory.sections or (Section.OVERVIEW,), offers=memory.offered)
        if not memory.current or all(word.isdigit() or word in _COUNTING for word in query.words):
            return Say(Status.CLARIFICATION_SUBJECT)
        return AskProcedure(text, sections or (Section.OVERVIEW,), code=memory.current)
    outside = _is_outside(text)
    wanted = sections or (memory.sections if corrected else ()) or (Section.OVERVIEW,)
    return AskProcedure(text, wanted, context="" if corrected else memory.current, outside=outside)


def _small_talk(text: str) -> Status | None:
    folded = " ".join(syllables(fold(text)))
    for pattern, status in (
        (_GREETING, Status.SMALLTALK_GREETING),
        (_THANKS, Status.SMALLTALK_THANKS),
        (_GOODBYE, Status.SMALLTALK_GOODBYE),
        (_ABOUT, Status.SMALLTALK_ABOUT),
        (_PERSON, Status.HANDED_OVER_REQUESTED),
    ):
        if pattern.fullmatch(folded):
            return status
    return None


def _is_outside(text: str) -> bool:
    """Whether a question has the words of something that no office does: the weather, a poem, a football score."""
    marked = has_diacritics(text)
    words = f" {' '.join(syllables(text))} "
    return any(f" {phrase if marked else fold(phrase)} " in words for phrase in _outside())


@lru_cache(maxsize=1)
def _outside() -> tuple[str, ...]:
    lines: list[str] = yaml.safe_load(_OUTSIDE.read_text(encoding="utf-8"))
    return tuple(" ".join(syllables(line)) for line in lines)


def _language(text: str, memory: Memory) -> Language:
    """English only where the words say so; a bare code or number goes on in the language before."""
    words = syllables(text)
    if is_english(text) or (
        _ENGLISH_COURTESY.fullmatch(" ".join(words)) and (memory.language == "en" or len(words) > 1)
    ):
        return "en"
    if memory.language == "en" and not has_diacritics(text):
        foreign = [word for word in words if word.isalpha() and not _SYLLABLE.fullmatch(word)]
        return "en" if foreign or not any(word.isalpha() for word in words) else "vi"
    return memory.language if not any(letter.isalpha() for letter in text) else "vi"


def _without_correction(text: str) -> tuple[str, bool]:
    """«không, ý tôi là tạm trú» → «tạm trú», and that it was a correction."""
    match = _CORRECTION.match(fold(text)) if len(fold(text)) == len(text) else None
    rest = text[match.end() :].strip() if match else ""
    return (rest, True) if rest else (text, False)


def _chosen(text: str, memory: Memory) -> str:
    """The code of the offer that a short answer picks: «2», «cái thứ hai», «số 1»."""
    if not memory.offered:
        return ""
    match = _ORDINAL.fullmatch(" ".join(syllables(fold(text))))
    number = _ORDINALS[match.group(1)] if match else 0
    return memory.offered[number - 1] if 0 < number <= len(memory.offered) else ""


def _is_follow_up(query: Query, *, english: bool) -> bool:
    """Whether nothing is left of a question once its aspects and pointing words are taken out."""
    left = subject(query.words, english=english, accented=query.accented)
    known = _POINTING | _COUNTING
    if not query.accented and not english:
        known |= {fold(word) for word in _POINTING}
    return not [word for word in left if word not in known and not word.isdigit()]
