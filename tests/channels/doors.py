"""The ways to reach the assistant, each as a person or a program uses it: what is typed, what is pressed, what is seen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select

from assistant.assistant import Assistant
from assistant.conversation import Answer
from channels.messenger.mailbox import Mailbox
from channels.messenger.postman import Postman
from channels.messenger.rows import PersonRow
from channels.telegram.receiving import take
from channels.zalo import events
from tests import zalo_server
from tests.bot_api_server import BotApiServer
from tests.zalo_server import ZaloServer


@dataclass(frozen=True)
class Shown:
    """What a person sees of one answer."""

    words: str
    links: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()


class Door(ABC):
    """A way to reach the assistant."""

    assistant: Assistant

    @abstractmethod
    def say(self, text: str) -> Shown:
        """Type something."""

    @abstractmethod
    def press(self, number: int) -> Shown:
        """Press an offer of the last answer, from 1 on."""

    @abstractmethod
    def conversation(self) -> str:
        """The id of the conversation."""

    def kept(self) -> list[Answer]:
        """The answers of the conversation, as they are kept."""
        return [turn.answer for turn in self.assistant.conversations.turns(self.conversation())]


@dataclass
class Page(Door):
    """The web page, in a browser without JavaScript."""

    client: httpx.Client
    assistant: Assistant
    offers: list[tuple[str, str]] = field(default_factory=list)

    def say(self, text: str, about: str = "") -> Shown:
        """Type something."""
        assert self.client.post("/hoi", data={"text": text, "about": about}).status_code == 303
        # The name of a row and what stands in it are read as one line: «Phí: 8.000 đồng».
        page = LexborHTMLParser(self.client.get("/").text.replace("</dt>", ":</dt>"))
        answers = page.css("article.turn .answer")
        if not answers:  # it deleted all there was
            return Shown("")
        shown = answers[-1]
        values = [
            (form.css_first("[name=text]").attributes["value"], form.css_first("[name=about]").attributes["value"])
            for form in shown.css("form[data-ask]")
        ]
        self.offers = [(str(words), str(code)) for words, code in values]
        labels = tuple(button.text(strip=True) for button in shown.css("form[data-ask] button"))
        links = [str(link.attributes.get("href")) for link in shown.css("a")]
        links += [str(given.attributes.get("value")) for given in shown.css("input[readonly]")]
        return Shown(shown.text(separator=" "), tuple(links), labels)

    def press(self, number: int) -> Shown:
        """Press an offer of the last answer."""
        return self.say(*self.offers[number - 1])

    def conversation(self) -> str:
        """The id of the conversation."""
        return next(filter(None, map(self.assistant.conversations.find, self.client.cookies.values())))


@dataclass
class Api(Door):
    """The JSON API: what a program gets is the answer itself."""

    client: httpx.Client
    assistant: Assistant
    token: str = ""
    last: dict[str, Any] = field(default_factory=dict)
    given: list[Answer] = field(default_factory=list)
    """The answers as they were given; what is kept of a form holds no value."""

    def say(self, text: str, about: str = "") -> Shown:
        """Type something."""
        told = self.client.post("/api/chat", json={"text": text, "conversation": self.token, "about": about}).json()
        self.token, self.last = told["conversation"], told["answer"]
        self.given.append(Answer.model_validate(self.last))
        words = " ".join([told["text"], *self.last["calls"], *_strings(self.last["facts"])])
        links = tuple(citation["url"] for citation in self.last["citations"])
        return Shown(words, links, tuple(choice["label"] for choice in self.last["choices"]))

    def press(self, number: int) -> Shown:
        """Press an offer of the last answer."""
        choice = self.last["choices"][number - 1]
        return self.say(choice["label"], choice["code"])

    def conversation(self) -> str:
        """The id of the conversation."""
        return self.assistant.conversations.find(self.token) or ""


@dataclass
class Messenger(Door):
    """What Telegram and Zalo share: one postman who works when he is told to."""

    channel: str
    person: str
    mailbox: Mailbox
    postman: Postman
    assistant: Assistant

    def work(self) -> None:
        """Answer and send all there is."""
        while self.postman.work_once():
            pass

    def conversation(self) -> str:
        """The id of the conversation."""
        with self.assistant.effects.database.session() as session:
            mine = (PersonRow.channel == self.channel) & (PersonRow.person == self.person)
            return session.scalar(select(PersonRow.conversation_id).where(mine)) or ""


@dataclass
class OnTelegram(Messenger):
    """The real library against a Bot API of our own."""

    server: BotApiServer
    sender: Any

    def say(self, text: str) -> Shown:
        """Type something."""
        return self._answered(self.server.person(int(self.person)).says(text))

    def press(self, number: int) -> Shown:
        """Press an offer of the last answer."""
        mine = next(sent for sent in reversed(self.server.sent) if sent.buttons)
        data = list(mine.buttons.values())[number - 1]
        return self._answered(self.server.person(int(self.person)).presses_data(data))

    def _answered(self, update: dict[str, Any]) -> Shown:
        before = len(self.server.sent)
        take(update, self.mailbox, self.sender.api, 1022)
        self.work()
        got = self.server.sent[before:]
        return Shown("\n".join(sent.text for sent in got), (), tuple(label for sent in got for label in sent.buttons))


@dataclass
class OnZalo(Messenger):
    """Against an Open API of our own."""

    server: ZaloServer

    def say(self, text: str) -> Shown:
        """Type something."""
        before = len(self.server.messages)
        incoming = events.read(zalo_server.text(text))
        assert incoming
        self.mailbox.put(incoming)
        self.work()
        assert self.server.refused == []
        got = [told["message"] for told in self.server.messages[before:]]
        buttons = [button["title"] for message in got for button in _buttons(message)]
        return Shown("\n".join(message["text"] for message in got), (), tuple(buttons))

    def press(self, number: int) -> Shown:
        """Press an offer of the last answer."""
        last = next(told["message"] for told in reversed(self.server.messages) if _buttons(told["message"]))
        return self.say(_buttons(last)[number - 1]["payload"])


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    buttons: list[dict[str, Any]] = message.get("attachment", {}).get("payload", {}).get("buttons", [])
    return buttons


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [told for each in value for told in _strings(each)]
    return [value] if isinstance(value, str) else []
