"""Whether a message is about a form: to begin one, to go on with one, or what is told for it."""

from __future__ import annotations

import re
from functools import cache

from assistant.conversation import Memory, Status
from assistant.draft import Action, ChooseForm, Draft, FillForm, Say
from assistant.forms.buttons import form_begun_by
from assistant.forms.card import is_card, read_card
from assistant.forms.commands import command
from assistant.forms.definition import Form, form_of, forms
from assistant.forms.dialogue import Dialogue, Extract, Move, Step
from assistant.forms.extract import Failed
from assistant.forms.filling import Filling, State, shared
from assistant.forms.values import Unreadable
from knowledge.text import fold, syllables

_SMALL_TALK = "smalltalk"
_FOR_ME = r"(?:giup|gium|dum|ho)"
_WHOSE = r"(?: (?:cho|toi|em|minh|tui|con|chi|anh|voi|cai|ban|luon))*"
_PAPER = r"(?:to khai|mau don|mau|don|form|phieu|giay de nghi|to don|giay uy quyen|ct01|tk01)"
_BEGIN = re.compile(
    rf"\b(?:dien|dien san|dien truoc){_WHOSE}(?: {_FOR_ME})?{_WHOSE} {_PAPER}\b"
    rf"|\b(?:khai|ke khai|viet|soan|lam|ghi) {_FOR_ME}{_WHOSE} {_PAPER}\b"
    rf"|\b{_PAPER}\b.* (?:dien|khai|ke khai|viet|soan|lam|ghi) {_FOR_ME}\b"
    r"|\b(?:fill (?:in|out)|complete|prefill)\b.*\b(?:form|declaration|ct01|tk01)\b"
)
_HOW = re.compile(r"\b(?:the nao|sao|cach|o dau|lay dau|tai dau|how do|how to|where)\b")
"""«điền tờ khai thế nào» asks how, and wants nothing filled in yet."""
_GO_ON = re.compile(
    r"(?:(?:lam|khai|dien) )?tiep(?: tuc)?(?: (?:lam|khai|dien))?(?: (?:cai )?(?:to khai|mau|don|form))?(?: (?:do|nay|kia|luc nay|hom truoc))?"
    r"|mo lai (?:to khai|mau|don)|(?:continue|resume|go on with) (?:the |my )?form"
)
_OWN = r"(?:thong tin|du lieu)"
_MINE = r"(?:(?:cua )?(?:toi|em|minh|tui)|da (?:nho|luu|giu))"
_REMEMBER = re.compile(
    rf"(?:nho|luu|giu)(?: lai| giup)?(?: cac)? {_OWN}(?: {_MINE})?(?: cho lan sau)?|remember my details"
)
_SHOW = re.compile(
    rf"(?:(?:cho )?xem (?:lai )?)?(?:cac )?{_OWN} (?:cua (?:toi|em|minh|tui) )?da (?:nho|luu|giu)|what (?:do )?you remember(?: of me)?"
)
_FORGET = re.compile(
    rf"(?:xoa|quen)(?: het)?(?: cac)? {_OWN} (?:cua (?:toi|em|minh|tui) )?da (?:nho|luu|giu)|forget my details"
)
_CALL_OFF = re.compile(
    r"(?:huy|xoa|bo)(?: bo)? (?:to khai|mau don|don|mau|form)(?: (?:nay|do|di|cu))*|cancel (?:the |my )?form"
)
_CHANGE = re.compile(r"(?:sua|xem lai|in|tai|xuat|gui (?:file|tep|ban|to khai))\b.*")
_MOST_SHOWN = 8
_SHORT = 7
"""Words up to which a wish for a form may leave open which."""


def form_action(draft: Draft, find: Extract) -> Action | None:
    """What a message does about a form; None where it is about something else."""
    memory, text = draft.memory, draft.text
    said = " ".join(syllables(fold(text)))
    filling = memory.filling
    own = _of_profile(said, draft)
    if own is not None:
        return own
    if filling and _GO_ON.fullmatch(said):
        return FillForm(_dialogue(forms()[filling.form], draft, find).resume(filling))
    if filling is None and _GO_ON.fullmatch(said) and "to khai" in said:
        return Say(Status.FORM_NONE_OPEN)
    wanted = _wanted(said, draft)
    if wanted is not None:
        return wanted if isinstance(wanted, ChooseForm) else _begun(wanted, draft, find)
    open_ = filling and (
        filling.is_open or _CALL_OFF.fullmatch(said) or (filling.state is State.DONE and _changes(said, filling, text))
    )
    if filling is None or not open_ or filling.form not in forms() or draft.turn.about:
        return None
    dialogue = _dialogue(forms()[filling.form], draft, find)
    if filling.state is not State.CONSENT and is_card(text):
        return FillForm(_with_card(dialogue, filling, text))
    step = dialogue.reply(filling, text)
    return None if step.move is Move.DIGRESSION else FillForm(step)


