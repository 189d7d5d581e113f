"""Where a message came from and an answer goes to, and whether the bot was meant by it.

In a private chat the person is the chat. In a group everyone has a conversation of their own, so that nobody goes on with
another's form or deletes what another said: the person is `<chat>:<user>`, and `<chat>:<user>:<topic>` in a forum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

_PRIVATE = "private"
_GROUPS = ("group", "supergroup")


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, and in a group whose conversation it is and which topic."""

    chat: int
    user: int = 0
    topic: int = 0

    @property
    def group(self) -> bool:
        """Whether others read along."""
        return self.user != 0

    @property
    def person(self) -> str:
        """The name that `Incoming` and `Sender` know it by."""
        parts = (self.chat, self.user, self.topic) if self.topic else (self.chat, self.user)
        return ":".join(map(str, parts)) if self.group else str(self.chat)

    @classmethod
    def named(cls, person: str) -> Self:
        """The place that `person` names."""
        return cls(*map(int, person.split(":")))

    @classmethod
    def of(cls, chat: Mapping[str, Any], user: Mapping[str, Any], message: Mapping[str, Any]) -> Self | None:
        """The place of an update; None where nobody is to be answered: a channel, or a message of a group as such."""
        if not isinstance(chat.get("id"), int):
            return None
        if chat.get("type") == _PRIVATE:
            return cls(chat["id"])
        if chat.get("type") not in _GROUPS or not isinstance(user.get("id"), int):
            return None
        topic = message.get("message_thread_id") if message.get("is_topic_message") else 0
        return cls(chat["id"], user["id"], topic if isinstance(topic, int) else 0)


@dataclass(frozen=True, slots=True)
class Account:
    """Who the bot is to Telegram."""

    id: int
    name: str = ""
    """Its user name, without @. Only groups need it."""

    def addressed(self, text: str, replied_to: Mapping[str, Any]) -> bool:
        """Whether a message of a group is meant for the bot: it names it, is a command for it, or answers it."""
        author = replied_to.get("from")
        answers = isinstance(author, Mapping) and author.get("id") == self.id
        return answers or self.unnamed(text) != text.strip()

    def unnamed(self, text: str) -> str:
        """The message without the name of the bot; as it was, where it does not name it."""
        text = text.strip()
        if not self.name:
            return text
        # No mail address, and no longer name that begins the same.
        name = rf"@{re.escape(self.name)}(?!\w)"
        left = re.sub(rf"^(/\w{{1,32}}){name}|(?<![\w@.]){name}", r"\1", text, flags=re.IGNORECASE)
        return text if left == text else re.sub(r"[^\S\n]{2,}", " ", left).strip(" ,:;\n\t")
