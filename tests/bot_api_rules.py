"""What the Bot API takes, and how it says what it does not take."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+\S*|https?://localhost\S*", re.IGNORECASE)
_JSON = ("reply_markup", "link_preview_options", "allowed_updates", "commands")
_TAG = re.compile(r"<(/?)([a-z]+)[^<>]*>|[<>]|&(?!(?:lt|gt|amp|quot|#\d+);)")


class NotTaken(Exception):
    """Why the real server would answer with an error."""

    def __init__(self, description: str, status: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.parameters = status, parameters
        self.description = description


def parsed(kind: str, raw: bytes) -> tuple[dict[str, Any], tuple[str, bytes] | None]:
    """What came with a call, and the file among it."""
    if not kind.startswith("multipart/"):
        return {name: _value(name, text) for name, text in parse_qsl(raw.decode(), keep_blank_values=True)}, None
    fields, file = {}, None
    parts = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + raw, policy=HTTP)
    for part in parts.iter_parts():
        name, body = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if part.get_filename():
            file = (part.get_filename() or "", body)
        else:
            fields[str(name)] = _value(str(name), body.decode())
    return fields, file


def _value(name: str, text: str) -> Any:
    return json.loads(text) if name in _JSON else text


def error(status: int, description: str, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"ok": False, "error_code": status, "description": description, **(more or {})}


def worded(fields: Mapping[str, Any], name: str, most: int) -> str:
    text = str(fields.get(name, "")).strip()
    shown = _without_entities(text, fields.get("parse_mode", ""))
    if len(shown.encode("utf-16-le")) // 2 > most:
        raise NotTaken(
            "Bad Request: message is too long" if name == "text" else "Bad Request: message caption is too long"
        )
    return shown


def _without_entities(text: str, mode: str) -> str:
    if not mode:
        return text
    if mode != "HTML":
        raise NotTaken("Bad Request: unsupported parse_mode")
    open_tags: list[str] = []
    for found in _TAG.finditer(text):
        if found[2] not in ("b", "i", "u", "s", "a", "code", "pre", "blockquote"):
            raise NotTaken(f"Bad Request: can't parse entities: unsupported start tag at byte offset {found.start()}")
        if not found[1]:
            open_tags.append(found[2])
        elif not open_tags or open_tags.pop() != found[2]:
            raise NotTaken("Bad Request: can't parse entities: unmatched end tag")
    if open_tags:
        raise NotTaken("Bad Request: can't parse entities: can't find end tag")
    return _TAG.sub("", text)


def keyboard_of(markup: Mapping[str, Any]) -> tuple[tuple[tuple[str, ...], ...], dict[str, str]]:
    keyboard = markup.get("inline_keyboard", [])
    if sum(map(len, keyboard)) > 100 or any(len(row) > 8 for row in keyboard):
        raise NotTaken("Bad Request: reply markup is too long")
    buttons: dict[str, str] = {}
    for button in (button for row in keyboard for button in row):
        buttons[_label(button)] = _behind(button)
    return tuple(tuple(button["text"] for button in row) for row in keyboard), buttons


def _label(button: Mapping[str, Any]) -> str:
    if not str(button.get("text", "")).strip():
        raise NotTaken(
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    return str(button["text"])


def _behind(button: Mapping[str, Any]) -> str:
    if "url" in button:
        if not _URL.fullmatch(button["url"]):
            raise NotTaken("Bad Request: inline keyboard button URL is invalid: BUTTON_URL_INVALID")
        return str(button["url"])
    data = str(button.get("callback_data", ""))
    if not 1 <= len(data.encode()) <= 64:
        raise NotTaken("Bad Request: BUTTON_DATA_INVALID")
    return data
