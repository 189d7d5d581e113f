"""What the numbers in Zalo's answers mean for a message."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final

from channels.messenger.contract import Gone, Refused, TryLater, Unsure

log = logging.getLogger(__name__)

_TOKEN = (-216, -220, -124)
_UNREADABLE = (-200, -201, -210)
_GONE: Final[Mapping[int, str]] = {
    -213: "does not follow the account",
    -217: "blocked the account",
    -227: "has an account that was closed or not used for long",
    -244: "wants no messages of this kind",
}
_WINDOW = (-230, -232, -234)
_BUSY = (-32, -100)
_BUSY_SECONDS = 60.0
_MEND: Final[Mapping[int, str]] = {
    -204: "the account was deleted",
    -205: "there is no such account",
    -206: "link the application to the account at developers.zalo.me",
    -209: "the application may not use this: ask for it at developers.zalo.me",
    -211: "the account has no messages left: buy more, or wait for the next month",
    -212: "the application may not send messages: ask for it at developers.zalo.me",
    -221: "the account is not verified: have it verified at oa.zalo.me",
    -223: "the account has no messages left: buy more, or wait for the next month",
    -224: "the account's package does not include this: buy another at zalo.cloud",
}
"""What a person has to mend, and how."""


def is_token_refused(told: Mapping[str, Any]) -> bool:
    """Whether the access token is no longer good."""
    return told.get("error") in _TOKEN


def is_unreadable(told: Mapping[str, Any]) -> bool:
    """Whether Zalo does not like how the message is made."""
    return told.get("error") in _UNREADABLE


def judge(told: Mapping[str, Any]) -> None:
    """Nothing for a message that was taken.

    Raises:
        TryLater, Gone, Refused, Unsure: it was not, as the contract of senders has it.

    """
    error = told.get("error")
    if error == 0:
        return
    if not isinstance(error, int):
        raise Unsure("an answer without a number")
    if error in _TOKEN or error in _BUSY:
        raise TryLater(_BUSY_SECONDS)
    if error in _GONE:
        raise Gone(f"the person {_GONE[error]} (error {error})")
    if error in _WINDOW:
        log.warning("answer not sent: Zalo says the consultation window is over", extra={"error": error})
        raise Refused(f"the consultation window is over (error {error}); an operator has to call")
    if error in _MEND:
        log.error("Zalo sends nothing: %s (error %s)", _MEND[error], error)
    raise Refused(f"Zalo does not take it (error {error})")
