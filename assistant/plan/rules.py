"""The planner that is always there: rules over words."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.conversation import Memory, Status
from assistant.draft import Action, AskProcedure, Draft, FindOffice, Plan, Say, TellEvent, Whereabouts
from assistant.forms.dialogue import Extract
from assistant.forms.extract import extract
from assistant.plan.aspects import sections_asked, subject
from assistant.plan.form import form_action, is_of_form
from assistant.plan.talk import talk
from assistant.plan.whereabouts import (
    asks_for_everything,
    asks_for_office,
    only_asks_where,
    only_dwells,
    tells_news,
    whereabouts,
)
from assistant.screening.mourning import tells_of_death
from knowledge.events import Event, events, recognise
from knowledge.procedure import Language, Section
from knowledge.speech import Query, is_english, understand
from knowledge.text import fold, has_diacritics, syllables

_OUTSIDE = Path(__file__).with_name("outside.yaml")

_CORRECTION = re.compile(
    r"^(?:da )?(?:khong|ko|k|khong phai|no|sai roi|nham roi)(?: phai)?[, ]+"
    r"(?:y (?:toi|em|minh|anh|chi) (?:la|muon)?|(?:toi|em|minh) (?:hoi|muon hoi|noi)|i meant?|la)\s*"
)
_ORDINALS = {
    **{str(number): number for number in range(1, 13)},
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

_EITHER = frozenset("no not yes ok me you so to can do go on him an a the".split())
"""English words that look like Vietnamese syllables: alone they go on in English."""

_SYLLABLE = re.compile(
    r"(?:ngh?|[ckpt]h|[ngt]h|g[hi]|qu|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|n[gh]|[cmnpt])?|[bcdghklmnpqrstvx]{1,4}"
)
"""A Vietnamese syllable without its marks, or a short form such as «dk»: what is none, in English talk, is English."""

_BETWEEN = re.compile(r"[?;\n]+|[,.] +(?=(?:còn|con|với lại|voi lai|ngoài ra|ngoai ra|also|and) )|(?<!\d)\.(?!\d)")
_MOST_PARTS = 3
_MOST_ASKED_BACK = 2
"""In a row; then the best offer is told, with a person beside it."""

_SHORT_TALE = 5
"""Words of content up to which a message may be no more than the news of a life event: «ba tui mới mất»."""

_ABOUT_PLACES = (Section.WHERE, Section.CONDITIONS)
"""«nộp ở phường khác được không» asks for no conditions."""

_COUNTING = frozenset("số so cái cai việc viec thứ thu chọn chon".split())

_POINTING = frozenset(
    (
        "cái đó này đấy kia nó thế vậy còn thì vụ việc thủ tục rồi nữa hả à ạ nhỉ với ơi dạ ủa và hay nếu mà "
        "nộp làm lấy hỏi biết xem nhận trả đi đến tới lên ra giấy tờ hồ sơ tiền lâu mức đóng nữa mấy mà luôn nhiêu chừng khoảng "
        "tổng cộng tất cả hết cụ thể chi tiết nói rõ hơn giúp giùm gần nhất gan nhat "
        "the that this it one them these procedure so and ok then is are be about what do does i we go need get have "
        "cai do nay day no the vay con thi vu viec thu tuc roi nua ha nhi voi oi da ua va hay neu ma"
    ).split()
)
"""Words that point at what was spoken of; with nothing else beside them, a question is a follow-up."""

_BESIDE_ASPECTS = frozenset(
    "mới xong ngày bữa hôm tuần tháng trong giải quyết được ở cũng cấp nào nhiều đúng phải là bao giờ anh chị em ra có thời gian".split()
)
"""Words that point at nothing by themselves, but name nothing either where a part is asked for: «mất mấy ngày mới xong»."""


def plan(draft: Draft, find: Extract = extract) -> Draft:
    """Decide what is asked. A turn the screen has settled is left alone; `find` reads values for a form."""
    if draft.plan is not None:
        return draft
    language = _language(draft.text, draft.memory)
    whole = _action(draft, language, find)
    parts = _parts(draft, whole, language)
    if len(parts) > 1:
        return draft.but(plan=Plan(parts, language, whole=whole))
    return draft.but(plan=Plan((whole,), language))


def _parts(draft: Draft, whole: Action, language: Language) -> tuple[Action, ...]:
    """The questions of a message that asks about several procedures: each part names something and asks for a part of it."""
    if not isinstance(whole, AskProcedure) or whole.code or whole.offers:
        return ()
    told = [part.strip() for part in _BETWEEN.split(draft.text) if part.strip()]
    if not 1 < len(told) <= _MOST_PARTS:
        return ()
    alone = replace(draft, memory=Memory(language=language, unit=draft.memory.unit))
    actions = [_action(replace(alone, text=part), language, extract) for part in told]
    asks = [action for action in actions if isinstance(action, AskProcedure) and not action.code]
    clear = len(asks) == len(told) and all(Section.OVERVIEW not in action.sections for action in asks)
    return tuple(asks) if clear else ()


def _action(draft: Draft, language: Language, find: Extract) -> Action:
    memory, text = draft.memory, draft.text
    settled = _talk_or_form(draft, find)
    if settled is not None:
        return settled
    text, corrected = _without_correction(text)
    where, asked = whereabouts(text, memory)
    query = understand(asked)
    event = _event(query, asked)
    chosen = draft.turn.about or _chosen(text, memory)
    step = 0 if chosen else _step_chosen(text, memory)
    if step:
        return TellEvent(memory.event, step, where)
    just_told = event is not None and len(query.content) <= _SHORT_TALE and tells_news(asked)
    if event and not chosen and not query.codes and (just_told or asks_for_everything(asked, query.words)):
        return TellEvent(event.id)
    alone = where.mention is not None and not chosen and only_asks_where(asked)
    if where.mention and alone and (memory.offered or not memory.current or asks_for_office(asked)):
        return FindOffice(where.mention)
    english = language == "en"
    sections = _sections(where, query, english=english)
    if not chosen and not query.codes and (alone or _points_back(where, query, english=english)):
        if memory.offered:
            return AskProcedure(asked, (Section.WHERE,), offers=memory.offered, whereabouts=where)
        if memory.current:
            chosen, sections = memory.current, _with_where(sections)
        elif not where.mention:
            return Say(Status.CLARIFICATION_SUBJECT)
    action = _ask(draft, asked, query, sections, chosen, corrected=corrected, english=english)
    if isinstance(action, AskProcedure):
        short = len(query.content) <= _SHORT_TALE
        return replace(action, whereabouts=where, event=event.id if event and short else "")
    return FindOffice(where.mention) if where.mention else action


def _event(query: Query, asked: str) -> Event | None:
    """The life event a message tells of; «bà mới mất ngủ» tells of no death."""
    event = recognise(query)
    return None if event and event.mourning and not tells_of_death(asked) else event


def _talk_or_form(draft: Draft, find: Extract) -> Action | None:
    """What needs no procedure: talk, or a form. What sounds like talk may be an answer to a form's question."""
    said = talk(draft.text, draft.memory)
    if said is not None and not is_of_form(said, draft.memory):
        return said
    return form_action(draft, find) or said


