"""The Word template of a form, drawn from its layout: what staff lay out anew. The only door to python-docx."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from assistant.forms.definition import Form, FormField, Line
from assistant.forms.docx_values import LINE, ROWS
from assistant.forms.layout import (
    NATION,
    NUMBER,
    Part,
    Slot,
    column_widths,
    is_addressee,
    mark,
    notice,
    room,
    shares,
    signers,
    split,
)

_FONT, _LANGUAGE = "Times New Roman", "vi-VN"
_SIZE, _BESIDE, _SMALL, _NOTE, _TINY, _TITLE = Pt(13), Pt(12), Pt(10), Pt(9), Pt(8), Pt(14)
_MARGINS = {"left": Mm(30), "right": Mm(20), "top": Mm(20), "bottom": Mm(20)}
"""Nghị định 30/2020/NĐ-CP: the binding side has the widest."""
_TEXT_WIDTH = Mm(160)
_MANY_COLUMNS, _FEW_BESIDE = 7, 2
_ROOM = 3
"""Empty lines to sign on."""
_BOX = Mm(18)
_GREY = RGBColor(0x6E, 0x6E, 0x6E)
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_UNUSED = ("thumbnail", "stylesWithEffects", "customXml")
"""Parts of the library's empty document that tell of another one."""

_STILL = (2026, 1, 1, 0, 0, 0)
"""The date of every file inside: the same form gives the same bytes, and nothing tells when it was filled in."""


def template(form: Form) -> bytes:
    """The Word template of a form, made of its layout: fields are tags in double braces."""
    document = _blank()
    _set_head(document, form)
    for line in form.layout:
        _set_line(document, form, line)
    if form.footnotes:
        _rule(document, Mm(0), Mm(110))
        for note in form.footnotes:
            paragraph = _paragraph(document)
            paragraph.paragraph_format.space_after = Pt(0)
            _run(paragraph, note, size=_NOTE)
    _run(document.sections[0].footer.paragraphs[0], notice(form), size=_TINY).font.color.rgb = _GREY
    return saved(document, form)


