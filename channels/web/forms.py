"""The page of the form being filled in: the same form as in the chat, all at once. It works without JavaScript.

Every page below `/to-khai` is there a second time below `/to-khai/l/LINK`, for whoever holds the private link of a form.
Its buttons all send the whole page, so that nothing typed is lost whichever is pressed.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Form as Body
from fastapi.responses import RedirectResponse

from assistant.assistant import now
from assistant.consents import How, Purpose
from assistant.consents import words as consent_words
from assistant.forms import filling as fill
from assistant.forms.card import read_card
from assistant.forms.definition import Form, forms
from assistant.forms.filling import Filling, State
from assistant.forms.store import FormChanged
from assistant.forms.values import Held, Unreadable
from channels.requests import parts
from channels.web import form_documents, rendering
from channels.web.device import remembering
from channels.web.display import language_of, seen
from channels.web.form_fields import offers
from channels.web.form_place import HOME, Place, back, keep, note_of, place, shown, stored, too_fast, unsaved
from channels.web.form_typed import Outcome, Posted, blocking, finished, posted

router = APIRouter(include_in_schema=False, dependencies=[Depends(seen)])
_pages = APIRouter(include_in_schema=False)
"""The pages of one form, whichever way it was reached."""

Where = Annotated[Place, Depends(place)]
Sent = Annotated[Posted, Depends(posted)]


@router.get(f"{HOME}/chon")
def choose(request: Request, where: Where) -> Response:
    """All forms, to begin another."""
    return _start(request, where)


@_pages.get("")
def form_page(request: Request, where: Where, da: str = "") -> Response:
    """The form; where there is none yet, those that can be begun."""
    if where.filling is None and where.by_link:
        return _gone(request, where)
    if where.filling is None or where.filling.state is State.CONSENT:
        return _start(request, where, note=note_of(request, da))
    return shown(request, where, Outcome(where.filling), note=note_of(request, da))


@_pages.post("")
def save(request: Request, where: Where, sent: Sent) -> Response:
    """Keep what was typed; what cannot be read stays in its box, with what to write instead."""
    refused = _refused(request, where, sent)
    if refused:
        return refused
    outcome = keep(request, where, sent)
    return _mended(request, where, outcome) or back(where, "luu-them" if outcome.elsewhere else "luu")


@_pages.post("/xong")
def finish(request: Request, where: Where, sent: Sent) -> Response:
    """Let all values stand, so that the document can be had; unless something blocks it."""
    refused = _refused(request, where, sent)
    if refused:
        return refused
    outcome = keep(request, where, sent)
    done = None if outcome.elsewhere else finished(where.form, outcome.filling, now().date())
    faulty = _mended(request, where, outcome)
    if faulty or done is None:
        blocked = blocking(where.form, outcome.filling, now().date())
        return faulty or shown(request, where, outcome, status=409, stopped=True, blocked=blocked)
    try:
        stored(request, where, done)
    except FormChanged as changed:
        return shown(request, where, Outcome(changed.now, elsewhere=True), status=409, stopped=True, blocked=())
    return back(where, "xong", "tai-ve")


@_pages.post("/giu")
def keep_longer(request: Request, where: Where, sent: Sent) -> Response:
    """Keep the form although its document was taken."""
    refused = _refused(request, where, sent)
    if refused:
        return refused
    outcome = keep(request, where, sent)
    parts(request).effects.forms.keep(outcome.filling.id)
    return _mended(request, where, outcome) or back(where, "giu", "tai-ve")


@_pages.post("/xoa")
def delete(request: Request, where: Where) -> Response:
    """Delete the form."""
    if where.filling is not None:
        parts(request).effects.forms.forget(where.conversation)
    return RedirectResponse(f"{HOME}?da=xoa", status_code=303)


@_pages.post("/duong-dan")
def make_link(request: Request, where: Where, sent: Sent) -> Response:
    """A new private link, shown once. Who came by one is not given another: that would end the one in use."""
    refused = _refused(request, where, sent)
    if refused:
        return refused
    outcome = keep(request, where, sent)
    if where.by_link:
        return _mended(request, where, outcome) or back(where, "luu")
    link = parts(request).effects.forms.link(outcome.filling.id)
    return shown(request, where, outcome, link=f"{request.base_url}{HOME.lstrip('/')}/l/{link}")


@_pages.post("/can-cuoc")
def read_identity_card(request: Request, where: Where, sent: Sent) -> Response:
    """What the QR code of an identity card would fill in; nothing is filled in yet."""
    refused = _refused(request, where, sent)
    if refused:
        return refused
    outcome = keep(request, where, sent)
    try:
        card = read_card(sent.card, now().date())
    except Unreadable as error:
        return _unread_card(request, where, outcome, sent.card, error)
    found = offers(where.form, outcome.filling, card)
    return shown(request, where, outcome, card=sent.card, card_offers=found, card_read=True)


def _unread_card(request: Request, where: Place, outcome: Outcome, card: str, error: Unreadable) -> Response:
    problem = error.message.said_in(language_of(request))
    return shown(request, where, outcome, status=422, card=card, card_problem=problem)


@_pages.post("/can-cuoc/dung")
def use_identity_card(request: Request, where: Where, sent: Sent) -> Response:
    """Fill in from the card what was ticked."""
    refused = _refused(request, where, sent)
    if refused:
        return refused
    outcome = keep(request, where, sent)
    try:
        card = read_card(sent.card, now().date())
        filled = stored(request, where, fill.put(outcome.filling, _ticked(where.form, card, sent)))
    except Unreadable as error:
        return _unread_card(request, where, outcome, sent.card, error)
    except FormChanged as changed:
        found, newest = offers(where.form, changed.now, card), Outcome(changed.now, elsewhere=True)
        return shown(request, where, newest, status=409, card=sent.card, card_offers=found, card_read=True)
    return _mended(request, where, Outcome(filled, problems=outcome.problems, mine=outcome.mine)) or back(where, "the")


@_pages.post("/bat-dau")
def begin(
    request: Request,
    where: Where,
    form: Annotated[str, Body(max_length=64)] = "",
    instead: Annotated[str, Body(max_length=8)] = "",
) -> Response:
    """Begin a form, agreed to by its button. One that is being filled in is only given up where that was said."""
    assistant, at = parts(request), now()
    chosen, begun = forms().get(form), where.filling
    if where.by_link and (begun is None or begun.form != form):
        return back(where)
    if chosen is None:
        return _start(request, where, status=404)
    if begun and begun.form != form and not instead:
        return _start(request, where, status=409)
    refused = too_fast(request, where, Posted())
    if refused:
        return refused
    token, conversation = "", where.conversation
    if not conversation:
        conversation, token = assistant.conversations.open("web", at)
    assistant.effects.consents.give(conversation, Purpose.FORM_DATA, at, How.BUTTON, language_of(request))
    assistant.effects.forms.save(conversation, _begun(chosen, begun), at)
    response = back(where, "bat-dau")
    return remembering(response, token, request) if token else response


def _begun(form: Form, before: Filling | None) -> Filling:
    """The form, waiting for its first open field; what was told already is in it."""
    filling = before if before and before.form == form.id else fill.begin(form)
    if before is filling and filling.state is not State.CONSENT:
        return filling
    asking = filling.model_copy(update={"state": State.ASKING})
    blank = fill.next_blank(asking, form)
    return asking.model_copy(update={"asked": blank.id if blank else ""})


def _ticked(form: Form, card: dict[str, Held], sent: Posted) -> dict[str, Held]:
    chosen = (field for field in form.fields if field.id in sent.fill and field.profile in card)
    return {field.id: card[field.profile].model_copy(update={"confirmed": True}) for field in chosen}


def _refused(request: Request, where: Place, sent: Posted) -> Response | None:
    return unsaved(request, where, sent) or too_fast(request, where, sent)


def _mended(request: Request, where: Place, outcome: Outcome) -> Response | None:
    """The page again, where something typed is still to be mended or chosen."""
    if outcome.problems or outcome.mine:
        return shown(request, where, outcome, status=409 if outcome.mine else 422)
    return None


def _start(request: Request, where: Place, *, status: int = 200, note: str = "") -> Response:
    waiting = where.form if where.filling else None
    ordered = sorted(forms().values(), key=lambda form: form is not waiting)
    page = rendering.page(
        request,
        "form_start.html",
        forms=ordered[:1] if where.by_link else ordered,
        waiting=waiting,
        held=where.filling.values if where.filling else {},
        where=where,
        agreed=where.filling is not None and where.filling.state is not State.CONSENT,
        consent=consent_words(Purpose.FORM_DATA, language_of(request)).text,
        note=note,
    )
    page.status_code = status
    return page


def _gone(request: Request, where: Place) -> Response:
    page = rendering.page(request, "form_gone.html", typed=[], where=where)
    page.status_code = 404
    return page


_pages.include_router(form_documents.router)
router.include_router(_pages, prefix=HOME)
router.include_router(_pages, prefix=f"{HOME}/l/{{link}}")
