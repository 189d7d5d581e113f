"""Which models are asked: read from the environment, keys kept to the servers that they were given for."""

from __future__ import annotations

import pytest

from assistant.errors import SettingError
from assistant.model import ModelChoice, Models, ModelSettings

KEY = "sk-tre-xanh"


def test_nothing_set_is_no_model():
    assert ModelSettings.read({}) == ModelSettings((), 8.0, 12.0, 8, 0, 0, 2_000)
    assert not Models(ModelSettings.read({}))


def test_all_is_read():
    settings = ModelSettings.read(
        {
            "TROLY_MODEL": "openai:qwen3:8b",
            "TROLY_MODEL_URL": "http://localhost:11434/v1/",
            "TROLY_MODEL_KEY": f" {KEY}\n",
            "TROLY_MODEL_FALLBACKS": "openai:qwen3:4b, openai:AI/tre@http://other:8001/v1, anthropic:tre, google_genai:nứa",
            "TROLY_MODEL_FALLBACK_KEYS": ",,sk-a,sk-g",
            "TROLY_MODEL_TIMEOUT": "2.5",
            "TROLY_MODEL_DEADLINE": "9",
            "TROLY_MODEL_AT_ONCE": "3",
            "TROLY_MODEL_TOKENS_A_DAY": "1000",
            "TROLY_MODEL_TOKENS_A_MONTH": "20000",
        }
    )

    assert settings == ModelSettings(
        (
            ModelChoice("openai", "qwen3:8b", "http://localhost:11434/v1", KEY),
            ModelChoice("openai", "qwen3:4b", "http://localhost:11434/v1", KEY),
            ModelChoice("openai", "AI/tre", "http://other:8001/v1", ""),
            ModelChoice("anthropic", "tre", "", "sk-a"),
            ModelChoice("google_genai", "nứa", "", "sk-g"),
        ),
        timeout=2.5,
        deadline=9.0,
        at_once=3,
        tokens_a_day=1_000,
        tokens_a_month=20_000,
    )
    assert KEY not in repr(settings)
    assert "sk-a" not in repr(settings)


def test_without_an_address_openai_itself_is_asked():
    settings = ModelSettings.read({"TROLY_MODEL": "openai:tre", "TROLY_MODEL_KEY": KEY})

    assert settings.choices == (ModelChoice("openai", "tre", "https://api.openai.com/v1", KEY),)


SHAPE = "give PROVIDER:NAME or PROVIDER:NAME@URL, such as openai:qwen3:8b@http://localhost:11434/v1."
NO_MODEL = f"names no model of openai, anthropic, google_genai: {SHAPE}"
LOCAL = {"TROLY_MODEL": "openai:tre", "TROLY_MODEL_URL": "http://localhost/v1"}
BAD = {
    "a key in the wrong place": ({"TROLY_MODEL": KEY}, f"TROLY_MODEL {NO_MODEL}"),
    "no name": ({"TROLY_MODEL": "openai:"}, f"TROLY_MODEL {NO_MODEL}"),
    "no provider": ({**LOCAL, "TROLY_MODEL_FALLBACKS": "tre"}, f"TROLY_MODEL_FALLBACKS {NO_MODEL}"),
    "fallbacks of nothing": (
        {"TROLY_MODEL_FALLBACKS": "openai:tre"},
        "TROLY_MODEL_FALLBACKS names models but TROLY_MODEL names none: give it the first.",
    ),
    "no address": (
        {"TROLY_MODEL": "openai:tre", "TROLY_MODEL_URL": "localhost:8001"},
        "TROLY_MODEL_URL is no address of a server: give one such as http://localhost:8001/v1.",
    ),
    "a password in the address": (
        {"TROLY_MODEL": "openai:tre", "TROLY_MODEL_URL": f"http://me:{KEY}@localhost/v1"},
        "TROLY_MODEL_URL holds a password: give it as the key instead.",
    ),
    "an address for one who has it": (
        {"TROLY_MODEL": "anthropic:tre@http://localhost/v1", "TROLY_MODEL_KEY": KEY},
        "TROLY_MODEL gives an address for anthropic, which has its own: leave the address out.",
    ),
    "no key": (
        {"TROLY_MODEL": "openai:tre"},
        "TROLY_MODEL asks openai, which wants a key: give it as TROLY_MODEL_KEY.",
    ),
    "no key for a fallback": (
        {**LOCAL, "TROLY_MODEL_KEY": KEY, "TROLY_MODEL_FALLBACKS": "anthropic:tre"},
        "TROLY_MODEL_FALLBACKS asks anthropic, which wants a key: give it as TROLY_MODEL_FALLBACK_KEYS.",
    ),
    "a broken key": (
        {**LOCAL, "TROLY_MODEL_KEY": "sk-tré"},
        "TROLY_MODEL_KEY holds letters that no key has: copy it again.",
    ),
    "no time": (
        {**LOCAL, "TROLY_MODEL_TIMEOUT": "0"},
        "TROLY_MODEL_TIMEOUT=0 is no time: give seconds such as 8, or leave it out.",
    ),
    "no number": (
        {**LOCAL, "TROLY_MODEL_AT_ONCE": "many"},
        "TROLY_MODEL_AT_ONCE=many is no number: give a whole number such as 8, or leave it out.",
    ),
}


@pytest.mark.parametrize(("environment", "told"), BAD.values(), ids=BAD)
def test_a_wrong_setting_is_told_with_its_remedy(environment, told):
    with pytest.raises(SettingError) as raised:
        ModelSettings.read(environment)

    assert str(raised.value) == told


def test_a_missing_package_is_told_with_the_extra_that_brings_it(monkeypatch):
    monkeypatch.setattr("sys.path", [])

    with pytest.raises(SettingError) as raised:
        Models(ModelSettings.read({"TROLY_MODEL": "anthropic:tre", "TROLY_MODEL_KEY": KEY}))

    assert str(raised.value) == (
        "anthropic:tre needs the package langchain-anthropic: pip install 'tro-ly-1022[anthropic]'."
    )
