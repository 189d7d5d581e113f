"""What an answer does beside being said: passing on, deleting, taking consent back. Replay and evaluation do none of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from assistant import own_data, retention
from assistant.consents import ConsentLedger, How, Purpose
from assistant.conversation import Answer, Memory, Status, Turn
from assistant.forms.filling import State
from assistant.forms.sealing import Seal
from assistant.forms.store import FormStore, ProfileStore
from assistant.handover import HandoverQueue
from assistant.operator_hours import OperatorHours
from assistant.store import ConversationStore
from knowledge.database import Database

_REASON = "asked for a person"


@dataclass(frozen=True, slots=True)
class Effects:
    """Carries out what an answer promises."""

    database: Database
    conversations: ConversationStore
    consents: ConsentLedger
    queue: HandoverQueue
    forms: FormStore
    profiles: ProfileStore

    @classmethod
    def of(cls, database: Database, hours: OperatorHours, seal: Seal | None = None) -> Self:
        """With the parts that one database keeps; what citizens give for forms is sealed where there is a seal."""
        seal = seal or Seal()
        return cls(
            database,
            ConversationStore(database),
            ConsentLedger(database),
            HandoverQueue(database, hours),
            FormStore(database, seal),
            ProfileStore(database, seal),
        )

    def held(self, conversation: str) -> dict[str, Any]:
        """Everything that is held about a conversation, for the citizen whose it is."""
        return own_data.export(self.database, conversation, self.forms.seal)

    def sweep(self, now: datetime) -> dict[retention.Kind, int]:
        """Delete what was kept long enough; how much of each kind."""
        return retention.sweep(self.database, now, retention.Periods.read())

    def recall(self, conversation: str, memory: Memory, now: datetime) -> Memory:
        """With the form being filled in, and what the citizen had kept."""
        profile = self.profiles.of(conversation) if self.profiles.is_open else {}
        filling = self.forms.of(conversation, now)
        finished = self.forms.beside(conversation, filling.id, now) if filling else None
        return memory.model_copy(update={"filling": filling, "finished": finished, "profile": profile})

    def keep_form(self, turn: Turn, before: Memory, after: Memory) -> Memory:
        """Write down what a turn did to the form, and the consent it began with; the memory with the form as it is kept.

        Raises:
            FormChanged: it was changed elsewhere meanwhile, on its own page for example.
            StorageError: it could not be written.

        """
        if after.filling == before.filling:
            return after
        if after.filling is None:
            self.forms.forget(turn.conversation)
            return after
        if before.finished and before.filling and after.finished is None and after.filling.id == before.finished.id:
            self.forms.drop(before.filling.id)
            return after
        waited = before.filling is not None and before.filling.state is State.CONSENT
        if waited and after.filling.state is not State.CONSENT:
            self.consents.give(turn.conversation, Purpose.FORM_DATA, turn.at, How.TYPED, after.language)
        beside = after.finished.id if after.finished else ""
        kept = self.forms.save(turn.conversation, after.filling, turn.at, beside)
        return after.model_copy(update={"filling": kept})

    def carry_out(self, turn: Turn, answer: Answer, memory: Memory) -> None:
        """Do what the answer says was done.

        Raises:
            StorageError: it could not be written down; then it must not be said either.

        """
        match answer.status:
            case Status.HANDED_OVER_WAITING | Status.HANDED_OVER_CALL_BACK:
                how = How.TYPED
                consent = self.consents.give(turn.conversation, Purpose.HANDOVER, turn.at, how, answer.language)
                self.queue.ask(turn.conversation, turn.channel, _REASON, turn.at, consent)
            case Status.PROFILE_KEPT:
                self.consents.give(turn.conversation, Purpose.PROFILE, turn.at, How.TYPED, answer.language)
                self.profiles.save(turn.conversation, memory.profile, turn.at)
            case Status.PROFILE_FORGOTTEN:
                self.profiles.forget(turn.conversation)
                self.consents.withdraw(turn.conversation, turn.at, Purpose.PROFILE)
            case Status.PRIVACY_WITHDRAWN:
                self.consents.withdraw(turn.conversation, turn.at)
                self.forms.forget(turn.conversation)
                self.profiles.forget(turn.conversation)
            case Status.PRIVACY_DELETED:
                self.conversations.forget(turn.conversation)
            case _:
                pass
