"""Groups of procedures that people mix up or call by one name, and the question that tells each group apart.

One YAML file a topic under `twins/`. Content staff write the groups; docs/content-staff.md tells how.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.embedder import Embedder, StaticEmbedder
from knowledge.errors import CatalogueError
from knowledge.likeness import Likeness, Sayings
from knowledge.procedure import Text
from knowledge.speech import Query

FOLDER = Path(__file__).parent / "twins"


_NEAREST = 6
"""So many groups near a question, and the groups of so many of its hits, are weighed."""
_SAID = 0.3
"""What the nearest vague saying is worth beside the agreement of several."""
_HELD = 0.05
"""What a hit among the choices is worth, the first most."""
_NEAR_FROM = 0.2
"""A group that is worth less has nothing to do with what was said."""
_NEAR = 3
"""So many groups at most: «giấy tờ nhà cho con» may touch several."""


class Group(BaseModel):
    """Procedures that are told apart by one question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    question: Text
    mourning: bool = False
    """Somebody died: condolence is said before the question, to whoever tells of it."""
    sayings: tuple[str, ...]
    """What people say without telling which of them they mean."""
    choices: Mapping[str, Text]
    """Code to a short label of what sets it apart; what people ask for most comes first."""


Near = tuple[Group, float]
"""A group, and how much nearer it is than the least that counts."""


@lru_cache(maxsize=2)
def load(folder: Path = FOLDER) -> tuple[Group, ...]:
    """All groups, by file and then as written.

    Raises:
        CatalogueError: a file is not a list of groups.

    """
    groups: list[Group] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []
            groups += [Group(**entry) for entry in entries]
        except (TypeError, ValidationError, yaml.YAMLError) as error:
            raise CatalogueError(f"{path.name}: {error}") from error
    return tuple(groups)


class Twins:
    """Groups as a search asks for them."""

    def __init__(self, groups: Sequence[Group], embedder: Embedder) -> None:
        self.groups = {group.id: group for group in groups}
        self._sayings = Sayings({group.id: group.sayings for group in groups}, embedder)
        self._of: dict[str, list[Group]] = {}
        for group in groups:
            for code in group.choices:
                self._of.setdefault(code, []).append(group)

    def likest(self, query: Query) -> list[Likeness]:
        """The groups whose sayings a question is nearest to, nearest first."""
        return self._sayings.likest(query, _NEAREST)

    def near(self, likest: Sequence[Likeness], codes: Sequence[str]) -> tuple[Near, ...]:
        """The groups that tell most, best first: near what was said, and holding the first of these codes."""
        worth = {like.kind: _SAID * like.cosine + (1 - _SAID) * like.agreement for like in likest}
        for code in codes[:_NEAREST]:
            for group in self._of.get(code, ()):
                worth.setdefault(group.id, 0.0)
        for name in worth:
            choices = self.groups[name].choices
            worth[name] += sum(_HELD / rank for rank, code in enumerate(codes, start=1) if code in choices)
        best = sorted((name for name in worth if worth[name] >= _NEAR_FROM), key=lambda name: -worth[name])[:_NEAR]
        return tuple((self.groups[name], worth[name] - _NEAR_FROM) for name in best)


def holding(codes: Sequence[str]) -> Group | None:
    """The shipped group that holds most of these codes, and two at least."""
    most, group = max(((len(set(codes) & set(group.choices)), group) for group in load()), key=lambda pair: pair[0])
    return group if most > 1 else None


@lru_cache(maxsize=2)
def shipped(embedder: StaticEmbedder) -> Twins:
    """The shipped groups; made once for all searches with this embedder, as it takes a second."""
    return Twins(load(), embedder)
