"""Taking updates in, by whichever way they come."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.assistant import now
from channels.messenger.contract import Incoming
from channels.telegram import updates
from channels.telegram.places import Account

if TYPE_CHECKING:
    from channels.messenger.mailbox import Mailbox
    from channels.telegram.bot_api import BotApi

log = logging.getLogger(__name__)


def take(update: Any, mailbox: Mailbox, api: BotApi, bot: int) -> None:
    """Put an update into the mailbox, if it is one that is answered.

    One that cannot be read will not be better the next time: it is logged, without what it says, and taken.

    Raises:
        ApiError: the name of the bot is not known yet, and without it nobody can tell whom a group means.
        StorageError: it could not be kept.

    """
    incoming = _read(update if isinstance(update, Mapping) else {}, api, bot)
    if incoming is not None:
        mailbox.put(incoming)


def _read(update: Mapping[str, Any], api: BotApi, bot: int) -> Incoming | None:
    try:
        account = api.account() if updates.in_group(update) else Account(bot)
        return updates.read(update, account, now())
    except updates.Malformed as error:
        log.warning("an update of Telegram that cannot be read: %s", error)
        return None
