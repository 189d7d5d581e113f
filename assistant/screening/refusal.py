"""What is not answered, and what of a message may still be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.conversation import Status
from assistant.screening.disguise import backwards, readings, squeezed, without_blobs
from assistant.screening.phrases import Phrases, as_typed, load, read, sentences

_LEAST_WORDS = 3
"""What is left of a message must have so many to be a question."""
_CLAUSE = re.compile(r"(?<=[,:;–—])\s+|\s+(?=(?:và|rồi|nhưng|mà|cho hỏi|cho mình hỏi|and then|but)\s)")
_PAIRED = re.compile(
    r"(?is)<\s*(system|assistant|instructions?|prompt|admin|developer|sys)\b[^<>]{0,80}>.{0,2000}?<\s*/\s*\1\s*>"
)
_HIDDEN = re.compile(r"(?s)<!--.{0,2000}?(?:-->|\Z)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of a message."""

    text: str
    """What may be answered."""
    refused: Status | None = None
    """Set where nothing may."""
    dropped: tuple[Status, ...] = ()
    """What was cut out of it."""


@dataclass(frozen=True, slots=True)
class _Kind:
    status: Status
    certain: Phrases
    signs: Phrases
    honest: Phrases

    def __call__(self, text: str) -> bool:
        """Whether a text is of this kind, and not the honest question that looks like it."""
        told = read(text)
        return self.certain(told) or (self.signs(told) and not self.honest(told))


@dataclass(frozen=True, slots=True)
class _Instructions:
    signs: Phrases
    honest: Phrases
    asks: Phrases
    questions: Phrases
    compact: tuple[str, ...]
    markers: tuple[re.Pattern[str], ...]


def verdict(text: str) -> Verdict:
    """Whether a message may be answered, or a part of it: an attack or an insult beside a real question is cut out."""
    kept, dropped = _without_attack(text)
    insults = _kind(Status.REFUSED_ABUSE)
    if insults.signs(read(kept)):
        kept, dropped = _without_insults(kept), (*dropped, Status.REFUSED_ABUSE)
    kept, bait = _without_bait(kept)
    dropped = tuple(dict.fromkeys((*dropped, *bait)))
    if dropped and not is_question(kept):
        return Verdict(text, refused=dropped[0])
    for status in (Status.REFUSED_PRIVATE, Status.REFUSED_FORGERY, Status.UNANSWERABLE_ABROAD):
        if _kind(status)(kept) or (status is Status.REFUSED_PRIVATE and asks_of_a_person(kept)):
            return Verdict(text, refused=status)
    return Verdict(kept, dropped=dropped)


def is_instruction(sentence: str) -> bool:
    """Whether a sentence tells a language model what to do, openly or in disguise."""
    known = _instructions()
    if any(marker.search(sentence) for marker in known.markers):
        return True
    if known.honest(read(sentence)):
        return False
    if any(known.signs(read(reading)) for reading in readings(sentence)):
        return True
    if any(known.signs(as_typed(reading)) for reading in backwards(sentence)):
        return True
    letters = squeezed(sentence)
    return any(word in letters for word in known.compact) if letters else False


def is_question(text: str) -> bool:
    """Whether a text asks or wishes for something."""
    told = read(text)
    return len(told.typed.replace("|", "").split()) >= _LEAST_WORDS and _instructions().asks(told)


def asks_of_a_person(text: str) -> bool:
    """Whether personal data is asked of somebody called by a full name; streets are called after people too."""
    person, data = _named()
    kind = _kind(Status.REFUSED_PRIVATE)
    named = any(match.group("street") is None for match in person.finditer(text))
    return named and data(read(text)) and not kind.honest(read(text))


def _without_attack(text: str) -> tuple[str, tuple[Status, ...]]:
    """The text without what speaks to the assistant's workings, sentence by sentence, else clause by clause."""
    kept, hidden = without_blobs(_HIDDEN.sub(" ", _PAIRED.sub(" ", text)))
    attacked = bool(hidden) or kept != text
    parts: list[str] = []
    for sentence in sentences(kept):
        if not is_instruction(sentence):
            parts.append(sentence)
            continue
        attacked = True
        parts += [clause for clause in _CLAUSE.split(sentence) if _is_open_question(clause)]
    if not attacked and len(parts) > 1 and is_instruction(" ".join(parts)):  # one that is spread over sentences
        return "", (Status.REFUSED_INSTRUCTIONS,)
    return (" ".join(parts), (Status.REFUSED_INSTRUCTIONS,)) if attacked else (text, ())


def _is_open_question(clause: str) -> bool:
    return is_question(clause) and _instructions().questions(read(clause)) and not is_instruction(clause)


def _without_insults(text: str) -> str:
    """The text clause by clause, without those that insult and ask nothing."""
    insults = _kind(Status.REFUSED_ABUSE).signs
    kept = []
    for sentence in sentences(text):
        for clause in _CLAUSE.split(sentence):
            told = read(clause)
            if not insults(told):
                kept.append(clause)
            elif is_question(rest := insults.without(told).typed.replace("|", " ").strip()):
                kept.append(" ".join(rest.split()))
    return " ".join(kept)


def _without_bait(text: str) -> tuple[str, tuple[Status, ...]]:
    kind = _kind(Status.REFUSED_POLITICS)
    baits = [part for part in sentences(text) if kind(part)]
    if not baits:
        return text, ()
    return " ".join(part for part in sentences(text) if part not in baits), (Status.REFUSED_POLITICS,)


_FILES = {
    Status.REFUSED_ABUSE: "abuse",
    Status.REFUSED_PRIVATE: "private",
    Status.REFUSED_FORGERY: "forgery",
    Status.REFUSED_POLITICS: "politics",
    Status.UNANSWERABLE_ABROAD: "abroad",
}


@lru_cache(maxsize=8)
def _kind(status: Status) -> _Kind:
    data = load(_FILES[status])
    names = data.get("names", {})
    signs = Phrases.of(data["signs"], names, data.get("unmarked"))
    certain = Phrases.of(data.get("certain", ()), names)
    return _Kind(status, certain, signs, Phrases.of(data.get("honest", ()), names))


@lru_cache(maxsize=1)
def _named() -> tuple[re.Pattern[str], Phrases]:
    named = load(_FILES[Status.REFUSED_PRIVATE])["named"]
    return re.compile(named["person"]), Phrases.of(named["data"])


@lru_cache(maxsize=1)
def _instructions() -> _Instructions:
    data = load("instructions")
    return _Instructions(
        Phrases.of(data["signs"], data["names"]),
        Phrases.of(data["honest"], data["names"]),
        Phrases.of(data["asks"]),
        Phrases.of(data["questions"]),
        tuple(data["compact"]),
        tuple(re.compile(marker) for marker in data["markers"]),
    )
