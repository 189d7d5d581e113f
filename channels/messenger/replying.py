"""One turn of the assistant for one update: taken up again where somebody died over it, and never answered twice."""

from __future__ import annotations

import uuid

from assistant import wording_forms
from assistant.assistant import Assistant, now
from assistant.conversation import Answer, Block, Memory, Status, Turn
from assistant.forms.filling import Filling
from assistant.write.fields import said
from assistant.write.form import form_view
from channels.messenger import wording
from channels.messenger.mailbox import Claim, Mailbox
from knowledge.procedure import Language


class Replying:
    """Has updates answered by the assistant, each in the conversation of its person."""

    def __init__(self, assistant: Assistant, mailbox: Mailbox) -> None:
        self._assistant, self._mailbox = assistant, mailbox

    def reply(self, claim: Claim, text: str, about: str = "") -> tuple[Answer, str]:
        """The answer, and the turn it was kept as, empty where it was not.

        The turn is kept under a key that was written down before. Whoever takes an update up after another died over it
        finds the turn under that key and tells it again, or finds none and lets the assistant answer.

        Raises:
            StorageError: the database fails.

        """
        if claim.turn:
            return self._resumed(claim, text, about)
        conversation = claim.conversation
        if not conversation:
            conversation, _ = self._assistant.conversations.open(claim.incoming.channel, now())
        key, form = str(uuid.uuid4()), self._form(claim.conversation)
        self._mailbox.begin(claim, conversation, key, form.revision if form else 0)
        return self._turned(claim, conversation, key, text, about)

    def is_settled(self, claim: Claim) -> bool:
        """Whether the assistant took the words in already, and only the telling is left: they are not needed again."""
        if not claim.turn:
            return False
        kept = not claim.conversation or bool(self._assistant.conversations.owner(claim.turn))
        return kept or self._form_moved(claim)

    def _resumed(self, claim: Claim, text: str, about: str) -> tuple[Answer, str]:
        conversations = self._assistant.conversations
        if conversations.owner(claim.turn):
            return self._kept(claim), claim.turn
        if not claim.conversation:  # the turn deleted the conversation, and itself with it
            return _deleted(claim.language), ""
        if self._form_moved(claim):
            # What was said is in the form already: said again it would answer the next question.
            text, about = wording_forms.GO_ON.said_in(claim.language), ""
        return self._turned(claim, claim.conversation, claim.turn, text, about)

    def _turned(self, claim: Claim, conversation: str, key: str, text: str, about: str) -> tuple[Answer, str]:
        turn = Turn(
            conversation=conversation,
            text=text,
            at=now(),
            channel=claim.incoming.channel,
            about=about,
            key=key,
            first=not claim.conversation,
        )
        reply = self._assistant.reply(turn)
        return reply.answer, reply.turn

    def _kept(self, claim: Claim) -> Answer:
        """The answer as it was kept. What citizens told for a form is not in it, so that only its last question is told."""
        answer = self._assistant.conversations.turn(claim.turn).answer
        form = self._form(claim.conversation)
        view = form_view(Memory(filling=form), answer.status, answer.language) if form else None
        if view is not None:
            answer = answer.model_copy(update={"form": view})
        hidden = wording_forms.NOT_KEPT.said_in(answer.language)
        if not any(block.text == hidden for block in answer.blocks):
            return answer
        told = tuple(block for block in answer.blocks if block.text != hidden)
        late = Block(text=wording.INTERRUPTED.said_in(answer.language))
        return answer.model_copy(update={"blocks": (late, *told)})

    def _form_moved(self, claim: Claim) -> bool:
        form = self._form(claim.conversation)
        return (form.revision if form else 0) != claim.form_before

    def _form(self, conversation: str) -> Filling | None:
        return self._assistant.effects.forms.of(conversation, now()) if conversation else None


def _deleted(language: Language) -> Answer:
    words = said(Status.PRIVACY_DELETED, language)
    return Answer(status=Status.PRIVACY_DELETED, language=language, blocks=(Block(text=words),))
