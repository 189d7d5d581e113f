"""Settings from the environment, each of them written down."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from assistant import dossier_service, model_settings, operator_hours, retention
from assistant import settings as settings_module
from assistant.errors import SettingError
from assistant.forms import sealing
from assistant.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_nothing_has_to_be_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert Settings.read({}) == Settings(
        home=tmp_path / "var",
        database_url=f"sqlite:///{tmp_path / 'var' / 'tro-ly.db'}",
        chroma_url="",
        embedder="static",
        embedder_url="",
        embedder_key="",
        reranker="",
        reranker_url="",
        reranker_key="",
        host="127.0.0.1",
        port=8000,
        workers=1,
        answers_at_once=1,
        questions_a_minute=60,
    )


def test_everything_can_be_set():
    assert Settings.read(
        {
            "TROLY_HOME": "/srv/tro-ly",
            "TROLY_DATABASE_URL": "sqlite:////srv/other.db",
            "TROLY_CHROMA_URL": "http://chroma:8000",
            "TROLY_EMBEDDER": "openai:some/model",
            "TROLY_EMBEDDER_URL": "http://models:8001/v1",
            "TROLY_EMBEDDER_KEY": "sk-tre",
            "TROLY_RERANKER": "hf:some/other",
            "TROLY_RERANKER_URL": "http://models:8002",
            "TROLY_RERANKER_KEY": "sk-trúc",
            "TROLY_HOST": "0.0.0.0",
            "TROLY_PORT": "81",
            "TROLY_WORKERS": "3",
            "TROLY_ANSWERS_AT_ONCE": "4",
            "TROLY_QUESTIONS_A_MINUTE": "0",
            "TROLY_PORTAL_URL": "https://portal.example.vn",
            "TROLY_PORTAL_REQUESTS_A_SECOND": "5",
            "TROLY_PORTAL_TIMEOUT": "60",
        }
    ) == Settings(
        home=Path("/srv/tro-ly"),
        database_url="sqlite:////srv/other.db",
        chroma_url="http://chroma:8000",
        embedder="openai:some/model",
        embedder_url="http://models:8001/v1",
        embedder_key="sk-tre",
        reranker="hf:some/other",
        reranker_url="http://models:8002",
        reranker_key="sk-trúc",
        host="0.0.0.0",
        port=81,
        workers=3,
        answers_at_once=4,
        questions_a_minute=0,
        portal_url="https://portal.example.vn",
        portal_requests_a_second=5,
        portal_timeout=60,
    )


def test_a_key_is_not_shown_where_settings_are():
    shown = repr(Settings.read({"TROLY_EMBEDDER_KEY": "sk-tre", "TROLY_RERANKER_KEY": "sk-trúc"}))

    assert "sk-" not in shown


def test_an_empty_value_is_the_default():
    names = re.findall(r"TROLY_\w+", inspect.getsource(settings_module))

    assert Settings.read(dict.fromkeys(names, "")) == Settings.read({})


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("postgres://an@host/city", "postgresql+psycopg://an@host/city"),
        ("postgresql://an@host/city", "postgresql+psycopg://an@host/city"),
        ("postgresql+psycopg://an@host/city", "postgresql+psycopg://an@host/city"),
        ("sqlite:///x.db", "sqlite:///x.db"),
    ],
)
def test_a_postgresql_url_may_be_spelt_as_providers_do(written, url):
    assert Settings.read({"TROLY_DATABASE_URL": written}).database_url == url


def test_a_home_may_be_under_the_users_own():
    assert Settings.read({"TROLY_HOME": "~/tro-ly"}).home == Path.home() / "tro-ly"


@pytest.mark.parametrize("value", ["eighty", "-1", "8000.0", "8 000", "0x50", "²"])
@pytest.mark.parametrize(("name", "default"), [("TROLY_PORT", 8000), ("TROLY_QUESTIONS_A_MINUTE", 60)])
def test_what_is_no_number_is_named_with_its_remedy(name, default, value):
    with pytest.raises(SettingError) as wrong:
        Settings.read({name: value})

    assert str(wrong.value) == f"{name}={value} is no number: give a whole number such as {default}, or leave it out."


def test_a_port_that_there_is_not_is_told_before_anything_listens():
    with pytest.raises(SettingError) as wrong:
        Settings.read({"TROLY_PORT": "65536"})

    assert str(wrong.value) == "TROLY_PORT=65536 is no port: give a whole number up to 65535, or leave it out."
    assert Settings.read({"TROLY_PORT": "65535"}).port == 65_535


def test_every_setting_is_in_the_example_with_its_default():
    sources = (settings_module, model_settings, dossier_service, operator_hours, sealing)
    read = {name for module in sources for name in re.findall(r'"(TROLY_\w+)"', inspect.getsource(module))}
    read |= {"TROLY_MODEL", "TROLY_MODEL_FALLBACKS"}  # passed on by name
    read |= {f"TROLY_KEEP_{kind.name}_DAYS" for kind in retention.Kind}
    example = dict(re.findall(r"^(TROLY_\w+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))

    of_zalo = {name for name in example if name.startswith("TROLY_ZALO_")}  # see its own test
    of_telegram = {f"TROLY_TELEGRAM_{name}" for name in ("TOKEN", "SECRET", "API")}
    of_hearing = {name for name in example if name.startswith("TROLY_TRANSCRIBER_")}  # theirs too
    assert set(example) - of_zalo - of_hearing == read | of_telegram
    assert Settings.read(example) == Settings.read({})
