"""The check of what a language model wrote: held to the findings, mended, written anew once, or replaced by fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check import Problem, check, check_text, merged, reasons, repair, ungrounded
from assistant.checking.claims import Kind
from assistant.conversation import Answer, Block
from assistant.draft import Draft, Finding
from assistant.model import ModelError, Models
from assistant.prompts import prompt
from assistant.write.model import facts, in_blocks


@dataclass(frozen=True, slots=True)
class Proof:
    """The check step where a model may have written. Whatever it wrote, only what the findings hold goes out."""

    models: Models

    def __call__(self, draft: Draft) -> Draft:
        """The draft with an answer that stands; the one made of fields where nothing else does."""
        if draft.plain is None or draft.answer is None:
            return check(draft)
        found = merged(draft.findings)
        problems = problems_of(draft.answer, draft.plain, found, draft.text)
        if not problems:
            return check(draft)
        notes = {**draft.notes, "problems": reasons(problems)}
        for way, answer in (("mended", mended(draft.answer, found, draft.text)), ("rewritten", None)):
            tried = answer or self._rewritten(draft, problems)
            if tried and not problems_of(tried, draft.plain, found, draft.text):
                return check(draft.but(answer=tried, notes={**notes, "proof": way}))
        return check(draft.but(answer=draft.plain, notes={**notes, "proof": "fields"}))

    def _rewritten(self, draft: Draft, problems: Sequence[Problem]) -> Answer | None:
        """One try of the model to write it right."""
        if draft.deadline is None or draft.plain is None or draft.answer is None:
            return None
        prose = "\n\n".join(block.plain() for block in _own(draft.answer, draft.plain))
        told = f"Dữ kiện:\n{facts(draft.plain)}\n\nBài viết:\n{prose}\n\nChỗ không nằm trong dữ kiện:\n" + "\n".join(
            f"- {reason}" for reason in reasons(problems)
        )
        try:
            said = self.models.text("repair", [("system", prompt("repair").text), ("user", told)], draft.deadline)
        except ModelError:
            return None
        blocks = in_blocks(said, draft.plain)
        return draft.plain.model_copy(update={"blocks": blocks}) if blocks else None


def problems_of(answer: Answer, plain: Answer, found: Finding, said: str) -> tuple[Problem, ...]:
    """What a model wrote that stands in no finding, by the reading of prose; and what does in all, by that of figures."""
    texts = [text for block in _own(answer, plain) for text in (block.text, *block.items) if text]
    problems = [problem for text in texts for problem in check_text(text, found, said)]
    figures = (Problem(Kind.NUMBER, figure, "no field holds it") for figure in ungrounded(answer, found))
    return (*problems, *figures)


def mended(answer: Answer, found: Finding, said: str) -> Answer | None:
    """The answer without what no finding holds; None where nothing of a model's words is left below the title."""
    title, *blocks = answer.blocks
    kept = [block for block in (_mended(block, found, said) for block in blocks) if block is not None]
    return answer.model_copy(update={"blocks": (title, *kept)}) if any(block.text for block in kept) else None


def _mended(block: Block, found: Finding, said: str) -> Block | None:
    if block.caution:
        return block
    text = _text(block.text, found, said)
    items = tuple(filter(None, (_text(item, found, said) for item in block.items)))
    return block.model_copy(update={"text": text, "items": items}) if text or items else None


def _text(text: str, found: Finding, said: str) -> str:
    if not text or not check_text(text, found, said):
        return text
    return repair(text, found, said) or ""


def _own(answer: Answer, plain: Answer) -> list[Block]:
    """The blocks that a model wrote."""
    return [block for block in answer.blocks if block not in plain.blocks]
