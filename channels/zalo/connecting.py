"""Puts the parts for Zalo together: the one place that knows which are used."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import String, bindparam, func, select

from assistant.assistant import now
from assistant.forms.sealing import Seal
from assistant.settings import Settings
from channels.messenger.rows import PersonRow, UpdateRow
from channels.zalo.events import CHANNEL
from channels.zalo.oauth import renewing
from channels.zalo.open_api import OpenApi
from channels.zalo.sending import LastWrote, ZaloSender
from channels.zalo.settings import ZaloSettings
from channels.zalo.sounds import Sounds
from channels.zalo.tokens import Tokens
from knowledge.database import Database

_WHO = bindparam("who", type_=String())
_LAST_UPDATE = select(func.max(UpdateRow.at)).where(UpdateRow.channel == CHANNEL, UpdateRow.person == _WHO)
_LAST_ANSWERED = select(PersonRow.last_at).where(PersonRow.channel == CHANNEL, PersonRow.person == _WHO)
_LAST = select(func.coalesce(_LAST_UPDATE.scalar_subquery(), _LAST_ANSWERED.scalar_subquery()))
"""Updates are kept for days only: after them, the last answer tells."""


def sender(environment: Mapping[str, str] = os.environ, database: Database | None = None) -> ZaloSender | None:
    """Sends as the account that `TROLY_ZALO_*` name; None where there is none.

    Raises:
        SettingError: a setting is missing or cannot be read.

    """
    settings = ZaloSettings.read(environment)
    if settings is None:
        return None
    database = database or Database(Settings.read(environment).database_url)
    api = OpenApi(settings)
    return ZaloSender(
        api,
        tokens(settings, api, database, Seal.read(environment)),
        last_wrote=last_wrote(database),
        window=settings.window,
        clock=now,
        sounds=Sounds(settings.sound_hosts),
    )


def tokens(settings: ZaloSettings, api: OpenApi, database: Database, seal: Seal) -> Tokens:
    """The account's tokens, kept in the database and renewed at Zalo."""
    return Tokens(database, seal, settings.app_id, settings.refresh_token, renewing(api))


def last_wrote(database: Database) -> LastWrote:
    """When a citizen last wrote or pressed, from the mailbox."""

    def asked(person: str) -> datetime | None:
        with database.connection() as connection:
            told = connection.execute(_LAST, {"who": person}).scalar()
        return datetime.fromisoformat(told) if told else None

    return asked
