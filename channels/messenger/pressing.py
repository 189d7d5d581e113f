"""What a button that was pressed means. It names a kept turn, and which of the things offered there.

`<turn>:c2` the second choice · `<turn>:s1` the first suggestion · `<turn>:d` one's own data ·
`<turn>:k` the finished form is to be kept · `<turn>:w` the answer was wrong, `<turn>:w1` for the first of the reasons
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assistant.store import ConversationStore

OWN_DATA: Final = "d"
KEEP_FORM: Final = "k"
WRONG: Final = "w"

_DATA: Final = re.compile(r"([0-9a-f-]{36}):([csdkw])(\d{0,2})")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was meant: words as if they had been typed, and the procedure they are about; or what else is to be done."""

    text: str = ""
    about: str = ""
    deed: str = ""
    """`OWN_DATA`, `KEEP_FORM` or `WRONG`; empty where words are meant."""
    turn: str = ""
    reason: int = 0
    """Which reason was chosen, from 1 on; 0: none yet."""


def pressed(conversations: ConversationStore, conversation: str, data: str) -> Pressed | None:
    """What a button means in a conversation; None for one that is not of this conversation, or gone with its turn."""
    read = _DATA.fullmatch(data)
    if read is None or not conversation or conversations.owner(read[1]) != conversation:
        return None
    turn, what, number = read[1], read[2], int(read[3] or 0)
    if what in (OWN_DATA, KEEP_FORM, WRONG):
        return Pressed(deed=what, turn=turn, reason=number)
    answer = conversations.turn(turn).answer
    if what == "c" and 0 < number <= len(answer.choices):
        choice = answer.choices[number - 1]
        return Pressed(choice.label, choice.code)
    if what == "s" and 0 < number <= len(answer.suggestions):
        suggestion = answer.suggestions[number - 1]
        return Pressed(suggestion.text, suggestion.about)
    return None
