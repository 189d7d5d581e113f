"""Procedures all of whose texts would run as programs, and a page that tells what ran in it."""

from __future__ import annotations

from datetime import date

from knowledge.procedure import (
    Agency,
    Case,
    Caution,
    Channel,
    Fee,
    FeeStatus,
    Form,
    Layer,
    LegalBasis,
    Method,
    Paper,
    Procedure,
    Section,
    Source,
    Text,
    TimeLimit,
    TimeUnit,
)
from tests.channels.xss.payloads import EVALUATED, PAYLOADS

SHOWN = 30
"""So many turns the page shows again."""


def thirds():
    """The texts, three by three: so many go into one procedure."""
    return [PAYLOADS[start : start + 3] for start in range(0, len(PAYLOADS), 3)]


def hostile(number: int, first: str, second: str, third: str) -> Procedure:
    """A procedure all of whose texts are hostile."""
    three = (first, second, third)
    said = tuple(Text(vi=one, en=other) for one, other in zip(three, (second, third, first), strict=True))
    source = {"as_of": date(2026, 11, 1), "layer": Layer.STAFF}
    return Procedure(
        code=f"1.9{number:05d}",
        name=f"{first} {third}",
        plain_name=said[1],
        synonyms=three,
        synonyms_en=three,
        summary=said[2],
        field=first,
        audience=said,
        agency=Agency(receives=said[0], settles=said[1], coordinates=three, address=second, anywhere_source=third),
        cases=tuple(Case(name=one, code=one, time_limit=TimeLimit(note=said[0])) for one in three),
        steps=said,
        methods=(
            Method(
                channels=(Channel.ONLINE, Channel.DIRECT),
                time_limits=(TimeLimit(quantity=3, unit=TimeUnit.DAY, condition=said[0], note=said[1]),),
                fees=tuple(
                    Fee(status=FeeStatus.EXACT, amount=1_000, unit=one, condition=one, note=one, set_by=one)
                    for one in said
                ),
                note=said[2],
            ),
        ),
        papers=tuple(Paper(name=one, condition=one, note=one, form=one.vi, case=one.en) for one in said),
        forms=tuple(Form(name=one, file_name=one.vi, file_id=one.en, url=one.vi) for one in said),
        conditions=said,
        results=said,
        legal_basis=tuple(LegalBasis(number=one, title=one) for one in three),
        warnings=tuple(Caution(about=section, text=said[0]) for section in Section),
        sources=tuple(Source(name=one, url=f"https://nguon.vn/{one}", **source) for one in three),
        decision=first,
        layer=Layer.STAFF,
    )


class Watched:
    """A page that tells what ran in it."""

    def __init__(self, page, site):
        self.page = page
        self.site = site
        self.faults: list[str] = []

    def told(self, what):
        """Keep what ran or was asked for."""
        self.faults.append(what)

    def look(self, path=""):
        """Go there, if a path is given, and look at what stands in the page."""
        if path:
            self.page.goto(self.site + path)
        self.faults += [f"{self.page.url}: {what}" for what in self.page.evaluate("audit()")]
        if EVALUATED in self.page.locator("body").inner_text():
            self.faults.append(f"{self.page.url}: a template was filled in")

    def look_at(self, html):
        """Look at a page that a form was answered with."""
        self.page.route("**/thu-tuc", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        self.look("/thu-tuc")
        self.page.unroute("**/thu-tuc")

    def post(self, path, **fields):
        """Send a form without the page's own script, as a browser without JavaScript does."""
        answer = self.page.request.post(self.site + path, form=fields, max_redirects=0)
        assert answer.status < 500, answer.text()
        return answer

    def ask(self, text):
        """Ask in the chat, and wait for the answer."""
        before = self.page.locator("article[data-turn]").count()
        box = self.page.locator("form[data-main] textarea")
        box.fill(text)
        box.press("Enter")
        self.page.locator("article[data-turn]").nth(before).wait_for()
