"""Whether somebody needs help at once, and which number to call first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.conversation import Status
from assistant.screening.phrases import Phrases, Read, load, read


@dataclass(frozen=True, slots=True)
class Danger:
    """What is the matter."""

    kinds: tuple[str, ...]
    """fire, water, gas, illness, accident, violence, robbery, child, self_harm, home."""
    numbers: tuple[str, ...]
    """The numbers to call, best first."""
    status: Status


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    numbers: tuple[str, ...]
    crisis: bool
    words: Phrases
    certain: Phrases
    perhaps: Phrases


@dataclass(frozen=True, slots=True)
class _Signs:
    idioms: Phrases
    never: Phrases
    calm: Phrases
    alarm: Phrases
    asking: Phrases
    kinds: tuple[_Kind, ...]


def danger(text: str) -> Danger | None:
    """The danger that a message tells of; None where it only speaks of papers, of something past, or in a figure."""
    signs = _signs()
    told = signs.idioms.without(read(text))
    if signs.never(told):
        return None
    calm = signs.calm(told)
    found = [kind for kind in signs.kinds if kind.certain(told) or (not calm and kind.perhaps(told))]
    if not found and not calm and not signs.asking(told):
        found = _by_words(told, signs)
    if not found:
        return None
    found.sort(key=lambda kind: not kind.crisis)
    numbers = dict.fromkeys(number for kind in found for number in kind.numbers)
    crisis = any(kind.crisis for kind in found)
    status = Status.EMERGENCY_CRISIS if crisis else Status.EMERGENCY
    return Danger(tuple(kind.name for kind in found), tuple(numbers), status)


def _by_words(told: Read, signs: _Signs) -> list[_Kind]:
    """The kinds whose words are in a message that asks for nothing else: one with something of alarm, or two."""
    found = [kind for kind in signs.kinds if kind.words(told)]
    return found if len(found) > 1 or (found and signs.alarm(told)) else []


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    data = load("danger")
    names = data["names"]
    kinds = tuple(
        _Kind(
            name,
            tuple(kind["numbers"]),
            bool(kind.get("crisis")),
            Phrases.of(kind["words"], names),
            Phrases.of(kind["certain"], names),
            Phrases.of(kind["perhaps"], names),
        )
        for name, kind in data["kinds"].items()
    )
    idioms, never, calm, alarm, asking = (
        Phrases.of(data[part], names) for part in ("idioms", "never", "calm", "alarm", "asking")
    )
    return _Signs(idioms, never, calm, alarm, asking, kinds)
