"""Hiding values so that they can be put back: what a model may see, and what its answer becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.privacy.kinds import TOKENS, Kind, Span
from assistant.privacy.recognise import spans
from knowledge.text import fold

_STEMS = "|".join(sorted(TOKENS.values(), key=len, reverse=True))
_SHAPED = re.compile(
    # A whole token, then what a model makes of one: other brackets, a gap, a bracket lost.
    rf" ?(?:(?P<token>‹(?:{_STEMS})\d{{1,5}}›)|‹[^‹›\n]{{0,40}}›"
    rf"|[‹<«⟨\[] ?(?i:{_STEMS})[ _-]?\d{{1,5}}(?: ?[›>»⟩\]])?|(?:{_STEMS})\d{{1,5}} ?›)"
)


class Vault:
    """The values hidden in one conversation. It is kept with the conversation and shows nothing of itself."""

    __slots__ = ("_counts", "_tokens", "_values")

    def __init__(self) -> None:
        self._tokens: dict[tuple[Kind, str], str] = {}
        self._values: dict[str, str] = {}
        self._counts: dict[Kind, int] = {}

    def __repr__(self) -> str:
        return f"Vault({len(self._values)} hidden)"

    def __len__(self) -> int:
        return len(self._values)

    def token(self, kind: Kind, value: str) -> str:
        """The token of this value, the same however it is written; a new one the first time."""
        key = kind, _same(kind, value)
        if key not in self._tokens:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            token = f"‹{TOKENS[kind]}{self._counts[kind]}›"
            self._tokens[key] = token
            self._values[token] = value
        return self._tokens[key]

    def value(self, token: str) -> str | None:
        """The value as it was first written; None for a token of another vault, or of nobody."""
        return self._values.get(token)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text that may leave the house, and what was taken out of it."""

    text: str
    spans: tuple[Span, ...]
    """Places in the text as it was before."""


def hide(text: str, vault: Vault) -> Masked:
    """The text with a token for every value. Tokens that somebody typed are taken out first, so none can be forged."""
    text = _SHAPED.sub("", text)
    found = spans(text)
    parts: list[str] = []
    end = 0
    for span in found:
        parts += (text[end : span.start], vault.token(span.kind, span.text))
        end = span.end
    return Masked("".join((*parts, text[end:])), found)


def restore(text: str, vault: Vault) -> str:
    """The text with this vault's values put back; a token that is unknown or was altered is left out."""

    def put_back(match: re.Match[str]) -> str:
        value = vault.value(match["token"]) if match["token"] else None
        if value is None:
            return ""
        return f" {value}" if match[0].startswith(" ") else value

    return _SHAPED.sub(put_back, text)


def _same(kind: Kind, value: str) -> str:
    """What two ways of writing one value have in common."""
    folded = fold(value)
    if kind in (Kind.NAME, Kind.ADDRESS):
        return " ".join(re.findall(r"\w+", folded))
    if kind is Kind.MAIL:
        return folded
    bare = re.sub(r"\W", "", folded)
    return re.sub(r"^84(?=\d{9,10}$)", "0", bare) if kind is Kind.PHONE else bare
