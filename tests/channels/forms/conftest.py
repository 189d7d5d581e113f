"""A form as a browser without JavaScript gets it: begun, saved, finished, and what is kept of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.assistant import now
from assistant.forms.filling import State
from tests.channels.forms.page import BIRTH, CHILD, Shown


@pytest.fixture
def begin(client):
    """Begins a form; returns its page."""

    def press(name: str = BIRTH.id, person=None, **fields: str) -> Shown:
        person = person or client
        begun = person.post("/to-khai/bat-dau", data={"form": name, **fields})
        assert (begun.status_code, begun.headers["location"]) == (303, "/to-khai?da=bat-dau")
        return Shown(person.get("/to-khai"))

    return press


@pytest.fixture
def save(client):
    """Sends a page as it stands, with some boxes filled in; follows to the page it leads to."""

    def press(page: Shown, fields: dict[str, str], button: str = "/to-khai", person=None) -> Shown:
        person = person or client
        sent = person.post(button, data={**page.sent(), **fields})
        return Shown(person.get(sent.headers["location"]) if sent.status_code == 303 else sent)

    return press


@pytest.fixture
def kept(client, shipped):
    """What is kept of this person's form."""

    def read(person=None, after: timedelta = timedelta()):
        conversation = shipped.conversations.find((person or client).cookies["tro_ly"])
        return shipped.effects.forms.of(conversation, now() + after)

    return read


@pytest.fixture
def finished(begin, save, kept):
    """A form that is done; returns its page."""
    page = save(begin(), CHILD, "/to-khai/xong")
    assert (page.said("[role=status]"), kept().state) == (
        ["Tờ khai đã xong. Anh/chị tải về, xem lại lần cuối rồi ký."],
        State.DONE,
    )
    return page
