"""Which form a page is about, and how the page is shown: by this device's cookie, or by the private link in its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from assistant import wording_forms
from assistant.assistant import now
from assistant.forms.checks import check, missing
from assistant.forms.definition import Form, Verified, forms
from assistant.forms.dialogue import moved_on
from assistant.forms.filling import Filling, State, progress
from assistant.forms.store import FormChanged
from channels.access import address_of
from channels.fairness import Limits, duration
from channels.requests import parts, problem
from channels.web import rendering
from channels.web.device import conversation_of
from channels.web.display import language_of
from channels.web.form_fields import parts_of
from channels.web.form_typed import Outcome, Posted, Problem, take
from channels.web.words import sentences, words_in
from knowledge.procedure import Language

HOME = "/to-khai"
_TRIES = 3
"""So often a form is read again that somebody else changes at the same moment."""

_NOTES = frozenset(words_in("vi").under("note"))

_NOT_SEEN = {Verified.SECONDARY: "form.second_hand", Verified.MEMORY: "form.from_memory"}

_LINK = re.compile(rf"(?<=^{HOME}/l/)[^/]+")


def without_link(path: str) -> str:
    """A path as it may be written into a log: without the private link, which is a key."""
    return _LINK.sub("…", path)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request is: whose form it is about, and the address that its pages begin with."""

    conversation: str
    """Empty where there is none yet."""
    filling: Filling | None
    base: str = HOME
    moved: bool = False
    """The definition is newer than what is kept; what fits was taken over."""

    @property
    def form(self) -> Form:
        """The form being filled in; ask only where there is one."""
        assert self.filling is not None  # noqa: S101 - told above
        return forms()[self.filling.form]

    @property
    def by_link(self) -> bool:
        """Whether the page was reached by a private link."""
        return self.base != HOME


def place(request: Request) -> Place:
    """The place of a request; without a form where there is none, or its link leads nowhere any more."""
    assistant = parts(request)
    link = request.path_params.get("link")
    if link is None:
        conversation = conversation_of(request, assistant) or ""
        return _place(conversation, assistant.effects.forms.of(conversation, now()) if conversation else None, HOME)
    base = f"{HOME}/l/{quote(link, safe='')}"
    draft = assistant.effects.forms.by_link(link, now())
    return _place(draft.conversation, draft.filling, base) if draft else Place("", None, base)


def _place(conversation: str, filling: Filling | None, base: str) -> Place:
    if filling is None or filling.form not in forms():
        return Place(conversation, None, base)
    form = forms()[filling.form]
    moved = filling.version != form.version
    return Place(conversation, moved_on(filling, form) if moved else filling, base, moved)


def keep(request: Request, where: Place, sent: Posted) -> Outcome:
    """Write down what was typed, as far as it could be read."""
    kept = where.filling
    for _ in range(_TRIES):
        assert kept is not None  # noqa: S101 - told by its callers
        outcome = take(where.form, kept, sent, now().date())
        if not outcome.changed and not where.moved:
            return outcome
        try:
            return replace(outcome, filling=stored(request, where, outcome.filling))
        except FormChanged as changed:
            kept = _place(where.conversation, changed.now, where.base).filling
    moving = sentences()["form.moving"]
    raise problem(409, "changed", moving.vi, moving.en)


def stored(request: Request, where: Place, filling: Filling) -> Filling:
    """The filling, written down.

    Raises:
        FormChanged: it was changed elsewhere meanwhile.

    """
    return parts(request).effects.forms.save(where.conversation, filling, now())


def shown(request: Request, where: Place, outcome: Outcome, *, status: int = 200, **said: Any) -> Response:
    """The page of the form. `said` is what the page tells beside it: a note, a link, what a card would fill in."""
    form, filling, today, language = where.form, outcome.filling, now().date(), language_of(request)
    settled, of = progress(filling, form)
    page = rendering.page(
        request,
        "form.html",
        form=form,
        filling=filling,
        where=where,
        outcome=outcome,
        groups=parts_of(form, outcome, language),
        troubles=check(form, filling.values, today),
        missing=fields_of(form, missing(form, filling.values, filling.none), language),
        settled=settled,
        of=of,
        done=filling.state is State.DONE,
        not_seen=unsure(form, language),
        words=wording_forms,
        **said,
    )
    page.status_code = status
    if where.by_link:
        page.headers["X-Robots-Tag"] = "noindex"
    return page


def note_of(request: Request, name: str) -> str:
    """What is said once after something was done, by its name in the address; nothing for any other name."""
    return words_in(language_of(request)).plain(f"note.{name}") if name in _NOTES else ""


def fields_of(form: Form, names: Iterable[str], language: Language = "vi") -> list[tuple[str, str]]:
    """Fields by name and label."""
    return [(name, form.field(name).label.said_in(language)) for name in names]


def unsure(form: Form, language: Language = "vi") -> str:
    """What is not sure about a form; empty where it was read in the form itself."""
    source = form.source
    if source.verified is Verified.PRIMARY:
        return ""
    seen = words_in(language).plain(_NOT_SEEN[source.verified])
    return " ".join((seen, *((source.note.said_in(language),) if source.note else ())))


def back(where: Place, note: str = "", mark: str = "") -> Response:
    """To the page of the form, with a note."""
    return RedirectResponse(where.base + (f"?da={note}" if note else "") + (f"#{mark}" if mark else ""), 303)


def unsaved(request: Request, where: Place, sent: Posted) -> Response | None:
    """What was typed for a form that is no longer there, shown so that it can be copied; None where the form is there."""
    filling = where.filling
    if filling is not None and filling.state is not State.CONSENT and sent.form in ("", filling.form):
        return None
    labels = (
        {field.id: field.label.said_in(language_of(request)) for field in forms()[sent.form].fields}
        if sent.form in forms()
        else {}
    )
    typed = [(labels[name], text) for name, text in sent.typed.items() if name in labels and _is_own(name, sent)]
    page = rendering.page(request, "form_gone.html", typed=typed, where=where)
    page.status_code = 409 if filling else 404
    return page


def too_fast(request: Request, where: Place, sent: Posted) -> Response | None:
    """The page again with all that was typed, where somebody saves faster than the limit allows; else None."""
    limits: Limits = request.app.state.limits
    wait = limits.wait(person=where.conversation, address=address_of(request), channel="web")
    if not wait:
        return None
    language = language_of(request)
    note = words_in(language).plain("form.too_fast", wait=duration(wait).said_in(language))
    headers = {"Retry-After": str(wait)}
    if where.filling is None or not any(_is_own(name, sent) for name in sent.typed):
        return rendering.message(request, 429, note, headers)
    message = sentences()["form.not_saved"]
    own = {field.id for field in where.form.fields if _is_own(field.id, sent)}
    waiting = Outcome(where.filling, problems={name: Problem(sent.typed[name], message) for name in own})
    page = shown(request, where, waiting, status=429, note=note)
    page.headers.update(headers)
    return page


def _is_own(name: str, sent: Posted) -> bool:
    typed = sent.typed.get(name, "")
    return bool(typed) and typed != sent.was.get(name, "")