def _ask(
    draft: Draft,
    text: str,
    query: Query,
    sections: tuple[Section, ...],
    chosen: str,
    *,
    corrected: bool,
    english: bool,
) -> Action:
    """Which procedure is meant: one picked, one typed, the one spoken of, or what the words are about."""
    memory = draft.memory
    if chosen:
        return AskProcedure(
            text, sections or (memory.sections if memory.offered else ()) or (Section.OVERVIEW,), code=chosen
        )
    if query.codes:
        return AskProcedure(text, sections or (Section.OVERVIEW,))
    if _is_follow_up(query, sections, english=english):
        if memory.offered:
            return AskProcedure(text, sections or memory.sections or (Section.OVERVIEW,), offers=memory.offered)
        if not memory.current or all(word.isdigit() or word in _COUNTING for word in query.words):
            return Say(Status.CLARIFICATION_SUBJECT)
        return AskProcedure(text, sections or (Section.OVERVIEW,), code=memory.current)
    outside = _is_outside(text)
    wanted = sections or (memory.sections if corrected else ()) or (Section.OVERVIEW,)
    insist = memory.asked_back >= _MOST_ASKED_BACK
    return AskProcedure(text, wanted, context="" if corrected else memory.current, outside=outside, insist=insist)


def _sections(where: Whereabouts, query: Query, *, english: bool) -> tuple[Section, ...]:
    """The parts asked for; «ở phường khác» asks for the place, however it is put."""
    asked = sections_asked(query.words, english=english, accented=query.accented)
    of_places = (where.anywhere or where.district) and Section.WHERE not in asked
    return _with_where(asked) if of_places and (asked or where.anywhere) else asked


def _with_where(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    return (*(part for part in sections if part not in _ABOUT_PLACES), Section.WHERE)


def _points_back(where: Whereabouts, query: Query, *, english: bool) -> bool:
    """«nộp ở phường khác được không?», «trước đây nộp ở quận mà»: about places, of the procedure spoken of."""
    left = subject(query.words, english=english, accented=query.accented)
    return (where.anywhere or where.district) and only_dwells(left)


def _is_outside(text: str) -> bool:
    """Whether a question has the words of something that no office does: the weather, a poem, a football score."""
    marked = has_diacritics(text)
    words = f" {' '.join(syllables(text))} "
    return any(f" {phrase if marked else fold(phrase)} " in words for phrase in _outside())


@lru_cache(maxsize=1)
def _outside() -> tuple[str, ...]:
    lines: list[str] = yaml.load(_OUTSIDE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(" ".join(syllables(line)) for line in lines)


def _language(text: str, memory: Memory) -> Language:
    """English only where the words say so; a bare code, number or name of a place goes on in the language before."""
    if memory.language == "en" and _EITHER.issuperset(syllables(text)):
        return "en"
    if memory.asked_places and memory.language == "en" and not has_diacritics(text):
        return "en"
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
    number = _number(text)
    return memory.offered[number - 1] if 0 < number <= len(memory.offered) else ""


def _step_chosen(text: str, memory: Memory) -> int:
    """The number of the step that a short answer picks from the life event told last."""
    number = _number(text)
    event = events().get(memory.event)
    return number if event and 0 < number <= len(event.steps) else 0


def _number(text: str) -> int:
    """The number that a message consists of; 0 if it is none."""
    match = _ORDINAL.fullmatch(" ".join(syllables(fold(text))))
    return _ORDINALS[match.group(1)] if match else 0


def _is_follow_up(query: Query, sections: tuple[Section, ...], *, english: bool) -> bool:
    """Whether nothing is left of a question once its aspects and pointing words are taken out."""
    left = subject(query.words, english=english, accented=query.accented)
    known = _POINTING | _COUNTING | (_BESIDE_ASPECTS if sections else frozenset())
    if not query.accented and not english:
        known |= {fold(word) for word in known}
    return not [word for word in left if word not in known and not word.isdigit()]
