"""`tro-ly zalo`: log in to the Zalo Official Account, and look whether it can be reached."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import typer

from assistant.assistant import CITY_TIME
from assistant.errors import AssistantError, SettingError
from assistant.forms.sealing import VARIABLE, Seal
from assistant.settings import Settings
from channels.commands.screen import err, out, told_plainly
from channels.zalo import oauth
from channels.zalo.connecting import tokens
from channels.zalo.open_api import NothingDone, NoWord, OpenApi
from channels.zalo.settings import ZaloSettings
from channels.zalo.tokens import NotNow, Pair, Spent, Tokens, TokensLost
from knowledge.database import Database

app = typer.Typer(help="The Zalo Official Account.", no_args_is_help=True)


class ZaloTrouble(AssistantError):
    """Zalo cannot be used as it is set up."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the commands work with."""

    settings: ZaloSettings
    api: OpenApi
    seal: Seal
    tokens: Tokens


@app.command("check")
def check() -> None:
    """Look whether the account's tokens work; renews them where it is time."""
    with told_plainly(), _account() as account:
        told = account.api.account(account.tokens.access())
        if told.get("error") == 0:
            data = told.get("data") or {}
            out.print(f"account   {data.get('name', '')} ({data.get('oa_id', '')})", markup=False)
        else:
            raise ZaloTrouble(f"Zalo answers with error {told.get('error')}. Run `tro-ly zalo login` if it stays so.")
        ends = account.tokens.ends_at()
        if ends is not None:
            out.print(f"token     good until {ends.astimezone(CITY_TIME):%Y-%m-%d %H:%M}, then renewed by itself")
        out.print(
            f"window    {account.settings.window // timedelta(hours=1)} hours after the last message", markup=False
        )
        if not account.seal.is_closed:
            out.print(f"sealing   none: set {VARIABLE}, so that tokens do not stand open in the database", markup=False)


@app.command("login")
def login(
    callback: Annotated[
        str, typer.Option(help="Log in through Zalo's page; the callback address that the application has there.")
    ] = "",
) -> None:
    """Give the assistant the account's tokens: a refresh token from developers.zalo.me, or a login through Zalo's page."""
    with told_plainly(), _account() as account:
        # What works now is only given up for what Zalo has just given.
        account.tokens.replace(_through_page(account, callback) if callback else _from_token(account))
        err.print("The tokens work and are kept.")


def _from_token(account: Account) -> Pair:
    told = typer.prompt("Refresh token (from the API Explorer; it is not shown)", hide_input=True, err=True)
    return oauth.renewing(account.api)(told.strip())


def _through_page(account: Account, callback: str) -> Pair:
    verifier, challenge = oauth.challenge()
    state = secrets.token_urlsafe(16)
    err.print("Open this as the account's administrator, and agree:", markup=False)
    out.print(oauth.permission_url(account.settings, callback, challenge, state), markup=False)
    told = typer.prompt("The address that you were led to then", err=True)
    return oauth.exchange(account.api, oauth.code_of(told, state), verifier)


@contextmanager
def _account() -> Iterator[Account]:
    """The account, with what goes wrong at Zalo told plainly."""
    settings = ZaloSettings.read()
    if settings is None:
        raise SettingError("There is no Zalo account: set TROLY_ZALO_APP_ID, and the secrets that go with it.")
    home = Settings.read()
    home.home.mkdir(parents=True, exist_ok=True)
    database, seal, api = Database(home.database_url), Seal.read(), OpenApi(settings)
    try:
        database.migrate()
        yield Account(settings, api, seal, tokens(settings, api, database, seal))
    except (TokensLost, oauth.LoginRefused, NotNow) as error:
        raise ZaloTrouble(str(error)) from error
    except Spent as error:
        raise ZaloTrouble(f"Zalo does not take this refresh token ({error}). Get a new one and try again.") from error
    except (NothingDone, NoWord) as error:
        raise ZaloTrouble(f"Zalo {error}. Look at the network, then try again.") from error
    finally:
        api.close()
        database.close()
