"""What an answer does beside being said: passing on, deleting, taking consent back. Replay and evaluation do none of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from assistant import own_data, retention
from assistant.consents import ConsentLedger, How, Purpose
from assistant.conversation import Answer, Status, Turn
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

    @classmethod
    def of(cls, database: Database, hours: OperatorHours) -> Self:
        """With the parts that one database keeps."""
        return cls(database, ConversationStore(database), ConsentLedger(database), HandoverQueue(database, hours))

    def held(self, conversation: str) -> dict[str, Any]:
        """Everything that is held about a conversation, for the citizen whose it is."""
        return own_data.export(self.database, conversation)

    def sweep(self, now: datetime) -> dict[retention.Kind, int]:
        """Delete what was kept long enough; how much of each kind."""
        return retention.sweep(self.database, now, retention.Periods.read())

    def carry_out(self, turn: Turn, answer: Answer) -> None:
        """Do what the answer says was done.

        Raises:
            StorageError: it could not be written down; then it must not be said either.

        """
        match answer.status:
            case Status.HANDED_OVER_WAITING | Status.HANDED_OVER_CALL_BACK:
                how = How.TYPED
                consent = self.consents.give(turn.conversation, Purpose.HANDOVER, turn.at, how, answer.language)
                self.queue.ask(turn.conversation, turn.channel, _REASON, turn.at, consent)
            case Status.PRIVACY_WITHDRAWN:
                self.consents.withdraw(turn.conversation, turn.at)
            case Status.PRIVACY_DELETED:
                self.conversations.forget(turn.conversation)
            case _:
                pass
