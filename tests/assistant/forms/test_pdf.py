"""PDF and pictures: all on the page, in typst's own fonts, and many at once."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pdfplumber
import pytest
from PIL import Image

from assistant.forms import pdf
from assistant.forms.definition import Kind, forms
from assistant.forms.values import Held
from tests.assistant.forms.filled import everything

MILLIMETRE = 72 / 25.4
OWN_FONTS = ("LibertinusSerif", "DejaVuSansMono", "NewCM")


@pytest.mark.parametrize("name", forms())
def test_nothing_leaves_the_margins_or_comes_in_another_font(name: str):
    form = forms()[name]
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(form, everything(form)))) as document:
        letters = [letter for page in document.pages for letter in page.chars if letter["text"].strip()]

    assert [letter["text"] for letter in letters if letter["x1"] > 190.5 * MILLIMETRE] == []
    assert [letter["text"] for letter in letters if letter["x0"] < 29.5 * MILLIMETRE] == []
    assert {
        font for letter in letters for font in [letter["fontname"]] if not any(own in font for own in OWN_FONTS)
    } == set()


def test_a_word_longer_than_the_line_is_broken_and_stays_on_the_page():
    form = forms()["khai-sinh"]
    values = everything(form) | {"child_name": Held(data="", shown="Bhling" * 300)}
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(form, values))) as document:
        letters = [letter for page in document.pages for letter in page.chars if letter["text"].strip()]
        text = "".join("".join(page.extract_text().split()) for page in document.pages)

    assert max(letter["x1"] for letter in letters) < 190.5 * MILLIMETRE
    assert "Bhling" * 300 in text


def test_the_cells_of_a_wide_table_do_not_run_into_each_other():
    form = forms()["ho-kinh-doanh-thanh-lap"]
    values = everything(form)
    table = next(field for field in reversed(form.fields) if field.kind is Kind.TABLE)
    for name, options in table.when.items():
        values[name] = Held(data=options[0], shown="")
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(form, values))) as document:
        rows = [row for page in document.pages for found in page.extract_tables() for row in found]

    assert ["1", "Trần Quốc Bảo", "12/06/1985", "048085001234", "Nam"] in [
        [" ".join((cell or "").split()) for cell in row[:5]] for row in rows
    ]


def test_many_at_once_get_their_own():
    asked = [forms()[name] for name in ("khai-sinh", "ct01", "ket-hon", "khai-tu")] * 4
    alone = [pdf.render_pdf(form, everything(form)) for form in asked]
    with ThreadPoolExecutor(8) as together:
        made = list(together.map(lambda form: pdf.render_pdf(form, everything(form)), asked))

    assert made == alone


def test_a_picture_may_be_finer():
    form = forms()["khai-sinh"]

    assert Image.open(io.BytesIO(pdf.render_png(form, {}, ppi=192)[0])).size == (1587, 2245)
