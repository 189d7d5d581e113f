"""What somebody sees who has to wait before asking: for how long, and their question, ready to be sent again."""

from __future__ import annotations

from fastapi import Request, Response

from assistant.screen import MOST_CHARACTERS
from channels.requests import TooMany
from channels.web import rendering
from channels.web.display import language_of
from channels.web.words import words_in
from knowledge.procedure import Language


def page(request: Request, refused: TooMany) -> Response:
    """The page with the time to wait, in the language of the question, and the question in its box."""
    language: Language = "en" if refused.english else language_of(request)
    shown = rendering.page(
        request,
        "later.html",
        t=words_in(language),
        language=language,
        words=refused.said.said_in(language),
        text=refused.text[:MOST_CHARACTERS],
        about=refused.about,
    )
    shown.status_code = refused.status_code
    shown.headers.update(refused.headers or {})
    return shown
