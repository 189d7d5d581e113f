"""Mailbox and postman as one process runs them."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assistant.assistant import Assistant
from assistant.settings import Settings
from channels.fairness import Limits
from channels.messenger.answering import Answering
from channels.messenger.contract import Sender
from channels.messenger.documents import Papers
from channels.messenger.hearing import AT_ONCE, Hearing
from channels.messenger.mailbox import Mailbox
from channels.messenger.postman import Postman
from channels.messenger.transcribing import Transcriber
from channels.messenger.transcribing_settings import TranscriberSettings

_MOST_THREADS: Final = 8

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Messengers:
    """What takes updates in, and what answers them."""

    mailbox: Mailbox
    postman: Postman


def connect(
    assistant: Assistant,
    senders: Mapping[str, Sender | None],
    settings: Settings,
    limits: Limits | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Messengers:
    """Mailbox and postman for the channels that are set up. The postman is not started.

    Raises:
        SettingError: what listens to voice messages is set up wrongly.

    """
    connected = {channel: sender for channel, sender in senders.items() if sender is not None}
    mailbox = Mailbox(assistant.effects.database)
    pace = limits or Limits.of(settings)
    hearing = _hearing(environment)
    answering = Answering(assistant, mailbox, connected, pace=pace, address=settings.public_url, hearing=hearing)
    papers = Papers(assistant, mailbox, settings.templates)
    # More threads only take the interpreter from each other, unless they wait for a language model.
    threads = min(_MOST_THREADS, settings.answers_at_once + assistant.waiting) + (AT_ONCE if hearing else 0)
    if connected:
        log.info("messengers connected", extra={"channels": sorted(connected)})
    postman = Postman(assistant, mailbox, connected, threads=threads, answering=answering, papers=papers)
    return Messengers(mailbox, postman)


def _hearing(environment: Mapping[str, str]) -> Hearing | None:
    """What listens to voice messages; None where nothing is set up for it."""
    settings = TranscriberSettings.read(environment)
    return Hearing(Transcriber(settings)) if settings else None
