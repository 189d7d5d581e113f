"""`tro-ly zalo` at a terminal, against the stand-in."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner

from assistant.forms.sealing import new_key
from channels.command_line import app
from tests.zalo_server import APP_ID

CALLBACK = "https://1022.example.vn/zalo"


@pytest.fixture
def command(zalo, tmp_path):
    """Runs `tro-ly zalo …` with the account set up: `command("check", TROLY_DATA_KEY=…)`."""

    def run(*words, typed="", **environment):
        told = {"TROLY_HOME": str(tmp_path / "home"), "COLUMNS": "200", **zalo.environment(**environment)}
        return CliRunner().invoke(app, ["zalo", *words], input=typed, env=told)

    return run


def test_check_tells_which_account_it_is_and_that_tokens_stand_open(command):
    done = command("check")

    assert (done.exit_code, re.sub(r"until \S+ \S+,", "until …,", done.stdout)) == (
        0,
        "account   Tổng đài 1022 (1022)\n"
        "token     good until …, then renewed by itself\n"
        "window    48 hours after the last message\n"
        "sealing   none: set TROLY_DATA_KEY, so that tokens do not stand open in the database\n",
    )


def test_check_with_a_key_says_nothing_of_sealing(command):
    done = command("check", TROLY_DATA_KEY=new_key())

    assert (done.exit_code, "sealing" in done.stdout) == (0, False)


def test_check_says_how_to_mend_lost_tokens(command, zalo):
    zalo.refresh = "lost"
    done = command("check")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "error: Zalo does not take the refresh token (error -14014). "
        "Run `tro-ly zalo login` with a new refresh token, or put it in TROLY_ZALO_REFRESH_TOKEN and restart.\n"
    )


def test_without_an_account_it_says_what_to_set(command):
    done = command("check", TROLY_ZALO_APP_ID="")

    assert (done.exit_code, done.stderr) == (
        1,
        "error: There is no Zalo account: set TROLY_ZALO_APP_ID, and the secrets that go with it.\n",
    )


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TROLY_ZALO_OA_SECRET", "", "set TROLY_ZALO_OA_SECRET too"),
        ("TROLY_ZALO_WINDOW_HOURS", "two days", "is no number of hours"),
        ("TROLY_ZALO_WINDOW_HOURS", "0", "is no number of hours"),
        ("TROLY_ZALO_API", "openapi.zalo.me", "is no address"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(command, name, value, told):
    done = command("check", **{name: value})

    assert (done.exit_code, told in done.stderr) == (1, True)


def test_a_zalo_that_cannot_be_reached_is_told_so(command, zalo):
    zalo.close()
    done = command("check")

    assert (done.exit_code, done.stderr) == (
        1,
        "error: Zalo cannot be reached (ConnectError). Look at the network, then try again.\n",
    )


def test_login_with_a_refresh_token_mends_the_account_and_does_not_show_it(command, zalo):
    zalo.refresh = "lost"
    command("check")
    zalo.refresh, zalo.revoked = "brought-by-hand", False
    done = command("login", typed="brought-by-hand\n")

    assert (done.exit_code, "brought-by-hand" in done.output, command("check").exit_code) == (0, False, 0)


def test_a_wrong_refresh_token_leaves_the_tokens_that_work(command, zalo):
    command("check")
    wrong = command("login", typed="nonsense\n")
    zalo.revoked, zalo.access = False, "access-1"  # the real one forgives what it never gave

    assert (wrong.exit_code, command("check").exit_code) == (1, 0)
    assert "Get a new one and try again." in wrong.stderr


def test_login_through_zalos_page_uses_a_code_once_and_proves_who_asked(zalo, command, monkeypatch):
    pages = []

    def agree(text, **_):
        page = urlsplit(pages[-1])
        asked = {name: values[0] for name, values in parse_qs(page.query).items()}
        zalo.codes["code-1"] = asked["code_challenge"]
        return f"{asked['redirect_uri']}?code=code-1&oa_id=1022&state={asked['state']}"

    monkeypatch.setattr("channels.commands.zalo.out.print", lambda text, **_: pages.append(text))
    monkeypatch.setattr("channels.commands.zalo.typer.prompt", agree)
    done = command("login", "--callback", CALLBACK, TROLY_ZALO_REFRESH_TOKEN="")
    asked = parse_qs(urlsplit(pages[0]).query)

    assert (done.exit_code, zalo.renewed, zalo.codes) == (0, 1, {})
    assert pages[0].startswith(f"{zalo.url}/v4/oa/permission?")
    assert (asked["app_id"], asked["redirect_uri"]) == ([APP_ID], [CALLBACK])


@pytest.mark.parametrize(
    ("address", "told"),
    [(f"{CALLBACK}?code=1&state=other", "belongs to another login"), (CALLBACK, "holds no code")],
)
def test_an_address_of_another_login_is_not_used(command, zalo, address, told):
    done = command("login", "--callback", CALLBACK, typed=f"{address}\n")

    assert (done.exit_code, told in done.stderr, zalo.renewed) == (1, True, 0)
