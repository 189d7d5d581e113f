"""The file that a message brings, made when it is sent: no copy of it waits anywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from assistant.assistant import CITY_TIME, Assistant, now
from assistant.forms.definition import forms
from assistant.forms.filling import Filling, State
from assistant.write.figures import day
from channels.messenger import wording
from channels.messenger.contract import Document
from channels.messenger.mailbox import Mailbox
from channels.messenger.outbox import Parcel
from knowledge.procedure import Language

OWN_DATA: Final = Document(form="", extension="json")
"""Everything that is held about the person."""

_MOST_LISTED: Final = 30


class NoDocument(Exception):
    """The form is gone, or is no longer finished."""


class Papers:
    """Makes the files of messages."""

    def __init__(self, assistant: Assistant, mailbox: Mailbox, templates: Path | None = None) -> None:
        self._assistant, self._mailbox, self._templates = assistant, mailbox, templates

    def made(self, parcel: Parcel) -> tuple[str, bytes] | None:
        """The name and content of the file that a message asks for; None where it asks for none.

        Raises:
            NoDocument: it cannot be made any more.
            StorageError: the database fails.

        """
        wanted = parcel.message.document
        if wanted is None:
            return None
        conversation = self._mailbox.conversation_of(parcel.channel, parcel.person)
        if not conversation:
            raise NoDocument
        if wanted == OWN_DATA:
            return "du-lieu-cua-toi.json", self._own_data(conversation, parcel)
        filling = self._held(conversation, wanted.form)
        if filling is None or filling.state is not State.DONE:
            raise NoDocument
        return self._rendered(filling, wanted.extension)

    def taken(self, parcel: Parcel) -> None:
        """Note that a document arrived: its form is kept for an hour from then on, unless the citizen keeps it."""
        wanted = parcel.message.document
        if wanted is None or not wanted.form:
            return
        filling = self._held(self._mailbox.conversation_of(parcel.channel, parcel.person), wanted.form)
        if filling is not None:
            self._assistant.effects.forms.downloaded(filling.id, now())

    def _held(self, conversation: str, form: str) -> Filling | None:
        """The form of this kind that a conversation holds: the one being filled in, or the one done before it."""
        drafts = self._assistant.effects.forms
        last = drafts.of(conversation, now())
        if last is None or last.form == form:
            return last
        before = drafts.beside(conversation, last.id, now())
        return before if before and before.form == form else None

    def _own_data(self, conversation: str, parcel: Parcel) -> bytes:
        held = self._assistant.effects.held(conversation)
        messenger = {"channel": parcel.channel, "person": parcel.person}
        return json.dumps({**held, "messenger": messenger}, ensure_ascii=False, indent=2).encode()

    def _rendered(self, filling: Filling, extension: str) -> tuple[str, bytes]:
        from assistant.forms import docx, pdf
        from assistant.forms.document import file_name

        form = forms().get(filling.form)
        if form is None:
            raise NoDocument
        word = extension == "docx"
        body = docx.render(form, filling.values, self._templates) if word else pdf.render_pdf(form, filling.values)
        return file_name(form, filling.values, extension), body


def listed(held: Mapping[str, Any], language: Language) -> str:
    """What is held as lines of text, where no file can be sent: each question with its day."""
    turns = held["turns"]
    lines = [
        f"{day(datetime.fromisoformat(turn['at']).astimezone(CITY_TIME).date())}: {turn['question']}" for turn in turns
    ]
    head = wording.DATA_LISTED.said_in(language).format(count=len(turns))
    return "\n\n".join(
        [head, "\n".join(f"• {line}" for line in lines[-_MOST_LISTED:]), wording.DATA_REST.said_in(language)]
    )