def _blank() -> WordDocument:
    """An empty page of A4, with nothing in it but the styles in use."""
    document = docx.Document()
    for package in (document.part.package, document.part):
        for name in [name for name, one in package.rels.items() if one.reltype.endswith(_UNUSED)]:
            del package.rels[name]
    for style in list(document.styles):
        if not style.element.default and style.name != "Table Grid":
            style.delete()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", width)
    section.footer_distance = Mm(8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, _SIZE
    for script in ("eastAsia", "cs"):
        normal.element.rPr.rFonts.set(qn(f"w:{script}"), _FONT)
    normal.element.rPr.append(_element("w:lang", val=_LANGUAGE))
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(2), 1
    return document


def _set_head(document: WordDocument, form: Form) -> None:
    if mark(form):
        _run(_paragraph(document, WD_ALIGN_PARAGRAPH.RIGHT), mark(form), bold=True)
    if form.national:
        for line in NATION:
            _run(_paragraph(document, _CENTRE), line, bold=True)
        _rule(document, Mm(55), Mm(55))


def _set_line(document: WordDocument, form: Form, line: Line) -> None:
    if line.columns:
        _set_columns(document, form, line)
    elif line.table:
        _set_table(document, form.field(line.table))
    elif line.sign:
        _set_signatures(document, form, line)
    elif line.boxed:
        table = _table(document, (1,), "Table Grid")
        table.rows[0].height = _BOX
        _run(table.cell(0, 0).paragraphs[0], line.boxed, size=_SMALL)
    elif line.centred:
        paragraph = _paragraph(document, _CENTRE)
        paragraph.paragraph_format.space_before = Pt(6)
        _write(paragraph, line.centred, form, bold=True, size=_TITLE)
    else:
        _set_text(document, form, line)


def _set_text(document: WordDocument, form: Form, line: Line) -> None:
    """A line. What is written by hand where its last value is missing goes up to the margin."""
    text = line.text or line.heading
    if is_addressee(text, form):
        _write(_paragraph(document, _CENTRE), text, form)
        return
    paragraph = _paragraph(document)
    paragraph.paragraph_format.keep_with_next = bool(line.heading)
    last = list(split(text, form))[-1]
    up_to_margin = isinstance(last, Slot) and room(last.field, last.told) > 0
    if up_to_margin:
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    elif len(list(split(text, form))) == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _write(paragraph, text, form, up_to_margin=up_to_margin, bold=bool(line.heading))


def _set_columns(document: WordDocument, form: Form, line: Line) -> None:
    table = _table(document, shares(line))
    size = _BESIDE if len(line.columns) <= _FEW_BESIDE else _SMALL
    for cell, texts in zip(table.rows[0].cells, line.columns, strict=True):
        for number, text in enumerate(texts):
            paragraph = _next_in(cell, number)
            paragraph.paragraph_format.keep_with_next = True
            _write(paragraph, text, form, size=size)


def _set_table(document: WordDocument, field: FormField) -> None:
    heads = (NUMBER, *(column.label.vi for column in field.columns))
    size = _SMALL if len(heads) <= _MANY_COLUMNS else _TINY
    table = _table(document, column_widths(field), "Table Grid", rows=4)
    _xml(table.rows[0]).get_or_add_trPr().append(_element("w:tblHeader"))
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _run(_next_in(cell, 0, _CENTRE), head, bold=True, size=size)
    table.rows[1].cells[0].text = f"{{%tr for row in {field.id}|{ROWS} %}}"
    for number, cell in enumerate(table.rows[2].cells):
        _run(cell.paragraphs[0], f"{{{{ row[{number}] }}}}", size=size)
    table.rows[3].cells[0].text = "{%tr endfor %}"
    _run(_paragraph(document), "", size=_TINY)


def _set_signatures(document: WordDocument, form: Form, line: Line) -> None:
    told = list(signers(line))
    table = _table(document, (1,) * len(told))
    size = _SIZE if len(told) <= _FEW_BESIDE else _SMALL
    for cell, (who, how) in zip(table.rows[0].cells, told, strict=True):
        _write(_next_in(cell, 0, _CENTRE), who, form, bold=True, size=size)
        _write(_next_in(cell, 1, _CENTRE), how, form, size=_SMALL, italic=True)
        for _ in range(_ROOM):
            cell.add_paragraph()


def _table(document: WordDocument, widths: tuple[int, ...], style: str | None = None, *, rows: int = 1) -> Table:
    """A table as wide as the text; without a style it only holds things beside each other. Rows stay on one page."""
    table: Table = document.add_table(rows, len(widths), style)
    table.autofit = False
    left, right = ("0", "110") if style is None else ("57", "57")
    margins = _element("w:tblCellMar")
    margins.extend([_element("w:left", w=left, type="dxa"), _element("w:right", w=right, type="dxa")])
    _xml(table).tblPr.append(margins)
    for row in table.rows:
        _xml(row).get_or_add_trPr().append(_element("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Length(_TEXT_WIDTH * width // sum(widths))
    for column, cell in zip(table.columns, table.rows[0].cells, strict=True):
        column.width = cell.width
    return table


def _next_in(cell: _Cell, number: int, align: WD_ALIGN_PARAGRAPH | None = None) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _paragraph(document: WordDocument, align: WD_ALIGN_PARAGRAPH | None = None) -> Paragraph:
    paragraph: Paragraph = document.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _rule(document: WordDocument, left: Length, right: Length) -> None:
    """A short line across the page."""
    paragraph = _paragraph(document)
    _run(paragraph, "", size=Pt(2))
    layout = paragraph.paragraph_format
    layout.left_indent, layout.right_indent, layout.space_after = left, right, Pt(6)
    layout.line_spacing = Pt(3)
    border = _element("w:pBdr")
    border.append(_element("w:bottom", val="single", sz="6", space="1", color="auto"))
    _xml(paragraph).get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _write(paragraph: Paragraph, text: str, form: Form, *, up_to_margin: bool = False, **dress: Any) -> None:
    """Set a text of the layout. Each tag is a run of its own, so that Word never tears it apart."""
    parts = list(split(text, form))
    for one in parts:
        if isinstance(one, Slot):
            tag = _tag(one, up_to_margin=up_to_margin and one is parts[-1])
            _run(paragraph, tag, **dress | {"italic": False})
        else:
            _run(paragraph, one.text, **dress).font.superscript = True if one.part is Part.NOTE else None


def _run(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: Length = _SIZE) -> Any:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, size
    return run


def _tag(slot: Slot, *, up_to_margin: bool) -> str:
    """What stands in a template where a value goes."""
    name, told = slot.field.id, slot.told
    if up_to_margin:
        return f"{{{{ {name}|{LINE}('{told}') }}}}" if told else f"{{{{ {name}|{LINE} }}}}"
    if slot.argument:
        return f"{{{{ {name}|{told}('{slot.argument}') }}}}"
    return f"{{{{ {name}|{told} }}}}" if told else f"{{{{ {name} }}}}"


def _xml(part: Any) -> Any:
    """What a part of the document is in XML, for what the library has no name for."""
    return part._element  # noqa: SLF001


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def saved(document: WordDocument, form: Form) -> bytes:
    """The document's bytes: they tell which form it is, and neither who filled it in nor when."""
    about: Any = document.core_properties
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.title, about.language, about.revision = form.title.vi, _LANGUAGE, 1
    about.created = about.modified = datetime(*_STILL, tzinfo=UTC)
    raw = io.BytesIO()
    document.save(raw)
    return _still(raw.getvalue())


def _still(data: bytes) -> bytes:
    """The same archive with one date for every file in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            told = zipfile.ZipInfo(entry.filename, date_time=_STILL)
            told.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(told, old.read(entry.filename))
    return out.getvalue()
