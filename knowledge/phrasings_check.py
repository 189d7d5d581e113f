"""What is wrong with the sayings: rules with severity, explanation, example and fix, and the run over all files.

The words stand in `phrasings_check.yaml`, the tests in `phrasings_rules` and `phrasings_likeness`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge import phrasings, phrasings_likeness, phrasings_rules
from knowledge.phrasings_rules import Found, Gathered, Official, Saying, bare_title
from knowledge.procedure import Procedure
from knowledge.text import fold, one_line, syllables

_DATA = Path(__file__).with_suffix(".yaml")
_KEY = re.compile(r"""^["']?([^\s"'#:]+)["']?\s*:""", re.MULTILINE)
"""A code in a file: the reader of YAML keeps the last of two without a word."""

_TESTS: dict[str, Callable[[Gathered], Iterable[Found]]] = {
    test.__name__: test
    for test in (
        phrasings_rules.code_unknown,
        phrasings_rules.code_elsewhere,
        phrasings_rules.code_twice,
        phrasings_rules.too_few,
        phrasings_rules.said_twice,
        phrasings_rules.untidy,
        phrasings_rules.length,
        phrasings_rules.personal_data,
        phrasings_rules.title_copied,
        phrasings_likeness.near_twin,
        phrasings_likeness.one_word_apart,
        phrasings_likeness.one_opening,
        phrasings_likeness.one_skeleton,
        phrasings_likeness.title_echo,
        phrasings_likeness.one_voice,
    )
}


class Severity(StrEnum):
    """Whether a release may go out with it."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong."""

    id: str
    severity: Severity
    explanation: str
    example: str
    fix: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where."""

    rule: Rule
    found: Found

    def __str__(self) -> str:
        place = " ".join(filter(None, (self.found.file, self.found.code)))
        saying = f": «{self.found.saying}»" if self.found.saying else ""
        return f"{place}{saying} – {self.rule.severity} {self.rule.id}: {self.found.detail}. {self.rule.fix}"

    def concerns(self, *, code: str = "", stem: str = "") -> bool:
        """Whether it is about a code and a file, or collides with them; an empty one is every one."""
        sides = ((self.found.file, self.found.code), self.found.other)
        return any(code in ("", its_code) and stem in ("", Path(file).stem) for file, its_code in sides)


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All rules, by id."""
    data: dict[str, dict[str, str]] = yaml.load(_DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        name: Rule(name, Severity(raw["severity"]), raw["explanation"], raw["example"], raw["fix"])
        for name, raw in data.items()
    }


def check(procedures: Iterable[Procedure], folder: Path) -> list[Finding]:
    """What is wrong with the sayings of a folder, in the order of the rules.

    Raises:
        CatalogueError: a file is not a mapping of codes to lists of sayings.

    """
    gathered = gather(procedures, folder)
    return [Finding(rule, found) for rule in rules().values() for found in _TESTS[rule.id](gathered)]


def gather(procedures: Iterable[Procedure], folder: Path) -> Gathered:
    """The sayings of a folder with their files, and the titles they are compared with.

    Raises:
        CatalogueError: a file is not a mapping of codes to lists of sayings.

    """
    sayings = phrasings.load(folder)
    places: dict[str, list[str]] = defaultdict(list)
    fields = {}
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        head = text.split("\n", 1)[0]
        fields[path.name] = (
            frozenset(head.removeprefix("#").strip().split("; ")) if head.startswith("#") else frozenset()
        )
        for code in _KEY.findall(text):
            places[code].append(path.name)
    lines = [_saying(places[code][0], code, line) for code, its_lines in sayings.items() for line in its_lines]
    return Gathered(lines, places, fields, {p.code: _official(p) for p in procedures})


def _saying(file: str, code: str, line: str) -> Saying:
    words = syllables(line)
    return Saying(file, code, line, tuple(words), _folded(words))


def _official(procedure: Procedure) -> Official:
    title = syllables(procedure.name)
    bare = syllables(bare_title(procedure.name))
    return Official(one_line(procedure.name), tuple(title), _folded(title), _folded(bare), procedure.field)


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(fold(" ".join(words)).split())  # one call for the whole line: there are 30,000
