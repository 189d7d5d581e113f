"""The planner that asks a language model what is wanted. It gives the same `Plan` as the rules, and never more than they may."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, Field

from assistant.conversation import Memory, Status
from assistant.dossier import dossier_code
from assistant.draft import Action, AskProcedure, CheckDossier, Draft, FindOffice, HandOver, Plan, Say, Whereabouts
from assistant.model import Deadline, ModelError, Models
from assistant.plan import rules
from assistant.plan.form_model import ModelExtract
from assistant.privacy import Vault, hide, restore
from assistant.prompts import prompt
from knowledge.errors import UnknownProcedure
from knowledge.procedure import Section
from knowledge.reader import Catalogue
from knowledge.speech import understand
from knowledge.text import fold, fold_word

_MOST_WISHES = 3


class Wish(BaseModel):
    """One thing that a message asks for."""

    kind: Literal["procedure", "office", "dossier", "report", "person", "complaint", "small_talk", "other"]
    about: Literal["new", "current", "offered", "earlier"] = "new"
    number: int = 0
    question: str = ""
    parts: tuple[Section, ...] = ()


class Wishes(BaseModel):
    """What a message asks for, in order."""

    wishes: tuple[Wish, ...] = Field(min_length=1, max_length=_MOST_WISHES)


@dataclass(frozen=True, slots=True)
class ModelPlanner:
    """Plans by rules, and asks a model where the rules only have words to go by."""

    models: Models
    catalogue: Catalogue

    def __call__(self, draft: Draft) -> Draft:
        """The draft with a plan; that of the rules where the model is late, fails, or tells nothing that may be used."""
        deadline = draft.deadline or self.models.deadline()
        ruled = rules.plan(draft, ModelExtract(self.models, deadline))
        if draft.plan is not None or not _is_open(ruled.plan):
            return ruled
        try:
            wishes = self._ask(draft, deadline)
        except ModelError as error:
            return ruled.but(deadline=deadline, notes={**ruled.notes, "planned": f"rules: {type(error).__name__}"})
        plan = self._plan(wishes, ruled)
        planned = "rules: nothing usable" if plan is None else "model"
        return ruled.but(plan=plan or ruled.plan, deadline=deadline, notes={**ruled.notes, "planned": planned})

    def _ask(self, draft: Draft, deadline: Deadline) -> Wishes:
        vault = Vault()
        told = f"{self._spoken_of(draft.memory)}\n\nTin nhắn:\n«{hide(draft.text, vault).text}»"
        wishes = self.models.structured("plan", [("system", prompt("plan").text), ("user", told)], Wishes, deadline)
        open_ = tuple(wish.model_copy(update={"question": restore(wish.question, vault)}) for wish in wishes.wishes)
        return Wishes(wishes=open_)

    def _spoken_of(self, memory: Memory) -> str:
        """What the message may lean on: names of procedures, nothing of the citizen."""
        lines = [f"- việc đang nói: {self._name(memory.current)}"] if memory.current else []
        lines += [f"- đã đưa ra, số {n}: {self._name(code)}" for n, code in enumerate(memory.offered, start=1)]
        lines += [f"- việc trước, số {n}: {self._name(code)}" for n, code in enumerate(memory.before, start=1)]
        return "\n".join(["Đang nói:", *(lines or ["- chưa có gì"])])

    def _name(self, code: str) -> str:
        try:
            return self.catalogue.get(code).title.vi
        except UnknownProcedure:
            return code

    def _plan(self, wishes: Wishes, ruled: Draft) -> Plan | None:
        """The actions of all wishes; None where one of them cannot be acted on."""
        assert ruled.plan is not None  # noqa: S101 - the rules always plan
        actions = [self._action(wish, ruled) for wish in wishes.wishes]
        usable = tuple(action for action in actions if action is not None)
        if len(usable) < max(len(actions), len(ruled.plan.actions)):
            return None  # one that cannot be acted on, or fewer than the rules found
        whole = ruled.plan.whole or ruled.plan.actions[0]
        return Plan(usable, ruled.plan.language, whole=whole if len(usable) > 1 else None)

    def _action(self, wish: Wish, ruled: Draft) -> Action | None:
        first = ruled.plan.actions[0] if ruled.plan else None
        where = first.whereabouts if isinstance(first, AskProcedure) else Whereabouts()
        match wish.kind:
            case "procedure":
                return self._procedure(wish, ruled, where)
            case "office":
                return FindOffice(where.mention) if where.mention else None
            case "dossier":
                return CheckDossier(dossier_code(ruled.text))
            case "person":
                return HandOver("asked")
            case "report":
                return Say(Status.REPORT_REFERRED)
            case "complaint":
                return Say(Status.SMALLTALK_COMPLAINT)
            case _:
                return None

    def _procedure(self, wish: Wish, ruled: Draft, where: Whereabouts) -> AskProcedure | None:
        first = ruled.plan.actions[0] if ruled.plan else None
        asked = first if isinstance(first, AskProcedure) else AskProcedure(ruled.text, ())
        sections = tuple(dict.fromkeys(wish.parts))[:4] or asked.sections or (Section.OVERVIEW,)
        code = _pointed_at(wish, ruled.memory)
        if code:
            return replace(asked, code=code, sections=sections, offers=(), whereabouts=where)
        # The rules saw that it leans on what was said before; a model that does not see it is not believed.
        if wish.about != "new" or asked.offers or not isinstance(first, AskProcedure):
            return None
        same = fold(wish.question).strip() == fold(ruled.text).strip()
        said = wish.question if not same and self._is_said(wish.question, ruled) else asked.question
        return replace(asked, question=said, sections=sections, offers=(), whereabouts=where)

    def _is_said(self, question: str, draft: Draft) -> bool:
        """Whether every word of a question stands in the message or in what was spoken of: nothing is inferred."""
        told = understand(f"{draft.text} {self._spoken_of(draft.memory)}")
        asked = {fold_word(word) for word in understand(question).content}
        return bool(asked) and asked <= {fold_word(word) for word in told.words}


def _pointed_at(wish: Wish, memory: Memory) -> str:
    """The code of what the message leans on, where it does."""
    lists = {"current": (memory.current,), "offered": memory.offered, "earlier": memory.before}
    codes = lists.get(wish.about, ())
    number = 1 if wish.about == "current" else wish.number
    return codes[number - 1] if 0 < number <= len(codes) else ""


def _is_open(plan: Plan | None) -> bool:
    """Whether the rules only had words to go by: nothing was picked, typed, or settled."""
    first = plan.actions[0] if plan else None
    if isinstance(first, Say):
        return first.status is Status.CLARIFICATION_SUBJECT
    return isinstance(first, AskProcedure) and not first.code
