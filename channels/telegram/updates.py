"""What an update of Telegram says, as an `Incoming`. Pure: nothing is looked up or kept.

{"update_id": 10, "message": {"message_id": 5, "date": 1769068800, "text": "…",
 "from": {"id": 7, "is_bot": false}, "chat": {"id": 7, "type": "private"}}}
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from channels.messenger.contract import Incoming, Kind, Sound
from channels.telegram.menu import START, in_words
from channels.telegram.places import Account, Place
from knowledge.procedure import Language

CHANNEL = "telegram"
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for."""

_NOT_READ: Mapping[str, str] = {
    "photo": "photo",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "story": "video",
    "voice": "voice",
    "audio": "voice",
    "sticker": "sticker",
    "document": "file",
    "contact": "contact",
    "dice": "other",
    "poll": "other",
    "game": "other",
    "paid_media": "other",
    "checklist": "other",
}
"""What a message may hold beside words, and what it is called in `contract.NOT_READ`. An animation is a document too:
the first that is found counts."""

_SOUNDS = ("voice", "audio")
"""What a message may hold to be listened to."""
_LONGEST_FILE_ID = 256

_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_CODE = re.compile(r"(\d)_(\d{6})")
"""A procedure in a link: t.me/bot?start=1_001193."""
_GONE = ("kicked", "left")


