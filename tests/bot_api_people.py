"""People who write to a bot: what they do becomes updates, as Telegram tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.bot_api_server import BotApiServer

NAME = "TroLy1022Bot"
BOT = {"id": 1022, "is_bot": True, "first_name": "Trợ lý 1022", "username": NAME}


@dataclass(frozen=True)
class Person:
    """Somebody who writes to the bot, in a private chat or a group."""

    server: BotApiServer
    id: int
    name: str
    chat: int
    language: str = "vi"

    def says(self, text: str, **more: Any) -> dict[str, Any]:
        """A message of words."""
        return self.sends(text=text, **more)

    def sends(self, **content: Any) -> dict[str, Any]:
        """A message of anything: `sends(sticker={…})`."""
        return self.server.happens("message", self._message(**content))

    def speaks(self, sound: bytes, seconds: int = 4, **more: Any) -> dict[str, Any]:
        """A voice message."""
        voice = {**self.server.files.keep(sound), "duration": seconds, "mime_type": "audio/ogg"}
        return self.sends(voice=voice, **more)

    def edits(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        """A message changed."""
        _, date = self.server.next_message()
        return self.server.happens("edited_message", {**update["message"], "text": text, "edit_date": date})

    def presses(self, label: str) -> dict[str, Any]:
        """A button of the last message that came to this chat with buttons."""
        message = next(one for one in reversed(self.server.sent) if one.chat == self.chat and one.buttons)
        return self.presses_data(message.buttons[label], message.text)

    def presses_data(self, data: str, text: str = "…") -> dict[str, Any]:
        """A button with this data, wherever it stood."""
        number, date = self.server.next_message()
        under = {"message_id": number, "date": date, "chat": self.server.chat(self.chat), "from": BOT, "text": text}
        what = {"id": f"press-{number}", "from": self._user(), "message": under, "chat_instance": "1", "data": data}
        return self.server.happens("callback_query", what)

    def blocks(self) -> dict[str, Any]:
        """The bot is blocked: from now on nothing reaches this person."""
        self.server.blocked.add(self.id)
        _, date = self.server.next_message()
        states = {"old_chat_member": _member("member"), "new_chat_member": _member("kicked", until_date=0)}
        what = {"chat": self.server.chat(self.chat), "from": self._user(), "date": date, **states}
        return self.server.happens("my_chat_member", what)

    def _message(self, **content: Any) -> dict[str, Any]:
        number, date = self.server.next_message()
        where = self.server.chat(self.chat)
        return {"message_id": number, "date": date, "chat": where, "from": self._user(), **content}

    def _user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}


def _member(status: str, **more: Any) -> dict[str, Any]:
    return {"user": BOT, "status": status, **more}
