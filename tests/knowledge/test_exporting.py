"""What goes out says where it comes from and on what terms, and our own formats come back equal."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime

import pytest
import yaml

from knowledge import export_table
from knowledge.errors import SourceError
from knowledge.export_terms import NOT_STATED, NOTICE, OURS, licence_of
from knowledge.exporting import ExportFormat, chosen, export
from knowledge.procedure import (
    Agency,
    Channel,
    Fee,
    FeeStatus,
    Layer,
    LegalBasis,
    Method,
    Paper,
    Source,
    Text,
    TimeLimit,
    TimeUnit,
)
from knowledge.sources import written
from knowledge.sources.files import read_file
from knowledge.sources.limits import Budget

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture
def export_to(tmp_path):
    """Exports procedures and gives the file: `export_to("csv", made())`."""

    def export_them(form, *procedures, name=""):
        target = tmp_path / (name or f"out.{form}")
        assert export(lambda: procedures, ExportFormat(form), target, AT) == len(procedures)
        return target

    return export_them


@pytest.fixture
def full(made):
    """A procedure that says something in most of its fields."""
    method = Method(
        channels=(Channel.DIRECT, Channel.ONLINE),
        time_limits=(TimeLimit(quantity=3, unit=TimeUnit.WORKING_DAY, condition=Text(vi="hồ sơ thường")),),
        fees=(
            Fee(status=FeeStatus.EXACT, amount=10_000, unit=Text(vi="thẻ"), valid_to=date(2026, 12, 31)),
            Fee(status=FeeStatus.SET_ELSEWHERE, set_by=Text(vi="HĐND thành phố"), condition=Text(vi="cấp lại")),
            Fee(status=FeeStatus.STATED_ZERO),
        ),
    )
    return made(
        plain_name=Text(vi="Làm thẻ tre", en="Get a bamboo card"),
        agency=Agency(receives=Text(vi="Ủy ban nhân dân phường"), anywhere=True, anywhere_source="luật tre"),
        methods=(method,),
        papers=(
            Paper(name=Text(vi="- Tờ khai"), originals=1, condition=Text(vi="lần đầu")),
            Paper(name=Text(vi="Lưu ý"), is_note=True),
        ),
        legal_basis=(LegalBasis(number="1/2026/NĐ-TRE"), LegalBasis(title="Luật Tre")),
    )


def _read_back(path):
    _, records = read_file(path, None, TODAY, Budget(path.name))
    return [record.procedure for record in records]


def _as_brought_in(procedure):
    """What was shipped comes back as a staff edit, as the importer has it."""
    shipped = procedure.layer in (Layer.WRITTEN, Layer.FACTS)
    return procedure.model_copy(update={"version": 1, "layer": Layer.STAFF if shipped else procedure.layer})


def test_json_of_every_shipped_entry_is_read_back_equal(export_to):
    entries = written.load()

    assert _read_back(export_to("json", *entries)) == [_as_brought_in(entry) for entry in entries]


def test_yaml_of_every_shipped_entry_is_read_back_equal(export_to):
    entries = written.load()

    folder = export_to("yaml", *entries, name="entries")

    read = [procedure for path in sorted(folder.iterdir()) for procedure in _read_back(path)]
    assert read == [_as_brought_in(entry) for entry in entries]


def test_records_of_other_layers_keep_what_they_are(export_to, made, full):
    city = made("1.000002", layer=Layer.CITY, jurisdiction="da-nang", local_unit="H17", version=7)
    national = full.model_copy(update={"layer": Layer.NATIONAL})

    assert _read_back(export_to("json", national, city)) == [national, city.model_copy(update={"version": 1})]


def test_one_entry_is_one_yaml_file_that_people_can_read(export_to, full):
    path = export_to("yaml", full)
    text = path.read_text(encoding="utf-8")

    assert text.startswith(f"# licence: {OURS}\n# licence_url: ")
    assert yaml.safe_load(text)["methods"][0]["fees"][1]["set_by"] == "HĐND thành phố"
    assert _read_back(path) == [_as_brought_in(full)]


def test_a_file_of_several_yaml_entries_carries_their_names(export_to, made, full):
    folder = export_to("yaml", full, made("1.000002", "Cấp thẻ trúc: lần 2/3"), name="entries")

    assert sorted(path.name for path in folder.iterdir()) == [
        "1.000001-lam-the-tre.yaml", "1.000002-cap-the-truc-lan-2-3.yaml",
    ]  # fmt: skip


def test_json_says_its_terms(export_to, made):
    old = made("1.000002", sources=(Source(name="Cổng cũ", url="https://example.vn/cu", as_of=date(2025, 1, 2)),))

    told = json.loads(export_to("json", made(), old).read_text(encoding="utf-8"))

    told.pop("procedures")
    assert told == {
        "tro_ly_export": 1,
        "licence": f"{OURS} for what was written here; {NOT_STATED} for imported records",
        "licence_url": "https://spdx.org/licenses/MIT.html",
        "notice": NOTICE,
        "sources": "Cổng thử; Cổng cũ",
        "facts_read": "2025-01-02 to 2026-07-18",
        "exported_at": "2026-11-22T09:00:00+00:00",
        "count": "2",
    }


@pytest.mark.parametrize(
    ("layer", "from_layer", "licence"),
    [
        (Layer.WRITTEN, None, OURS),
        (Layer.FACTS, None, OURS),
        (Layer.STAFF, None, OURS),
        (Layer.NATIONAL, None, NOT_STATED),
        (Layer.CITY, None, NOT_STATED),
        (Layer.WRITTEN, Layer.NATIONAL, NOT_STATED),
    ],
)
def test_the_licence_is_ours_only_where_all_words_are(made, layer, from_layer, licence):
    sources = (made().sources[0], made().sources[0].model_copy(update={"layer": from_layer}))

    assert licence_of(made(layer=layer, sources=sources)) == licence


def _rows(path):
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))


def test_csv_has_a_row_a_procedure_and_says_no_amount_without_its_status(export_to, full, made):
    first, second = _rows(export_to("csv", full, made("1.000002")))

    assert {name: cell for name, cell in first.items() if cell} == {
        "code": "1.000001",
        "name": "Cấp thẻ tre",
        "plain_name": "Làm thẻ tre",
        "plain_name_en": "Get a bamboo card",
        "receives": "Ủy ban nhân dân phường",
        "anywhere": "yes",
        "online": "unknown",
        "channels": "direct, online",
        "time_limits": "direct, online: 3 working_day (hồ sơ thường)",
        "fees": "direct, online: charge exact 10000 VND/thẻ until 2026-12-31\n"
        "direct, online: charge set_elsewhere by HĐND thành phố (cấp lại)\n"
        "direct, online: charge stated_zero",
        "papers": "'- Tờ khai [1 originals] (lần đầu)",
        "legal_basis": "1/2026/NĐ-TRE\nLuật Tre",
        "jurisdiction": "national",
        "layer": "written",
        "version": "1",
        "source": "Cổng thử",
        "source_url": "https://example.vn/the-tre",
        "as_of": "2026-07-18",
        "licence": OURS,
    }
    assert (second["fees"], second["time_limits"], second["papers"], second["anywhere"]) == ("", "", "", "")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+84 236", "'+84 236"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("\r\n=1", "'\r\n=1"),
        ("1=1", "1=1"),
        ("a@b.vn", "a@b.vn"),
        ("", ""),
    ],
)
def test_no_cell_is_run_by_a_spreadsheet(cell, safe):
    assert export_table.guarded(cell) == safe


def test_a_workbook_holds_text_alone_and_its_terms(export_to, made):
    from openpyxl import load_workbook

    wicked = made(name='=HYPERLINK("http://evil.example","Cấp thẻ")', decision="x" * 40_000, field="tre\x07")

    book = load_workbook(export_to("xlsx", wicked, made("1.000002")))

    head, first, second = book["Thủ tục"].iter_rows()
    cells = dict(zip((cell.value for cell in head), first, strict=True))
    assert (cells["name"].data_type, cells["name"].value) == ("s", '=HYPERLINK("http://evil.example","Cấp thẻ")')
    assert (len(cells["decision"].value), cells["decision"].value[-4:]) == (32_767, " […]"[-4:])
    assert (cells["field"].value, second[0].value) == ("tre", "1.000002")
    assert dict(row for row in book["Nguồn"].iter_rows(values_only=True))["notice"] == NOTICE


def test_procedures_are_chosen_by_code_in_any_spelling_and_by_layer(new_store, made):
    page = Source(name="Cổng thử", url="https://example.vn/da-nang", as_of=TODAY)
    store = new_store(
        made("1.000001"),
        made("1.000001", "Cấp thẻ tre tại Đà Nẵng", layer=Layer.CITY, jurisdiction="da-nang", sources=(page,)),
        made("1.000002"),
        made("1.000003", layer=Layer.CITY, jurisdiction="Tre Xanh"),
    )

    def names(*codes, layer=None):
        return [(procedure.code, procedure.name) for procedure in chosen(store, codes, layer)]

    assert names() == [("1.000001", "Cấp thẻ tre tại Đà Nẵng"), ("1.000002", "Cấp thẻ tre")]
    assert names("1.000002", "1.000001.000.00.00.H17") == [
        ("1.000002", "Cấp thẻ tre"), ("1.000001", "Cấp thẻ tre tại Đà Nẵng"),
    ]  # fmt: skip
    assert names(layer=Layer.WRITTEN) == [("1.000001", "Cấp thẻ tre"), ("1.000002", "Cấp thẻ tre")]
    assert names(layer=Layer.CITY) == [("1.000001", "Cấp thẻ tre tại Đà Nẵng")]
    with pytest.raises(
        SourceError, match=r"^No procedure has the code 1\.000009, 1\.000008\. Leave it out, or check it"
    ):
        names("1.000001", "1.000009", "1.000008")
    with pytest.raises(SourceError, match=r"the code 1\.000002 in the layer city\."):
        names("1.000002", layer=Layer.CITY)
    with pytest.raises(SourceError, match="«thẻ» is no procedure code: give codes such as 1"):
        names("thẻ")


def test_nothing_to_export_is_told_and_nothing_written(tmp_path):
    with pytest.raises(SourceError, match="There is nothing to export"):
        export(lambda: (), ExportFormat.CSV, tmp_path / "out.csv", AT)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", list(ExportFormat))
def test_a_file_that_cannot_be_written_is_told(made, tmp_path, form):
    with pytest.raises(SourceError, match=r"out cannot be written: No such file or directory\. Check the path"):
        export(lambda: (made(),), form, tmp_path / "nowhere" / "out", AT)


@pytest.mark.parametrize("form", [form for form in ExportFormat if form is not ExportFormat.YAML])
def test_an_export_that_breaks_off_leaves_the_old_file(made, tmp_path, form):
    target = tmp_path / "out"
    target.write_text("the last export", encoding="utf-8")

    def broken(asked=[]):  # noqa: B006 - counts its calls
        asked.append(1)
        yield made()
        if len(asked) > 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(broken, form, target, AT)

    assert target.read_text(encoding="utf-8") == "the last export"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("form", [form for form in ExportFormat if form is not ExportFormat.XLSX])
def test_the_same_catalogue_gives_the_same_file(full, tmp_path, form):
    """Only a workbook carries the moment it was made."""
    contents = []
    for name in ("one", "two"):
        export(lambda: (full,), form, tmp_path / name, AT)
        contents.append((tmp_path / name).read_bytes())

    assert contents[0] == contents[1]
