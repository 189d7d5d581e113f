"""Which language models are asked, in which order, and within which bounds: `TROLY_MODEL*` of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.errors import SettingError

OPENAI = "openai"
OPENAI_URL = "https://api.openai.com/v1"
PROVIDERS = (OPENAI, "anthropic", "google_genai")

_SHAPE = "give PROVIDER:NAME or PROVIDER:NAME@URL, such as openai:qwen3:8b@http://localhost:11434/v1"
_ADDRESS = re.compile(r"@(?=https?://)")


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One model, and where it is asked."""

    provider: str
    name: str
    url: str = ""
    """Of a server that speaks OpenAI's interface; other providers know their own."""
    key: str = field(default="", repr=False)

    @property
    def identity(self) -> str:
        """What it is called in messages and in the count of tokens: never with its address or key."""
        return f"{self.provider}:{self.name}"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The models, first choice first, and what they may spend. No choices: no model is asked."""

    choices: tuple[ModelChoice, ...] = ()
    timeout: float = 8
    """Seconds for one call."""
    deadline: float = 12
    """Seconds for all calls of one turn, and the waiting between them."""
    at_once: int = 8
    """Calls under way in this process; as many wait, and do without a model if they wait too long; more do without at once."""
    tokens_a_day: int = 0
    """0: no limit. The day is the city's."""
    tokens_a_month: int = 0
    """0: no limit. The month is the calendar's."""
    tokens_an_answer: int = 2_000
    """Where endless text is cut; a model that thinks aloud spends them on that too."""

    @property
    def waiting(self) -> int:
        """So many turns may wait for a model: those whose calls are under way, and as many behind them."""
        return 2 * self.at_once if self.choices else 0

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> ModelSettings:
        """The settings that `TROLY_MODEL*` variables give.

        A fallback is written as the model is. It is asked at the model's address and with its key where it has the same
        provider and no address of its own; else with its key of TROLY_MODEL_FALLBACK_KEYS, a list in the same order.

        Raises:
            SettingError: a value cannot be read.

        """
        usual = cls()
        return cls(
            choices=_choices(environment),
            timeout=_seconds(environment, "TROLY_MODEL_TIMEOUT", usual.timeout),
            deadline=_seconds(environment, "TROLY_MODEL_DEADLINE", usual.deadline),
            at_once=_number(environment, "TROLY_MODEL_AT_ONCE", usual.at_once) or 1,
            tokens_a_day=_number(environment, "TROLY_MODEL_TOKENS_A_DAY", usual.tokens_a_day),
            tokens_a_month=_number(environment, "TROLY_MODEL_TOKENS_A_MONTH", usual.tokens_a_month),
        )


def _choices(environment: Mapping[str, str]) -> tuple[ModelChoice, ...]:
    url = environment.get("TROLY_MODEL_URL", "").strip()
    key = _key(environment.get("TROLY_MODEL_KEY", ""), "TROLY_MODEL_KEY")
    named = environment.get("TROLY_MODEL", "").strip()
    fallbacks = _listed(environment.get("TROLY_MODEL_FALLBACKS", ""))
    if not named:
        if fallbacks:
            raise SettingError("TROLY_MODEL_FALLBACKS names models but TROLY_MODEL names none: give it the first.")
        return ()
    first = _choice(named, "TROLY_MODEL", url, key)
    keys = environment.get("TROLY_MODEL_FALLBACK_KEYS", "").split(",")
    others = []
    for number, written in enumerate(fallbacks):
        own = _key(keys[number], "TROLY_MODEL_FALLBACK_KEYS") if number < len(keys) else ""
        others.append(_fallback(written, first, own))
    return (first, *others)


def _fallback(written: str, first: ModelChoice, own: str) -> ModelChoice:
    """A key goes to the server it was given for, and to no other."""
    provider, _, rest = written.partition(":")
    shares = provider == first.provider and not _ADDRESS.search(rest)
    key = own or (first.key if shares else "")
    return _choice(written, "TROLY_MODEL_FALLBACKS", first.url if shares else "", key)


def _choice(written: str, setting: str, url: str, key: str) -> ModelChoice:
    provider, _, rest = written.partition(":")
    name, *own = _ADDRESS.split(rest, maxsplit=1)
    name = name.strip()
    if provider not in PROVIDERS or not name:
        # Not what was written: a key may have been pasted there.
        raise SettingError(f"{setting} names no model of {', '.join(PROVIDERS)}: {_SHAPE}.")
    if provider != OPENAI:
        if own:
            raise SettingError(f"{setting} gives an address for {provider}, which has its own: leave the address out.")
        return ModelChoice(provider, name, "", _needed(key, setting, provider))
    address = _url(own[0] if own else url, setting if own else "TROLY_MODEL_URL")
    return ModelChoice(provider, name, address, _needed(key, setting, provider) if address == OPENAI_URL else key)


def _needed(key: str, setting: str, provider: str) -> str:
    if not key:
        where = "TROLY_MODEL_KEY" if setting == "TROLY_MODEL" else "TROLY_MODEL_FALLBACK_KEYS"
        raise SettingError(f"{setting} asks {provider}, which wants a key: give it as {where}.")
    return key


def _url(url: str, setting: str) -> str:
    if not url:
        return OPENAI_URL
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError(f"{setting} is no address of a server: give one such as http://localhost:8001/v1.")
    if "@" in parts.netloc or parts.query:
        raise SettingError(f"{setting} holds a password: give it as the key instead.")
    return url.rstrip("/")


def _key(key: str, setting: str) -> str:
    key = key.strip()
    if not key.isascii() or not key.isprintable():
        raise SettingError(f"{setting} holds letters that no key has: copy it again.")
    return key


def _listed(text: str) -> list[str]:
    return [one for part in text.split(",") if (one := part.strip())]


def _seconds(environment: Mapping[str, str], name: str, default: float) -> float:
    value = environment.get(name, "").strip() or str(default)
    if not re.fullmatch(r"\d{1,4}(\.\d+)?", value) or not float(value):
        raise SettingError(f"{name}={value} is no time: give seconds such as {default:g}, or leave it out.")
    return float(value)


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdecimal()):
        raise SettingError(f"{name}={value} is no number: give a whole number such as {default}, or leave it out.")
    return int(value)
