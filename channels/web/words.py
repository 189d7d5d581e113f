"""What the pages say, by key, in Vietnamese and English; the sentences stand in `words*.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup, escape

from knowledge.procedure import Language, Text

FILES = tuple(sorted(Path(__file__).parent.glob("words*.yaml")))


class Words:
    """The sentences of one language: `words("chat.send")`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, /, **filled: object) -> Markup:
        """The sentence under a key, escaped, with its gaps filled in; what is `Markup` already is let stand.

        Raises:
            KeyError: there is no such sentence, or a gap is not filled in.

        """
        sentence = escape(sentences()[key].said_in(self.language))
        return sentence.format(**filled) if filled else sentence

    def plain(self, key: str, /, **filled: object) -> str:
        """The same as plain text, for what is not HTML."""
        sentence = sentences()[key].said_in(self.language)
        return sentence.format(**filled) if filled else sentence

    def under(self, group: str) -> dict[str, str]:
        """All sentences of a group, by the rest of their keys."""
        start = f"{group}."
        return {key.removeprefix(start): self.plain(key) for key in sentences() if key.startswith(start)}


@lru_cache(maxsize=2)
def words_in(language: Language) -> Words:
    """The sentences of a language."""
    return Words(language)


@lru_cache(maxsize=1)
def sentences() -> Mapping[str, Text]:
    """Every sentence, by `group.key`."""
    loaded = (yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for file in FILES)
    return dict(pair for groups in loaded for pair in _flat(groups))


def _flat(groups: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for group, told in groups.items():
        for key, sentence in told.items():
            yield f"{group}.{key}", Text.model_validate(sentence)
