"""Updates and messages as the texts in which they wait."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from channels.messenger.contract import Button, Document, Incoming, Kind, Outgoing, Sound

_BESIDE = ("channel", "person", "key", "at")
"""What has columns of its own."""


def packed(incoming: Incoming) -> str:
    """An update without what stands beside it."""
    told = {name: value for name, value in asdict(incoming).items() if value and name not in _BESIDE}
    return json.dumps(told, ensure_ascii=False)


def unpacked(body: str, channel: str, person: str, key: str, at: datetime) -> Incoming:
    """The update again."""
    told = json.loads(body)
    kind, sound = Kind(told.pop("kind")), told.pop("sound", None)
    return Incoming(channel, person, key, at, kind, sound=Sound(**sound) if sound else None, **told)


def wrapped(message: Outgoing) -> str:
    """A message."""
    return json.dumps(asdict(message), ensure_ascii=False)


def unwrapped(body: str) -> Outgoing:
    """The message again."""
    told = json.loads(body)
    document = Document(**told["document"]) if told["document"] else None
    return Outgoing(told["text"], tuple(Button(**button) for button in told["buttons"]), document)
