"""From an update to the messages that answer it. Nothing goes out here, and nothing is marked as answered."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Protocol

from assistant import wording as assistant_wording
from assistant.assistant import Assistant, now
from assistant.conversation import Answer, Status
from assistant.privacy import mask
from assistant.screen import emergency
from assistant.store import MOST_QUESTION
from assistant.wording_forms import NOT_KEPT
from assistant.write.fields import said
from channels.fairness import duration
from channels.messenger import wording
from channels.messenger.contract import Button, Incoming, Kind, Limits, Outgoing, Sender
from channels.messenger.documents import OWN_DATA, listed
from channels.messenger.hearing import Hearing, TooLong, Unheard
from channels.messenger.mailbox import Claim, Mailbox
from channels.messenger.nearby import tell_nearby
from channels.messenger.outbox import AGAIN_PREFIX
from channels.messenger.pressing import KEEP_FORM, WRONG, Pressed, pressed
from channels.messenger.rendering import render
from channels.messenger.replying import Replying
from channels.messenger.splitting import shorten, split
from knowledge.errors import KnowledgeError
from knowledge.procedure import Language
from knowledge.text import clean

_START_PREFIX: Final = "start:"
_PRIVATE: Final = frozenset({"form", "profile", "privacy", "dossier"})
"""What is about the person alone, by the family of the answer."""
_MOST_TOLD: Final = 10_000
_MOST_HEARD: Final = 600
"""Characters of what was heard that are told above the answer."""
_MOST_HEARD_IN_DANGER: Final = 80
"""There the number to call must not be far down."""

log = logging.getLogger(__name__)

Answered = tuple[tuple[Outgoing, ...], Language]


class Pace(Protocol):
    """Who may ask how often."""

    def wait(self, *, person: str = "", address: str = "", channel: str = "") -> int:
        """Take one question; 0 if it is allowed, else the seconds until the next one is."""


class Answering:
    """Answers what came in, whatever it was."""

    def __init__(
        self,
        assistant: Assistant,
        mailbox: Mailbox,
        senders: Mapping[str, Sender],
        *,
        pace: Pace | None = None,
        address: str = "",
        hearing: Hearing | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._assistant, self._mailbox, self._senders = assistant, mailbox, senders
        self._replying = Replying(assistant, mailbox)
        self._pace, self._address, self._hearing, self._clock = pace, address, hearing, clock
        self._told_until: dict[tuple[str, str], float] = {}

    def answer(self, claim: Claim) -> Answered:
        """What goes out for an update, and the language it is in.

        Raises:
            StorageError: the database fails; the update is to be answered again later.

        """
        incoming = claim.incoming
        if incoming.language and not claim.conversation:
            claim = replace(claim, language=incoming.language)
        try:
            return self._answer(claim)
        except KnowledgeError:
            raise
        except Exception:
            log.exception("an update could not be answered", extra={"channel": incoming.channel})
            words = assistant_wording.SAID[Status.ERROR_INTERNAL].said_in(claim.language)
            return (Outgoing(words),), claim.language

    def _answer(self, claim: Claim) -> Answered:
        incoming, language = claim.incoming, claim.language
        match incoming.kind:
            case Kind.LEFT:
                return (), language
            case Kind.STARTED:
                return self._greeting(incoming, language)
            case Kind.LOCATION:
                return self._told(incoming, tell_nearby(incoming.latitude, incoming.longitude, language), language)
            case Kind.UNSUPPORTED:
                return self._declined(incoming, incoming.text, language)
            case Kind.VOICE:
                return self._voice(claim)
            case Kind.PRESSED:
                return self._pressed(claim)
            case Kind.TEXT:
                return self._edited(claim) if incoming.edited else self._text(claim, incoming.text)

    def _declined(self, incoming: Incoming, what: str, language: Language) -> Answered:
        words = f"{_unread(what, language)} {wording.PLEASE_TYPE.said_in(language)}"
        return self._told(incoming, words, language)

    def _voice(self, claim: Claim) -> Answered:
        """What was said, answered as if it had been typed.

        It is listened to however fast the person sends: only its words tell whether somebody is in danger.
        """
        incoming, language = claim.incoming, claim.language
        if self._hearing is None or incoming.sound is None:
            return self._declined(incoming, "voice", language)
        # The language of the app says little about the language that is spoken.
        spoken = language if claim.conversation else "vi"
        try:
            heard = self._hearing.words(self._senders[incoming.channel], incoming.sound, spoken)
        except TooLong as error:
            words = wording.TOO_LONG_TO_HEAR.said_in(language).format(seconds=error.most)
            return self._told(incoming, words, language)
        except Unheard:
            if self._replying.is_settled(claim):
                return self._text(claim, "")
            numbers = ", ".join(assistant_wording.EMERGENCY_NUMBERS)
            return self._told(incoming, wording.NOT_HEARD.said_in(language).format(numbers=numbers), language)
        return self._text(claim, heard, heard=heard)

    def _text(self, claim: Claim, text: str, about: str = "", heard: str = "") -> Answered:
        incoming = claim.incoming
        wait = self._wait(claim, text)
        if wait:
            return self._slower(claim, wait)
        answer, turn = self._replying.reply(claim, text, about)
        if incoming.shared and answer.status.family in _PRIVATE:
            return self._told(incoming, wording.NOT_IN_COMPANY.said_in(answer.language), answer.language)
        messages = self._rendered(incoming, answer, turn, _heading(heard, answer))
        if incoming.unread:
            note = f"{_unread(incoming.unread, answer.language)} {wording.ONLY_WORDS.said_in(answer.language)}"
            messages = (Outgoing(note), *messages)
        return messages, answer.language

    def _edited(self, claim: Claim) -> Answered:
        """An edit of the last message is answered anew if its words differ; one of an earlier message is let be.

        A form has taken the words in: there, how to change them is told.
        """
        incoming, language = claim.incoming, claim.language
        if claim.turn or not claim.conversation:
            return self._text(claim, incoming.text)
        if incoming.message != claim.last_message:
            return (), language
        last = self._assistant.conversations.turns(claim.conversation, last=1)
        if last and last[-1].question in (NOT_KEPT.vi, NOT_KEPT.en):
            return self._told(incoming, wording.EDITED_IN_FORM.said_in(language), language)
        if last and last[-1].question == mask(clean(incoming.text))[:MOST_QUESTION]:
            return (), language
        return self._text(claim, incoming.text)

    def _pressed(self, claim: Claim) -> Answered:
        incoming, language = claim.incoming, claim.language
        if incoming.text.startswith(AGAIN_PREFIX):
            again = self._mailbox.outbox.again(incoming.channel, incoming.person, incoming.text)
            return ((again,), language) if again else self._told(incoming, wording.NOT_MINE.said_in(language), language)
        if incoming.text.startswith(_START_PREFIX):
            return self._started(claim, incoming.text.removeprefix(_START_PREFIX))
        meant = pressed(self._assistant.conversations, claim.conversation, incoming.text)
        if meant is None:
            return self._told(incoming, wording.NOT_MINE.said_in(language), language)
        if meant.deed:
            return self._done(claim, meant)
        return self._text(claim, meant.text, meant.about)

    def _started(self, claim: Claim, number: str) -> Answered:
        starts = {str(place): start for place, start in enumerate(wording.QUICK_STARTS, start=1)}
        if number not in starts:
            return self._told(claim.incoming, wording.NOT_MINE.said_in(claim.language), claim.language)
        return self._text(claim, starts[number].said_in(claim.language))

    def _done(self, claim: Claim, meant: Pressed) -> Answered:
        """What a button asks for that is no question."""
        incoming, language = claim.incoming, claim.language
        if meant.deed == WRONG:
            return self._wrong(claim, meant)
        if meant.deed == KEEP_FORM:
            return self._kept(claim)
        if self._limits(incoming).documents:
            return (Outgoing(wording.DATA_FILE.said_in(language), document=OWN_DATA),), language
        held = self._assistant.effects.held(claim.conversation)
        return self._told(incoming, listed(held, language)[:_MOST_TOLD], language)

    def _kept(self, claim: Claim) -> Answered:
        """Let a form that was handed out stay as long as the conversation."""
        forms, language = self._assistant.effects.forms, claim.language
        filling = forms.of(claim.conversation, now())
        if filling is None:
            return self._told(claim.incoming, said(Status.FORM_NONE_OPEN, language), language)
        forms.keep(filling.id)
        return self._told(claim.incoming, wording.FORM_KEPT.said_in(language), language)

    def _wrong(self, claim: Claim, meant: Pressed) -> Answered:
        incoming, language, limits = claim.incoming, claim.language, self._limits(claim.incoming)
        reasons = list(wording.REASONS)
        if 0 < meant.reason <= len(reasons):
            reason = reasons[meant.reason - 1]
            self._assistant.conversations.complain(claim.conversation, meant.turn, reason, "", now())
            return self._told(incoming, wording.WRONG_KEPT.said_in(language), language)
        buttons = tuple(
            Button(
                shorten(wording.REASONS[reason].said_in(language), limits.label), data=f"{meant.turn}:{WRONG}{number}"
            )
            for number, reason in enumerate(reasons, start=1)
        )
        return (Outgoing(wording.WHAT_WRONG.said_in(language), buttons[: limits.buttons]),), language

    def _greeting(self, incoming: Incoming, language: Language) -> Answered:
        limits = self._limits(incoming)
        buttons = tuple(
            Button(shorten(start.said_in(language), limits.label), data=f"{_START_PREFIX}{number}")
            for number, start in enumerate(wording.QUICK_STARTS, start=1)
        )
        return (Outgoing(said(Status.SMALLTALK_GREETING, language), buttons[: limits.buttons]),), language

    def _rendered(self, incoming: Incoming, answer: Answer, turn: str, heading: str) -> tuple[Outgoing, ...]:
        limits = self._limits(incoming)
        if answer.status is Status.FORM_READY and answer.form and self._address and not limits.documents:
            form = answer.form.model_copy(update={"link": self._link(incoming)})
            answer = answer.model_copy(update={"form": form})
        return render(answer, turn, limits, address=self._address, heading=heading)

    def _link(self, incoming: Incoming) -> str:
        """A private link to the form of a person; empty where there is none."""
        drafts = self._assistant.effects.forms
        filling = drafts.of(self._mailbox.conversation_of(incoming.channel, incoming.person), now())
        return drafts.link(filling.id) if filling else ""

    def _told(self, incoming: Incoming, text: str, language: Language) -> Answered:
        return tuple(Outgoing(piece) for piece in split(text, self._limits(incoming).text)), language

    def _limits(self, incoming: Incoming) -> Limits:
        return self._senders[incoming.channel].limits

    def _wait(self, claim: Claim, text: str) -> int:
        """Seconds that a person has to wait; none in danger, nor for what was let pass already."""
        if self._pace is None or claim.turn:
            return 0
        wait = self._pace.wait(person=claim.incoming.person, channel=claim.incoming.channel)
        return 0 if wait and emergency(text) else wait

    def _slower(self, claim: Claim, wait: int) -> Answered:
        """A word with the time, once for all that comes before it is over: answering each would only add to the crowd."""
        moment, who = self._clock(), (claim.incoming.channel, claim.incoming.person)
        self._told_until = {one: until for one, until in self._told_until.items() if until > moment}
        if who in self._told_until:
            return (), claim.language
        self._told_until[who] = moment + wait
        words = wording.SLOW_DOWN.said_in(claim.language).format(time=duration(wait).said_in(claim.language))
        return self._told(claim.incoming, words, claim.language)


def _heading(heard: str, answer: Answer) -> str:
    """What was heard, masked as it is kept; nothing for what was typed."""
    if not heard:
        return ""
    most = _MOST_HEARD_IN_DANGER if answer.calls else _MOST_HEARD
    return wording.HEARD.said_in(answer.language).format(words=shorten(mask(heard), most))


def _unread(what: str, language: Language) -> str:
    return wording.NOT_READ.get(what, wording.NOT_READ["other"]).said_in(language)
