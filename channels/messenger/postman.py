"""Takes what came in from messengers, has it answered, and sends the answers.

Killed at any moment and started again it neither loses nor doubles: an update is new or answered, and is marked answered
in the same transaction that writes its answer down; an outgoing message is marked before it is sent and after.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.assistant import Assistant
from channels.messenger.answering import Answering
from channels.messenger.contract import Gone, Outgoing, Refused, Sender, TryLater
from channels.messenger.documents import NoDocument, Papers
from channels.messenger.mailbox import Claim, Mailbox
from channels.messenger.outbox import Parcel
from channels.messenger.wording import NOT_MADE
from knowledge.errors import KnowledgeError

_IDLE: Final = 1.0
"""Seconds after which an idle thread looks by itself: another process may have put something in."""
_SOON: Final = 5.0
_BEAT: Final = 1.0
_BUSY_EVERY: Final = 4
_RENEW_EVERY: Final = 4
_SENDING_THREADS: Final = 4
"""For each channel: sending is waiting, and one channel that does not answer must not hold another up."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Work:
    """A claim that is being answered, and for how many beats."""

    claim: Claim
    beats: int = 0


class Postman:
    """Answers and sends, in threads of its own or one piece of work at a time."""

    def __init__(
        self,
        assistant: Assistant,
        mailbox: Mailbox,
        senders: Mapping[str, Sender],
        *,
        threads: int = 2,
        answering: Answering | None = None,
        papers: Papers | None = None,
    ) -> None:
        self._mailbox, self._senders, self._count = mailbox, dict(senders), threads
        self._papers = papers or Papers(assistant, mailbox)
        self._answering = answering or Answering(assistant, mailbox, self._senders)
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()
        self._at_work: dict[str, _Work] = {}
        self._under_way: dict[str, Parcel] = {}
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to work in threads; without a channel there is nothing to do."""
        if not self._senders:
            return
        self._stopping.clear()
        channels = tuple(self._senders)
        jobs: list[tuple[str, Callable[[], bool]]] = [("answers", self.answer_once)] * self._count
        for channel in channels:
            jobs += [(f"sends-{channel}", lambda channel=channel: self.send_once(channel))] * _SENDING_THREADS  # type: ignore[misc]
        self._threads = [threading.Thread(target=self._run, args=(job,), name=name, daemon=True) for name, job in jobs]
        self._threads.append(threading.Thread(target=self._beat, name="beats", daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 10) -> None:
        """End after the pieces of work in hand, or after so long: what is left is taken up at the next start."""
        self._stopping.set()
        self._mailbox.bell.ring()
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        self._threads = []

    def work_once(self) -> bool:
        """Send one message, else answer one update; False where there was nothing to do."""
        return any(self.send_once(channel) for channel in self._senders) or self.answer_once()

    def answer_once(self) -> bool:
        """Answer one update, and write down what goes out; False where none waits."""
        claim = self._mailbox.claim(tuple(self._senders))
        if claim is None:
            return False
        with self._lock:
            self._at_work[claim.token] = _Work(claim)
        try:
            messages, language = self._answering.answer(claim)
            if not self._mailbox.finish(claim, messages, language):
                log.warning("another process answered meanwhile", extra={"channel": claim.incoming.channel})
        finally:
            with self._lock:
                self._at_work.pop(claim.token, None)
        self._mailbox.bell.ring()
        return True

    def send_once(self, *channels: str) -> bool:
        """Send one message that is due on one of these channels, on any without; False where none is."""
        parcel = self._mailbox.outbox.take(channels or tuple(self._senders))
        if parcel is None:
            return False
        with self._lock:
            self._under_way[parcel.token] = parcel
        try:
            self._send(parcel)
        finally:
            with self._lock:
                self._under_way.pop(parcel.token, None)
        self._mailbox.bell.ring()
        return True

    def _send(self, parcel: Parcel) -> None:
        outbox, where = self._mailbox.outbox, {"channel": parcel.channel}
        try:
            message, document = self._ready(parcel)
            self._senders[parcel.channel].send(parcel.person, message, document)
        except NoDocument:
            log.info("the form of a document is gone", extra=where)
            outbox.drop(parcel)
        except TryLater as later:
            if not outbox.later(parcel, later.seconds):
                log.warning("a message could not be sent for too long", extra=where)
        except Gone:
            self._mailbox.mark_gone(parcel.channel, parcel.person)
        except Refused as refused:
            log.error("a message was refused", extra={**where, "reason": str(refused)})  # noqa: TRY400 - the reason is all
            outbox.drop(parcel)
        except Exception:
            log.exception("nobody knows whether a message arrived", extra=where)
            outbox.doubt(parcel)
        else:
            outbox.sent(parcel)
            self._papers.taken(parcel)

    def _ready(self, parcel: Parcel) -> tuple[Outgoing, tuple[str, bytes] | None]:
        """The message with its file; a word instead of a file that cannot be made.

        Raises:
            NoDocument: there is nothing to make it from any more.
            TryLater: the database fails.

        """
        try:
            return parcel.message, self._papers.made(parcel)
        except NoDocument:
            raise
        except KnowledgeError as error:
            raise TryLater(_SOON) from error
        except Exception:
            log.exception("a document cannot be made", extra={"channel": parcel.channel})
            return Outgoing(NOT_MADE.said_in(self._mailbox.language_of(parcel.channel, parcel.person))), None

    def _run(self, job: Callable[[], bool]) -> None:
        bell = self._mailbox.bell
        while not self._stopping.is_set():
            heard = bell.rings
            try:
                if job():
                    continue
            except KnowledgeError:
                log.exception("the mailbox cannot be reached")
            except Exception:
                log.exception("a piece of work failed")
            if not self._stopping.is_set():
                bell.wait(heard, _IDLE)

    def _beat(self) -> None:
        """Hold what is in hand, and show those who wait for long that something is on its way."""
        beats = 0
        while not self._stopping.wait(_BEAT):
            beats += 1
            with self._lock:
                works, parcels = list(self._at_work.values()), list(self._under_way.values())
            for work in works:
                work.beats += 1
                if work.beats % _BUSY_EVERY == 1:
                    self._senders[work.claim.incoming.channel].busy(work.claim.incoming.person)
            if beats % _RENEW_EVERY == 0:
                self._renew(works, parcels)

    def _renew(self, works: list[_Work], parcels: list[Parcel]) -> None:
        try:
            self._mailbox.renew([work.claim for work in works])
            for parcel in parcels:
                self._mailbox.outbox.renew(parcel)
        except KnowledgeError:
            log.exception("what is in hand could not be held")