class Malformed(Exception):
    """This is no update of Telegram; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _Said:
    kind: Kind
    text: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    unread: str = ""
    sound: Sound | None = None


def number(update: Mapping[str, Any]) -> int:
    """The number of the update.

    Raises:
        Malformed: it has none.

    """
    told = update.get("update_id")
    if not isinstance(told, int) or isinstance(told, bool):
        raise Malformed("no update_id")
    return told


def in_group(update: Mapping[str, Any]) -> bool:
    """Whether the update comes from a group: who is meant can be told only by who knows the name of the bot."""
    message = _mapping(update.get("message") or update.get("edited_message"))
    return _mapping(message.get("chat")).get("type") in ("group", "supergroup")


def read(update: Mapping[str, Any], account: Account, now: datetime) -> Incoming | None:
    """What the update says; None for one that needs no answer, as there are many kinds.

    Raises:
        Malformed: something that such an update must have is missing.

    """
    key = str(number(update))
    for name in ("message", "edited_message"):
        if name in update:
            return _message(_must(update, name), key, account, edited=name == "edited_message")
    if "callback_query" in update:
        return _pressed(_must(update, "callback_query"), key, now)
    if "my_chat_member" in update:
        return _left(_must(update, "my_chat_member"), key)
    return None


def query(update: Mapping[str, Any]) -> str:
    """The id of a pressed button, which Telegram wants to hear of at once; empty for other updates."""
    told = _mapping(update.get("callback_query")).get("id")
    return told if isinstance(told, str) else ""


def _message(message: Mapping[str, Any], key: str, account: Account, *, edited: bool) -> Incoming | None:
    place = Place.of(_must(message, "chat"), _mapping(message.get("from")), message)
    if place is None or _mapping(message.get("from")).get("is_bot") or message.get("is_automatic_forward"):
        return None
    text = _text(message)
    if place.group:
        if not account.addressed(text, _mapping(message.get("reply_to_message"))):
            return None
        text = account.unnamed(text)
    said = _said(message, text, edited=edited)
    if said is None:
        return None
    return Incoming(
        channel=CHANNEL,
        person=place.person,
        key=key,
        at=_at(message, "edit_date" if edited else "date"),
        kind=said.kind,
        text=said.text,
        latitude=said.latitude,
        longitude=said.longitude,
        edited=edited,
        message=str(message.get("message_id", "")),
        unread=said.unread,
        shared=place.group,
        sound=said.sound,
        language=_language(_mapping(message.get("from"))),
    )


def _said(message: Mapping[str, Any], text: str, *, edited: bool) -> _Said | None:
    unread = next((kind for field, kind in _NOT_READ.items() if field in message), "")
    if text:
        return _worded(text, unread)
    if "location" in message:
        # A live location comes as an edit every few seconds: the first is the answer.
        return None if edited else _Said(Kind.LOCATION, "", *_coordinates(message))
    sound = _sound(message)
    if sound:
        return None if edited else _Said(Kind.VOICE, sound=sound)
    if unread:
        return _Said(Kind.UNSUPPORTED, unread)
    # The bot named and nothing said is a greeting; what has no words at all tells of members, pins and the like.
    return _Said(Kind.STARTED) if _text(message) else None


def _worded(text: str, unread: str) -> _Said:
    command = _COMMAND.fullmatch(text)
    if command is None:
        return _Said(Kind.TEXT, text, unread=unread)
    name, rest = command[1], (command[3] or "").strip()
    if name.lower() != START:
        return _Said(Kind.TEXT, in_words(name, rest), unread=unread)
    code = _CODE.fullmatch(rest)
    return _Said(Kind.TEXT, f"{code[1]}.{code[2]}") if code else _Said(Kind.STARTED)


def _pressed(pressed: Mapping[str, Any], key: str, now: datetime) -> Incoming | None:
    message, data = _mapping(pressed.get("message")), pressed.get("data")
    if not message or not isinstance(data, str):
        return None
    place = Place.of(_must(message, "chat"), _must(pressed, "from"), message)
    if place is None:
        return None
    language = _language(_must(pressed, "from"))
    return Incoming(CHANNEL, place.person, key, now, Kind.PRESSED, data, shared=place.group, language=language)


def _left(change: Mapping[str, Any], key: str) -> Incoming | None:
    """Who blocks the bot. Who lets it in again writes, or presses Start, which comes as a message."""
    place = Place.of(_must(change, "chat"), _must(change, "from"), {})
    gone = _mapping(change.get("new_chat_member")).get("status") in _GONE
    # In a group everyone is a person of their own: whoever is written to there next is found to be gone.
    if not gone or place is None or place.group:
        return None
    return Incoming(CHANNEL, place.person, key, _at(change, "date"), Kind.LEFT)


def _text(message: Mapping[str, Any]) -> str:
    """The words of a message, or those below its picture."""
    told = message.get("text") or message.get("caption")
    # Half of a broken emoji, or a zero, would be refused by the database.
    return told.encode(errors="ignore").decode().replace("\0", "").strip() if isinstance(told, str) else ""


def _sound(message: Mapping[str, Any]) -> Sound | None:
    """What was said; None where nothing was, or it has no name to be fetched by."""
    told = next((_mapping(message[field]) for field in _SOUNDS if field in message), {})
    where = told.get("file_id")
    if not isinstance(where, str) or not (0 < len(where) <= _LONGEST_FILE_ID and where.isascii()):
        return None
    return Sound(where, _count(told.get("duration")), _count(told.get("file_size")))


def _count(told: Any) -> int:
    return told if isinstance(told, int) and told > 0 else 0


def _language(user: Mapping[str, Any]) -> Language | Literal[""]:
    """The language of somebody's app. Of the two we speak, English is the one that is read all over the world."""
    told = user.get("language_code")
    if not isinstance(told, str) or not told:
        return ""
    return "vi" if told.lower().partition("-")[0] == "vi" else "en"


def _at(holder: Mapping[str, Any], field: str) -> datetime:
    told = holder.get(field) or holder.get("date")
    if not isinstance(told, int):
        raise Malformed(f"no {field}")
    try:
        return datetime.fromtimestamp(told, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Malformed(f"{field} is none") from error


def _coordinates(message: Mapping[str, Any]) -> tuple[float, float]:
    place = _must(message, "location")
    try:
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
    except (KeyError, TypeError, ValueError) as error:
        raise Malformed("no coordinates") from error
    if not (math.isfinite(latitude) and abs(latitude) <= 90 and math.isfinite(longitude) and abs(longitude) <= 180):
        raise Malformed("coordinates are not on the earth")
    return latitude, longitude


def _must(holder: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    found = holder.get(field)
    if not isinstance(found, Mapping):
        raise Malformed(f"no {field}")
    return found


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
