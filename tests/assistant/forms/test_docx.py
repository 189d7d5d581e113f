"""The Word template: what staff may do with it, what it costs a citizen when they break it, and what the file is made of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as word
import pytest
from docx.document import Document
from docx.enum.text import WD_TAB_LEADER

from assistant.forms import docx
from assistant.forms.definition import Form, forms
from assistant.forms.values import Held
from tests.assistant.forms.filled import everything


def opened(data: bytes) -> Document:
    return word.Document(io.BytesIO(data))


def lines(data: bytes) -> list[str]:
    """The paragraphs outside tables; a tab is told as such."""
    return [paragraph.text for paragraph in opened(data).paragraphs]


def bytes_of(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def form() -> Form:
    return forms()["khai-sinh"]


@pytest.fixture
def staff() -> Callable[[str], bytes]:
    """A template as staff make one in Word: a paragraph."""

    def made(text: str) -> bytes:
        document: Document = word.Document()
        document.add_paragraph(text)
        return bytes_of(document)

    return made


@pytest.fixture
def added(form: Form) -> Callable[[str], bytes]:
    """The built-in template with a paragraph of staff's own at its end."""

    def made(text: str) -> bytes:
        document = opened(docx.template(form))
        document.add_paragraph(text)
        return bytes_of(document)

    return made


@pytest.mark.parametrize("name", forms())
def test_the_built_in_template_shows_every_field_and_no_other(name: str):
    assert docx.check_template(forms()[name], docx.template(forms()[name])) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ addressee }} {{ nobody }}", "there is no field nobody"),
        ("{{ addressee", "it cannot be read as a template: "),
        ("{% if addressee %}", "it cannot be read as a template: "),
        ("{{ addressee|reverse_it }}", "it cannot be read as a template: "),
        ("{{ addressee.__class__.__mro__ }}", "it cannot be read as a template: "),
        ("{{ addressee.nothing.at_all }}", "it cannot be read as a template: "),
        ("{{ addressee|words|upper }}", "it cannot be read as a template: "),
        ("{{ 1 // 0 }}", "it cannot be read as a template: "),
        ("{{ range(9) }}", "there is no field range"),
        ("{{ addressee }}", "the field child_name (Họ, chữ đệm, tên) is nowhere shown"),
    ],
)
def test_a_template_that_staff_broke_is_told(form: Form, staff, text: str, told: str):
    faults = docx.check_template(form, staff(text))

    assert [fault for fault in faults if fault.startswith(told)] != []


def test_a_file_that_is_no_word_file_is_told(form: Form):
    assert docx.check_template(form, b"not a zip") == ("it cannot be read as a template: File is not a zip file",)


def test_a_template_of_staff_is_used(form: Form, added, tmp_path: Path):
    (tmp_path / "khai-sinh.docx").write_bytes(added("Riêng của phường: {{ child_name }}, {{ child_birth|words }}"))
    own = lines(docx.render(form, everything(form), tmp_path))

    assert own[-1] == ("Riêng của phường: Lê Minh An, ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu")
    assert own[:-1] == lines(docx.render(form, everything(form)))


BROKEN = {
    "no zip": lambda _staff, _added: b"not a zip",
    "cut short": lambda _staff, added: added("Riêng")[:-2_000],
    "no Word file": lambda _staff, _added: _zip("hello.txt"),
    "a tag left open": lambda _staff, added: added("{{ child_name"),
    "an unknown field": lambda _staff, added: added("{{ nobody }}"),
    "an unknown filter": lambda _staff, added: added("{{ child_name|reverse_it }}"),
    "a filter on what a filter made": lambda _staff, added: added("{{ child_name|words|upper }}"),
    "a reach for the inside": lambda _staff, added: added("{{ child_name.__class__.__mro__ }}"),
    "fields left out": lambda staff, _added: staff("{{ child_name }}"),
}


def _zip(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "")
    return out.getvalue()


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_template_costs_no_citizen_their_form(form: Form, staff, added, tmp_path: Path, caplog, how: str):
    (tmp_path / "khai-sinh.docx").write_bytes(BROKEN[how](staff, added))
    values = everything(form)
    made = docx.render(form, values, tmp_path)

    assert made == docx.render(form, values)
    assert [record.template for record in caplog.records] == ["khai-sinh.docx"]
    assert "khai-sinh.docx: " in caplog.text
    assert [held.shown for held in values.values() if len(held.shown) > 8 and held.shown in caplog.text] == []


def test_a_folder_in_the_place_of_a_template_costs_no_citizen_their_form(form: Form, tmp_path: Path):
    (tmp_path / "khai-sinh.docx").mkdir()

    assert docx.render(form, {}, tmp_path) == docx.render(form, {})


def test_what_nobody_filled_in_has_dots_up_to_the_margin(form: Form):
    document = opened(docx.render(form, {}))
    name = next(line for line in document.paragraphs if line.text.startswith("Họ, chữ đệm, tên: "))

    assert name.text == "Họ, chữ đệm, tên: \t"
    assert [stop.leader for stop in name.paragraph_format.tab_stops] == [WD_TAB_LEADER.DOTS]
    assert "Kính gửi: (1) " + "." * 40 in lines(docx.render(form, {}))
    assert "Có\u00a0☐, Không\u00a0☐" in document.tables[0].cell(0, 0).text


def test_a_value_of_several_lines_keeps_them(form: Form):
    told = "dòng một\ndòng hai"
    values = {"marriage_place": Held(data=told, shown=told)}

    assert [line for line in lines(docx.render(form, values)) if line.endswith("tại dòng một\ndòng hai")] != []


def test_a_value_cannot_lay_out_the_page(form: Form):
    values = {"addressee": Held(data="", shown="một\thai\fba\abốn\u202enăm\x00")}

    assert "Kính gửi: (1) một haibabốnnăm" in lines(docx.render(form, values))


def test_the_file_holds_nothing_of_another_document(form: Form):
    with zipfile.ZipFile(io.BytesIO(docx.template(form))) as archive:
        names = archive.namelist()

    assert [name for name in names if "thumbnail" in name or "customXml" in name or "Effects" in name] == []
    assert {style.name for style in opened(docx.template(form)).styles} == {
        "Normal",
        "Default Paragraph Font",
        "Normal Table",
        "No List",
        "Table Grid",
    }


def test_the_page_is_that_of_an_official_paper(form: Form):
    section = opened(docx.template(form)).sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(margin.mm) for margin in margins] == [30, 20, 20, 20]
    assert "Chưa có giá trị khi chưa ký." in section.footer.paragraphs[0].text
