"""The declaration as Word, PDF, picture and JSON: every value in each, nothing run, nothing told of who made it."""

from __future__ import annotations

import io
import json
import zipfile

import docx as word
import pdfplumber
import pytest
from docx.document import Document
from PIL import Image

from assistant.forms import docx, pdf, portal_json
from assistant.forms.definition import PLACEHOLDER, Form, Kind, forms, texts
from assistant.forms.document import file_name
from assistant.forms.layout import TICKED, UNTICKED, applying, pieces
from assistant.forms.values import Held
from tests.assistant.forms.filled import everything, least

FOOT = 56
"""The lower margin, in points."""
FILLINGS = {"everything": everything, "least": least}
PARTLY = {"tick", "day", "month", "year", "words"}
"""Ways of telling a value that do not write it out as it is shown."""

HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{{ ''.__class__.__mro__ }}",
    "<w:p>&amp;</w:p>",
    "=cmd|' /C calc'!A0",
    '#eval("1") $x^2$ \\ *b* _i_ @r [c] <l>',
    "{_{ x }_} {_% if %_}",
    "A" * 2_000,
)


def word_text(data: bytes) -> str:
    """Every letter of a Word file, tables included, in order."""
    document: Document = word.Document(io.BytesIO(data))
    return squeezed("".join(node.text or "" for node in document.element.iter() if node.tag.endswith("}t")))


def pdf_text(data: bytes) -> str:
    """Every letter of a PDF above the foot of its pages, in the order in which it was set: cell by cell, not line by line."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        letters = [(letter, page.height) for page in document.pages for letter in page.chars]
        return squeezed("".join(letter["text"] for letter, height in letters if letter["bottom"] < height - FOOT))


def squeezed(text: str) -> str:
    """Without spaces and line ends: where lines break is the paper's business."""
    return "".join(text.split())


def boxes(text: str) -> list[str]:
    return [letter for letter in text if letter in (TICKED, UNTICKED)]


def shown(form: Form, values: dict[str, Held]) -> list[str]:
    """What has to stand on the paper, cell by cell; what only ticks a box has no letters."""
    plain = {m.group(1): m.group(2) for line in form.layout for t in texts(line) for m in PLACEHOLDER.finditer(t)}
    told: list[str] = []
    for name, held in applying(form, values).items():
        field = form.field(name)
        if field.kind is Kind.TABLE:
            told += [cell for line in held.shown.split("\n") for cell in line.split(" | ")]
        elif _ways(form, name) - PARTLY:
            told.append(held.shown.upper() if plain.get(name) == "upper" else held.shown)
    return [squeezed(one) for one in told]


def _ways(form: Form, name: str) -> set[str]:
    found = (m for line in form.layout for t in texts(line) for m in PLACEHOLDER.finditer(t))
    return {match.group(2) or "plain" for match in found if match.group(1) == name}


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("name", forms())
def test_every_value_stands_in_word_and_pdf(name: str, filling: str):
    form = forms()[name]
    values = FILLINGS[filling](form)
    in_word, in_pdf = word_text(docx.render(form, values)), pdf_text(pdf.render_pdf(form, values))

    assert [one for one in shown(form, values) if one.upper() not in in_word.upper()] == []
    assert [one for one in shown(form, values) if one.upper() not in in_pdf.upper()] == []
    assert squeezed(form.title.vi).upper() in in_word.upper()
    assert squeezed(form.title.vi).upper() in in_pdf.upper()


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("name", forms())
def test_the_same_boxes_are_ticked_in_word_and_pdf(name: str, filling: str):
    form = forms()[name]
    values = applying(form, FILLINGS[filling](form))
    wanted = [
        one.text for line in form.layout for t in texts(line) for one in pieces(t, form, values) if one.part == "tick"
    ]

    assert boxes(word_text(docx.render(form, values))) == wanted
    assert boxes(pdf_text(pdf.render_pdf(form, values))) == wanted


@pytest.mark.parametrize("name", forms())
def test_a_picture_is_a_page_with_letters_on_it(name: str):
    form = forms()[name]
    pages = [Image.open(io.BytesIO(page)) for page in pdf.render_png(form, everything(form))]

    assert 1 <= len(pages) <= 6
    assert {(page.format, page.size) for page in pages} == {("PNG", (794, 1123))}
    darkest, lightest = pages[0].convert("L").getextrema()
    assert (darkest < 60, lightest) == (True, 255)


@pytest.mark.parametrize("value", HOSTILE)
def test_what_looks_like_a_command_comes_out_as_its_letters(value: str):
    form = forms()["khai-sinh"]
    values = everything(form) | {"marriage_place": Held(data=value, shown=value)}

    assert squeezed(value) in word_text(docx.render(form, values))
    assert squeezed(value) in pdf_text(pdf.render_pdf(form, values))


def test_the_same_form_gives_the_same_bytes_and_tells_nothing_of_who_made_them():
    form = forms()["khai-sinh"]
    values = everything(form)
    first = docx.render(form, values)
    about = word.Document(io.BytesIO(first)).core_properties

    assert first == docx.render(form, values)
    assert pdf.render_pdf(form, values) == pdf.render_pdf(form, values)
    assert (about.author, about.last_modified_by, about.comments, about.title) == ("", "", "", form.title.vi)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {2026}
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(form, values))) as document:
        assert {key for key in document.metadata if key not in ("Title", "Creator")} == set()


def test_json_holds_the_portals_keys_where_they_are_known():
    form = forms()["khai-sinh"]
    told = json.loads(portal_json.render(form, everything(form)))

    assert told["fields"]["HoTenKS"] == {"label": "Họ, chữ đệm, tên", "value": "Lê Minh An", "shown": "Lê Minh An"}
    assert told["fields"]["requester_name"]["value"] == "Nguyễn Thị Hoa"
    assert (told["form"], told["version"], told["as_of"]) == ("khai-sinh", form.version, form.source.as_of)


def test_a_file_is_named_after_what_it_is_and_whose():
    form = forms()["khai-sinh"]

    assert file_name(form, everything(form), "docx") == "to-khai-dang-ky-khai-sinh-le-minh-an.docx"
    assert file_name(form, {}, "pdf") == "to-khai-dang-ky-khai-sinh.pdf"
    assert len(file_name(form, {"child_name": Held(data="", shown="Bh" * 900)}, "png")) <= 84


def test_what_a_changed_answer_made_idle_is_not_written():
    form = forms()["khai-sinh"]
    values = everything(form) | {"copies_wanted": Held(data="khong", shown="Không")}

    assert "Sốlượng:..........bản" in word_text(docx.render(form, values))
    assert "Sốlượng:..........bản" in pdf_text(pdf.render_pdf(form, values))
    assert "copies_number" not in json.loads(portal_json.render(form, values))["fields"]


@pytest.mark.parametrize("name", forms())
def test_what_is_asked_only_after_another_answer_is_written_where_it_applies(name: str):
    form = forms()[name]
    lost = []
    for field in (field for field in form.fields if field.when and field.kind is not Kind.TABLE):
        values = everything(form)
        for other, options in field.when.items():
            values[other] = Held(data=options[0], shown="")
        wanted = squeezed(values[field.id].shown).upper()
        if _ways(form, field.id) - PARTLY and wanted not in pdf_text(pdf.render_pdf(form, values)).upper():
            lost.append(field.id)

    assert lost == []
