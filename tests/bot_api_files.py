"""What people sent to a bot: told of by `getFile`, then fetched under its path, as with the real Bot API."""

from __future__ import annotations

from typing import Any

from tests.bot_api_rules import NotTaken

MOST = 20 * 2**20
"""Bytes: larger files the real one tells nobody of."""


class Files:
    """The files, by their ids."""

    def __init__(self) -> None:
        self._bodies: dict[str, bytes] = {}
        self._sizes: dict[str, int] = {}

    def keep(self, body: bytes, size: int | None = None) -> dict[str, Any]:
        """Take a file in; how a message tells of it. `size` is what is told in place of the truth."""
        identity = f"AwACAgUAAxkB{len(self._bodies) + 1}"
        self._bodies[identity] = body
        self._sizes[identity] = len(body) if size is None else size
        return {"file_id": identity, "file_unique_id": f"u{identity}", "file_size": self._sizes[identity]}

    def told(self, fields: dict[str, Any]) -> dict[str, Any]:
        """What `getFile` answers."""
        identity = fields.get("file_id", "")
        if identity not in self._bodies:
            raise NotTaken("Bad Request: wrong file_id or the file is temporarily unavailable")
        if self._sizes[identity] > MOST:
            raise NotTaken("Bad Request: file is too big")
        told = {"file_id": identity, "file_unique_id": f"u{identity}", "file_size": self._sizes[identity]}
        return {**told, "file_path": f"voice/{identity}.oga"}

    def body(self, path: str) -> bytes | None:
        """What lies under a path; None for nothing."""
        return self._bodies.get(path.removeprefix("voice/").removesuffix(".oga"))
