"""Getting tokens from Zalo: the next pair for a refresh token, or the first for the code of a login."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from channels.zalo.open_api import NothingDone, OpenApi
from channels.zalo.settings import ZaloSettings
from channels.zalo.tokens import Pair, Renew, Spent

PERMISSION = "/v4/oa/permission"
LIFE = timedelta(hours=25)
"""Of an access token, where Zalo does not say."""

_SPENT = (-14014, -14012, -14013, -14020)
"""Refresh token used, unknown, withdrawn or too old."""

log = logging.getLogger(__name__)


class LoginRefused(Exception):
    """Zalo gives no tokens for what a person brought; says why."""


def renewing(api: OpenApi) -> Renew:
    """How the next pair is got from Zalo."""

    def renew(refresh: str) -> Pair:
        told = api.token(grant_type="refresh_token", refresh_token=refresh)
        if told.get("access_token"):
            return _pair(told)
        if told.get("error") in _SPENT:
            raise Spent(f"error {told['error']}")
        raise NothingDone(f"no tokens, error {told.get('error')}", seconds=60)

    return renew


def challenge() -> tuple[str, str]:
    """A secret for one login, and what is told to Zalo about it beforehand (PKCE)."""
    verifier = secrets.token_urlsafe(32)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def permission_url(settings: ZaloSettings, callback: str, told: str, state: str) -> str:
    """Where the account's administrator allows the application to speak for the account."""
    asked = {"app_id": settings.app_id, "redirect_uri": callback, "code_challenge": told, "state": state}
    return f"{settings.oauth}{PERMISSION}?{urlencode(asked)}"


def code_of(address: str, state: str) -> str:
    """The code in the address that Zalo led to after the administrator agreed.

    Raises:
        LoginRefused: it holds none, or belongs to another login.

    """
    told = parse_qs(urlsplit(address.strip()).query)
    code = told.get("code", [""])[0]
    if not code:
        raise LoginRefused("The address holds no code. Copy it whole, as the browser shows it after you agreed.")
    if not secrets.compare_digest(told.get("state", [""])[0].encode(), state.encode()):
        raise LoginRefused("The address belongs to another login. Run the command again and use its address.")
    return code


def exchange(api: OpenApi, code: str, verifier: str) -> Pair:
    """The first pair, for the code of a login.

    Raises:
        LoginRefused: Zalo does not take the code.
        NothingDone, NoWord: Zalo cannot be reached.

    """
    told = api.token(grant_type="authorization_code", code=code, code_verifier=verifier)
    if not told.get("access_token"):
        raise LoginRefused(
            f"Zalo does not take the code (error {told.get('error')}). A code is good once, for minutes."
        )
    return _pair(told)


def _pair(told: Mapping[str, Any]) -> Pair:
    try:
        life = timedelta(seconds=int(told.get("expires_in") or LIFE.total_seconds()))
        return Pair(str(told["access_token"]), str(told["refresh_token"]), datetime.now(UTC) + life)
    except (KeyError, TypeError, ValueError) as error:
        # The refresh token was used up for this: without the next one a person has to log in.
        raise Spent("tokens that cannot be read") from error
