"""The writer that lets a language model put findings into words. It sees findings alone; the check sees what it wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.links import links_in, numbered, with_links, with_tokens
from assistant.conversation import Answer, Block, Status
from assistant.draft import Draft
from assistant.model import Deadline, ModelError, Models
from assistant.privacy import Vault, hide, restore
from assistant.prompts import prompt, repeats_a_prompt
from assistant.screening.data import CLOSE, OPEN, neutral
from assistant.write import fields

_CITED = re.compile(r"\s*\[(\d{1,2})\]")
_BULLET = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
_MARKUP = re.compile(r"[*_#`]{1,3}")


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """Writes by fields, and lets a model put it into the citizen's words where it can."""

    models: Models

    def __call__(self, draft: Draft) -> Draft:
        """The draft with an answer; `plain` holds the one made of fields, which the check falls back to."""
        written = fields.write(draft)
        answer = written.answer
        if answer is None or answer.status is not Status.ANSWERED:
            return written
        deadline = draft.deadline or self.models.deadline()
        try:
            prose = self._prose(written, answer, deadline)
        except ModelError as error:
            return written.but(deadline=deadline, notes={**written.notes, "written": f"fields: {type(error).__name__}"})
        told = in_blocks(prose, answer)
        if not told:
            return written.but(deadline=deadline, notes={**written.notes, "written": "fields: nothing said"})
        worded = answer.model_copy(update={"blocks": told})
        return written.but(answer=worded, plain=answer, deadline=deadline, notes={**written.notes, "written": "model"})

    def _prose(self, draft: Draft, answer: Answer, deadline: Deadline) -> str:
        vault = Vault()
        language = "tiếng Anh" if answer.language == "en" else "tiếng Việt"
        told = (
            f"Dữ kiện:\n{facts(answer)}\n\nTin nhắn của người dân:\n«{hide(draft.text, vault).text}»\n\n"
            f"Viết câu trả lời bằng {language}."
        )
        said = self.models.text("write", [("system", prompt("write").text), ("user", told)], deadline)
        return restore(said, vault)


def facts(answer: Answer) -> str:
    """What may be said, line by line with its source; addresses stand as tokens, and what commands is made harmless."""
    lines = [line for block in answer.blocks for line in block.plain().splitlines() if line.strip()]
    links = _links(answer)
    return neutral("\n".join(with_tokens(line, links) for line in lines))


def in_blocks(prose: str, answer: Answer) -> tuple[Block, ...]:
    """A model's prose as blocks: paragraphs and lists with the sources they name, below the title, above what is cautioned."""
    if repeats_a_prompt(prose) or not _CITED.search(prose):
        return ()  # what names no source answers nothing
    title, *rest = answer.blocks
    known = {citation.number for citation in answer.citations}
    links = _links(answer)
    blocks: list[Block] = []
    items: list[str] = []
    for raw in [*prose.splitlines(), ""]:
        line = "" if raw.strip() in (OPEN, CLOSE) else raw.strip()
        cites = tuple(dict.fromkeys(int(n) for n in _CITED.findall(line) if int(n) in known))
        words = with_links(_MARKUP.sub("", _CITED.sub("", line)), links).strip()
        if _BULLET.match(words) and blocks:
            items.append(_BULLET.sub("", words))
            blocks[-1] = blocks[-1].model_copy(update={"cites": tuple(dict.fromkeys((*blocks[-1].cites, *cites)))})
            continue
        if items:
            blocks[-1] = blocks[-1].model_copy(update={"items": tuple(items)})
            items = []
        if words:
            blocks.append(Block(text=_BULLET.sub("", words), cites=cites))
    return (title, *blocks, *_beside(rest)) if blocks else ()


def _beside(blocks: Sequence[Block]) -> list[Block]:
    """What stays as it is whatever a model wrote: cautions, and what leads on."""
    return [block for block in blocks if block.caution or (block.section is None and block.items)]


def _links(answer: Answer) -> dict[str, str]:
    """Every link that the findings hold, by its token: those told first, then those cited."""
    told = [line for block in answer.blocks for line in (block.text, *block.items)]
    found = [url for line in told for url in links_in(line)]
    return numbered([*found, *(citation.url for citation in answer.citations)])
