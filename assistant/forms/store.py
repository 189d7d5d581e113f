"""Keeping forms that are being filled in, and what a citizen wants kept for the next form. Both are sealed."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, case, delete, select, update
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.consents import moment
from assistant.forms.filling import Filling, State
from assistant.forms.sealing import Seal, Unsealable
from assistant.forms.values import Held, Values
from knowledge.database import Database, Table

AFTER_DOWNLOAD = timedelta(hours=1)
"""So long a form can be had again once its document was taken; then it is gone, unless the citizen asked to keep it."""

KEPT = "kept"
"""Stands for the end of a form that its citizen asked to keep: behind every moment there is, so that none reaches it."""

log = logging.getLogger(__name__)


class FormDraftRow(Table):
    """A form being filled in. Whoever has its private link may go on with it; only a hash of the link is kept."""

    __tablename__ = "form_drafts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(36), index=True)
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    form: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    sealed: Mapped[str] = mapped_column(LongText)
    updated_at: Mapped[str] = mapped_column(String(32), index=True)
    ends_at: Mapped[str | None] = mapped_column(String(32), index=True)
    """The moment from which it is gone, `KEPT`, or nothing while its document was not taken."""


class ProfileRow(Table):
    """What a citizen wants kept for the next form; only with consent, and only sealed."""

    __tablename__ = "profiles"

    conversation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sealed: Mapped[str] = mapped_column(LongText)
    updated_at: Mapped[str] = mapped_column(String(32), index=True)


class FormChanged(Exception):
    """The form was changed elsewhere meanwhile; nothing was written."""

    def __init__(self, now: Filling) -> None:
        super().__init__("changed elsewhere")
        self.now = now


@dataclass(frozen=True, slots=True)
class Draft:
    """A kept form, and whose conversation it belongs to."""

    conversation: str
    filling: Filling


class FormStore:
    """Writes and reads forms that are being filled in. A conversation fills one in at a time; one done may lie beside it."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self.seal = seal
        """What drafts are closed and opened with."""

    def save(self, conversation: str, filling: Filling, at: datetime, beside: str = "") -> Filling:
        """Write a filling down as the conversation's, in place of all but the one `beside` it; returns it with id and revision.

        Raises:
            FormChanged: it was changed elsewhere since it was read.

        """
        with self._database.session() as session:
            if not filling.id:
                others = (FormDraftRow.conversation_id == conversation) & (FormDraftRow.id != beside)
                session.execute(delete(FormDraftRow).where(others))
                kept = filling.model_copy(update={"id": str(uuid.uuid4()), "revision": 1})
                session.add(self._row(conversation, kept, at))
                return kept
            kept = filling.model_copy(update={"revision": filling.revision + 1})
            self._replace(session, kept, filling.revision, at, conversation_id=conversation)
        return kept

    def of(self, conversation: str, now: datetime) -> Filling | None:
        """The form a conversation is filling in."""
        draft = self._read(FormDraftRow.conversation_id == conversation, now)
        return draft.filling if draft else None

    def beside(self, conversation: str, identity: str, now: datetime) -> Filling | None:
        """The other form of a conversation: the one done before the form of this id, while it is kept."""
        draft = self._read((FormDraftRow.conversation_id == conversation) & (FormDraftRow.id != identity), now)
        return draft.filling if draft else None

    def drop(self, identity: str) -> None:
        """Delete one form."""
        with self._database.session() as session:
            session.execute(delete(FormDraftRow).where(FormDraftRow.id == identity))

    def by_link(self, link: str, now: datetime) -> Draft | None:
        """The form that a private link reaches."""
        return self._read(FormDraftRow.link_hash == _hash(link), now)

    def link(self, identity: str) -> str:
        """A new private link to a form; an earlier one no longer works."""
        link = secrets.token_urlsafe(24)
        with self._database.session() as session:
            session.execute(update(FormDraftRow).where(FormDraftRow.id == identity).values(link_hash=_hash(link)))
        return link

    def downloaded(self, identity: str, now: datetime) -> None:
        """Note that the document was taken: the form goes soon after, unless the citizen asked to keep it."""
        self._end(identity, _not_kept(moment(now + AFTER_DOWNLOAD)))

    def keep(self, identity: str) -> None:
        """The citizen asked to keep the form: however often its document is taken, it stays as long as one not taken."""
        self._end(identity, KEPT)

    def forget(self, conversation: str) -> int:
        """Delete the forms of a conversation; how many."""
        with self._database.session() as session:
            gone = delete(FormDraftRow).where(FormDraftRow.conversation_id == conversation)
            return session.connection().execute(gone).rowcount

    def _end(self, identity: str, end: ColumnElement[str | None] | str) -> None:
        with self._database.session() as session:
            session.execute(update(FormDraftRow).where(FormDraftRow.id == identity).values(ends_at=end))

    def _row(self, conversation: str, filling: Filling, at: datetime) -> FormDraftRow:
        return FormDraftRow(
            id=filling.id,
            conversation_id=conversation,
            form=filling.form,
            revision=filling.revision,
            sealed=self.seal.close(filling.model_dump_json(exclude_defaults=True)),
            updated_at=moment(at),
        )

    def _replace(self, session: Session, kept: Filling, before: int, at: datetime, **changes: str) -> None:
        mine = (FormDraftRow.id == kept.id) & (FormDraftRow.revision == before)
        values = {
            "form": kept.form,
            "revision": kept.revision,
            "sealed": self.seal.close(kept.model_dump_json(exclude_defaults=True)),
            "updated_at": moment(at),
            "ends_at": _not_kept(None),
        }
        if session.connection().execute(update(FormDraftRow).where(mine).values(**values, **changes)).rowcount:
            return
        row = session.get(FormDraftRow, kept.id)
        if row is None:  # gone meanwhile, deleted or past its time: what was just said is not lost for that
            session.add(self._row(changes["conversation_id"], kept, at))
            return
        raise FormChanged(self._open(row.sealed))

    def _read(self, where: ColumnElement[bool], now: datetime) -> Draft | None:
        """The form still being filled in, where there is one; else the one changed last."""
        with self._database.session() as session:
            rows = session.scalars(select(FormDraftRow).where(where).order_by(FormDraftRow.updated_at.desc())).all()
            over = [row for row in rows if row.ends_at and row.ends_at <= moment(now)]
            for row in over:
                session.delete(row)
            found = [draft for row in rows if row not in over and (draft := self._draft(row))]
        return min(found, key=lambda draft: draft.filling.state is State.DONE, default=None)

    def _draft(self, row: FormDraftRow) -> Draft | None:
        try:
            return Draft(row.conversation_id, self._open(row.sealed))
        except Unsealable:
            log.exception("a form cannot be opened")
            return None

    def _open(self, sealed: str) -> Filling:
        return Filling.model_validate_json(self.seal.open(sealed))


