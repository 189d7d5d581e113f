"""Several answers as one: a message asked about several procedures."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation import Answer, Block, Citation

_MOST_BUTTONS = 6


def join(answers: Sequence[Answer]) -> Answer:
    """The answers one after the other, their citations numbered on; the card is the first one's."""
    blocks: list[Block] = []
    citations: list[Citation] = []
    for answer in answers:
        shift = len({citation.number for citation in citations})
        blocks += [_cited_on(block, shift) for block in answer.blocks]
        citations += [citation.model_copy(update={"number": citation.number + shift}) for citation in answer.citations]
    buttons = [button for answer in answers for button in answer.suggestions]
    codes = [answer.procedures[0] for answer in answers] + [code for a in answers for code in a.procedures[1:]]
    return answers[0].model_copy(
        update={
            "blocks": tuple(blocks),
            "citations": tuple(citations),
            "suggestions": tuple(buttons[:_MOST_BUTTONS]),
            "procedures": tuple(dict.fromkeys(codes))[:10],
        }
    )


def _cited_on(block: Block, shift: int) -> Block:
    return block.model_copy(update={"cites": tuple(number + shift for number in block.cites)})