def _changes(said: str, filling: Filling, text: str) -> bool:
    """Whether a message is about a form that is done: to be changed, or to be had again."""
    told = command(text, forms()[filling.form], "") if filling.form in forms() else None
    return bool(_CHANGE.fullmatch(said)) or (told is not None and told.kind == "complete")


def _with_card(dialogue: Dialogue, filling: Filling, text: str) -> Step:
    """The text of a card's QR code, pasted into the chat; one that cannot be read is told like any other value."""
    try:
        return dialogue.take_card(filling, read_card(text, dialogue.today))
    except Unreadable as problem:
        fields = dialogue.form.fields
        asked = dialogue.form.field(filling.asked) if filling.asked else fields[0]
        named = next((field for field in fields if field.profile in ("identity", "document")), asked)
        return Step(Move.UNREADABLE, dialogue.form, filling, failed=(Failed(named.id, text, problem),), field=asked)


def _of_profile(said: str, draft: Draft) -> Say | None:
    """What is asked of the details kept for the next form."""
    if _SHOW.fullmatch(said):
        return Say(Status.PROFILE_SHOWN)
    if _FORGET.fullmatch(said):
        return Say(Status.PROFILE_FORGOTTEN)
    if draft.memory.filling and _REMEMBER.fullmatch(said):
        return Say(Status.PROFILE_ASKED if draft.notes.get("may_keep") else Status.PROFILE_CLOSED)
    return None


def is_of_form(action: Action, memory: Memory) -> bool:
    """Whether what sounds like talk may be an answer to a form's question: «dạ», «không», «cảm ơn» are no values."""
    open_ = memory.filling is not None and memory.filling.is_open
    return open_ and memory.pending is None and isinstance(action, Say) and action.status.family == _SMALL_TALK


def _begun(form: Form, draft: Draft, find: Extract) -> FillForm | Say:
    """A form begun, or gone on with where it is the one being filled in."""
    dialogue, filling = _dialogue(form, draft, find), draft.memory.filling
    if filling and filling.form == form.id and filling.state is not State.DONE:
        return FillForm(dialogue.resume(filling))
    if filling and filling.values and not _is_next(filling, form):
        return Say(Status.FORM_BUSY)
    done = draft.memory.finished
    if filling and done and done.form == form.id:
        return FillForm(_dialogue(form, draft, find).resume(done))
    code = draft.turn.about or draft.memory.current
    return FillForm(dialogue.start(code if code in form.procedures else next(iter(form.procedures), ""), draft.text))


def _dialogue(form: Form, draft: Draft, find: Extract) -> Dialogue:
    done = draft.memory.finished
    return Dialogue(form, draft.today, draft.memory.profile, shared(done, form) if done else {}, find)


def _is_next(filling: Filling, form: Form) -> bool:
    """Whether the form held is done, and this one belongs to the same procedure: it is kept beside it."""
    return filling.state is State.DONE and filling.code in form.procedures


def _wanted(said: str, draft: Draft) -> Form | ChooseForm | None:
    """The form that a message asks to have filled in."""
    pressed = form_begun_by(draft.text)
    if pressed is not None:
        return pressed
    if not _BEGIN.search(said) or _HOW.search(said):
        return None
    named = _named(said)
    if len(named) == 1:
        return named[0]
    of_talk = form_of(draft.turn.about or draft.memory.current)
    if of_talk and (not named or of_talk in named):
        return of_talk
    if not named and len(said.split()) > _SHORT:
        return None  # it names something else: what that is, is looked up like any question
    listed = named or tuple(forms().values())
    return ChooseForm(tuple(form.id for form in listed[:_MOST_SHOWN] if named) or tuple(form.id for form in listed))


def _named(said: str) -> tuple[Form, ...]:
    """The forms a message names, by the longest of their names that it holds."""
    found = {
        form.id: max((len(name) for name in _names(form.id) if f" {name} " in f" {said} "), default=0)
        for form in forms().values()
    }
    longest = max(found.values(), default=0)
    return tuple(forms()[name] for name, length in found.items() if length and length == longest)


@cache
def _names(form: str) -> tuple[str, ...]:
    told = forms()[form]
    return tuple(
        " ".join(syllables(fold(name)))
        for name in (*told.said, told.short.vi, told.short.en, told.title.vi, told.mark)
        if name
    )