class ProfileStore:
    """What citizens want kept for the next form. Without a key nothing is kept."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    @property
    def is_open(self) -> bool:
        """Whether anything can be kept here: only sealed."""
        return self._seal.is_closed

    def save(self, conversation: str, profile: Values, at: datetime) -> None:
        """Keep these values in place of those kept before; nothing where nothing can be kept."""
        if not self.is_open:
            return
        sealed = self._seal.close(json.dumps({name: held.model_dump() for name, held in profile.items()}))
        with self._database.session() as session:
            session.merge(ProfileRow(conversation_id=conversation, sealed=sealed, updated_at=moment(at)))

    def of(self, conversation: str) -> Mapping[str, Held]:
        """What is kept of the citizen of a conversation."""
        with self._database.session() as session:
            row = session.get(ProfileRow, conversation)
            if row is None:
                return {}
            try:
                told = json.loads(self._seal.open(row.sealed))
            except Unsealable:
                log.exception("a profile cannot be opened")
                return {}
        return {name: Held.model_validate(held) for name, held in told.items()}

    def forget(self, conversation: str) -> int:
        """Delete what is kept; how many profiles that were, one or none."""
        with self._database.session() as session:
            gone = delete(ProfileRow).where(ProfileRow.conversation_id == conversation)
            return session.connection().execute(gone).rowcount


def _not_kept(end: str | None) -> ColumnElement[str | None]:
    """This end, but for a form that is kept."""
    return case((FormDraftRow.ends_at == KEPT, KEPT), else_=end)


def _hash(link: str) -> str:
    return hashlib.sha256(link.encode()).hexdigest()
