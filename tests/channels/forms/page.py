"""What tests of the form's page share: the page as it was sent, and what is typed into it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from assistant.forms.definition import forms

BIRTH = forms()["khai-sinh"]
CARD = "048190001234|201234567|Nguyễn Thị Hoa|12031990|Nữ|123 Lê Duẩn, phường Hải Châu, Đà Nẵng|20112021"
CHILD = {
    "f.addressee": "Ủy ban nhân dân phường Hải Châu",
    "f.requester_name": "Nguyễn Thị Hoa",
    "f.child_name": "Lê Minh An",
    "f.child_birth": "05/11/2026",
    "f.child_sex": "nam",
    "f.copies_wanted": "co",
}


class Shown:
    """A page of the form."""

    def __init__(self, response):
        self.status = response.status_code
        self.tree = HTMLParser(response.text)

    @property
    def boxes(self) -> dict[str, str]:
        """By field, what stands in its box."""
        return {name.removeprefix("f."): text for name, text in self.sent().items() if name.startswith("f.")}

    def sent(self) -> dict[str, str]:
        """What pressing a button of the page sends when nothing was touched."""
        named = (one for one in self.tree.css("#to-khai [name]") if one.tag != "button")
        return {
            one.attributes["name"]: _value(one)
            for one in named
            if one.attributes.get("type") != "checkbox" or "checked" in one.attributes
        }

    def said(self, selector: str) -> list[str]:
        """The texts of all there is under a selector."""
        return [" ".join(one.text().split()) for one in self.tree.css(selector)]


def _value(box) -> str:
    if box.tag == "textarea":
        return box.text().removeprefix("\n")
    if box.tag == "select":
        chosen = box.css_first("option[selected]")
        return chosen.attributes["value"] if chosen else ""
    return box.attributes.get("value") or ""


def shown_by(filling) -> dict[str, str]:
    return {name: held.shown for name, held in filling.values.items()}
