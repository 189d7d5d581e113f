"""Words beside a number that say whose kind it is: «cccd», «stk», «biển số»."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from assistant.privacy.kinds import data

_NEAR = 60
"""Letters between a cue and its number: «số tài khoản của tôi ở ngân hàng Vietcombank là …»."""
_NEAR_AFTER = 24


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that announces a number."""

    start: int
    end: int
    name: str


class Cues:
    """The cues of one text, in order."""

    def __init__(self, plain: str) -> None:
        self._plain = plain
        self._found = [Cue(*match.span(), match.lastgroup or "") for match in _pattern().finditer(plain)]
        self._ends = [cue.end for cue in self._found]

    def before(self, place: int, since: int = 0) -> str:
        """The name of the nearest cue that ends before this place, not before `since`; empty if none is near."""
        at = bisect_right(self._ends, place) - 1
        if at < 0:
            return ""
        cue = self._found[at]
        if cue.start < since or place - cue.end > _NEAR or "\n" in self._plain[cue.end : place].strip():
            return ""
        return cue.name

    def after(self, place: int) -> str:
        """The name of the first cue just behind a number: «048… là số căn cước của tôi»."""
        at = bisect_right(self._ends, place)
        if at == len(self._found):
            return ""
        cue = self._found[at]
        between = self._plain[place : cue.start]
        return cue.name if len(between) < _NEAR_AFTER and not re.search(r"[\d,;.\n]", between) else ""


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """One pattern for all cues; longer ones are tried first, as «so the» must not hide «so the atm»."""
    groups = (f"(?P<{name}>{'|'.join(sorted(cues, key=len, reverse=True))})" for name, cues in data("cues").items())
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(groups)})(?![^\W\d_])")
