"""What a Zalo event says, as an `Incoming`. Pure: nothing is looked up or kept.

{"event_name": "user_send_text", "app_id": "…", "sender": {"id": "…"}, "recipient": {"id": "…"},
 "message": {"text": "…", "msg_id": "…"}, "timestamp": "1769068800000"}

The ids are strings of up to 19 digits, more than a double can hold: they are never read as numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from channels.messenger.contract import Incoming, Kind, Sound

CHANNEL = "zalo"
PRESSED = "#chon "
"""What a button sends begins so: Zalo brings it back as a message of the citizen."""

_LONGEST_ID = 64
_LONGEST_URL = 2_000
_NOT_READ: Mapping[str, str] = {
    "user_send_image": "photo",
    "user_send_gif": "photo",
    "user_send_video": "video",
    "user_send_audio": "voice",
    "user_send_sticker": "sticker",
    "user_send_file": "file",
    "user_send_business_card": "contact",
    "user_send_link": "other",
}
"""Events that bring something else than words, and what it is called in `NOT_READ`."""

_AUDIO = "user_send_audio"
_STARTED = ("follow", "user_click_chatnow")
_WORDS = ("user_send_text", "user_click_button")


class Malformed(Exception):
    """This is no event of Zalo; says what is wrong with it."""


def read(event: Mapping[str, Any]) -> Incoming | None:
    """What the event says; None for one that needs no answer, as there are many kinds.

    Raises:
        Malformed: something that such an event must have is missing.

    """
    name = event.get("event_name")
    if not isinstance(name, str) or not name:
        raise Malformed("no event_name")
    said = _said(name, event)
    if said is None:
        return None
    kind, text, latitude, longitude = said
    sound = _sound(event) if name == _AUDIO and kind is Kind.UNSUPPORTED else None
    if sound:
        kind, text = Kind.VOICE, ""
    person, message = _person(event), _message(event)
    return Incoming(
        channel=CHANNEL,
        person=person,
        key=message or f"{name} {person} {event.get('timestamp')}",
        at=_at(event),
        kind=kind,
        text=text,
        latitude=latitude,
        longitude=longitude,
        message=message,
        unread=_NOT_READ.get(name, "") if kind is Kind.TEXT else "",
        sound=sound,
    )


def _said(name: str, event: Mapping[str, Any]) -> tuple[Kind, str, float, float] | None:
    text = _text(event)
    if name in _STARTED:
        return Kind.STARTED, "", 0.0, 0.0
    if name == "unfollow":
        return Kind.LEFT, "", 0.0, 0.0
    if name == "user_send_location":
        latitude, longitude = _place(event)
        return Kind.LOCATION, "", latitude, longitude
    if name in _NOT_READ and not text:
        return Kind.UNSUPPORTED, _NOT_READ[name], 0.0, 0.0
    # The words below a picture are a question like any other.
    if name not in _WORDS and name not in _NOT_READ:
        return None
    if text.startswith(PRESSED):
        return Kind.PRESSED, text.removeprefix(PRESSED), 0.0, 0.0
    return (Kind.TEXT, text, 0.0, 0.0) if text else (Kind.UNSUPPORTED, "other", 0.0, 0.0)


def _text(event: Mapping[str, Any]) -> str:
    """The words of a message, or what its button was to send."""
    message = _mapping(event.get("message"))
    for told in (message.get("text"), message.get("payload")):
        if isinstance(told, str) and told.strip():
            return told.strip()
    return ""


def _person(event: Mapping[str, Any]) -> str:
    """Who wrote, followed or clicked: the field has a name of its own in each of these."""
    found = (_mapping(event.get(field)).get("id") for field in ("sender", "follower"))
    for told in (*found, event.get("user_id")):
        if isinstance(told, str) and told and len(told) <= _LONGEST_ID:
            return told
    raise Malformed("no id of who did it, as a string")


def _message(event: Mapping[str, Any]) -> str:
    """Zalo's name of the message; empty where there is none."""
    told = _mapping(event.get("message")).get("msg_id")
    return told if isinstance(told, str) and len(told) <= _LONGEST_ID else ""


def _at(event: Mapping[str, Any]) -> datetime:
    told = timestamp(event)
    try:
        return datetime.fromtimestamp(int(told) / 1000, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Malformed("timestamp is none") from error


def timestamp(event: Mapping[str, Any]) -> str:
    """The moment of the event in milliseconds, as it was written: the signature is made over these digits.

    Raises:
        Malformed: there is none.

    """
    told = event.get("timestamp")
    written = str(told) if isinstance(told, str | int) else ""
    if not (written.isascii() and written.isdecimal()):
        raise Malformed("timestamp is none")
    return written


def _attached(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """What comes with a message beside its words."""
    attachments = _mapping(event.get("message")).get("attachments")
    first = attachments[0] if isinstance(attachments, list) and attachments else None
    return _mapping(_mapping(first).get("payload"))


def _sound(event: Mapping[str, Any]) -> Sound | None:
    """What was said; None where it has no address. Whether we go there is for `sounds` to say."""
    url = _attached(event).get("url")
    if not isinstance(url, str) or not (0 < len(url) <= _LONGEST_URL and url.isascii()):
        return None
    return Sound(url)


def _place(event: Mapping[str, Any]) -> tuple[float, float]:
    coordinates = _mapping(_attached(event).get("coordinates"))
    try:
        latitude, longitude = float(coordinates["latitude"]), float(coordinates["longitude"])
    except (KeyError, TypeError, ValueError) as error:
        raise Malformed("no coordinates") from error
    if not (math.isfinite(latitude) and abs(latitude) <= 90 and math.isfinite(longitude) and abs(longitude) <= 180):
        raise Malformed("coordinates are not on the earth")
    return latitude, longitude


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
