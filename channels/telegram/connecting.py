"""The parts of Telegram, as the environment sets them. Without a token nothing of the library is loaded."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from assistant.errors import SettingError
from channels.telegram.settings import TelegramSettings

if TYPE_CHECKING:
    from channels.telegram.sending import TelegramSender


def sender(environment: Mapping[str, str] = os.environ) -> TelegramSender | None:
    """What sends to Telegram; None where there is no bot.

    Raises:
        SettingError: a value cannot be right, or the library is not installed.

    """
    settings = TelegramSettings.read(environment)
    return connected(settings) if settings else None


@cache
def connected(settings: TelegramSettings) -> TelegramSender:
    """The one sender of a bot in this process: its pace and its connections are shared.

    Raises:
        SettingError: the library is not installed.

    """
    try:
        from channels.telegram.bot_api import BotApi
    except ModuleNotFoundError as error:
        raise SettingError(
            "TROLY_TELEGRAM_TOKEN is set: install python-telegram-bot, or `tro-ly[telegram]`."
        ) from error
    from channels.telegram.sending import TelegramSender

    return TelegramSender(BotApi(settings))
