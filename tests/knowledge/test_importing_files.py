"""Files of any format come in whole or not at all, and never drive out what says more."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from knowledge.comparing import Verdict, agreements
from knowledge.database import Database
from knowledge.errors import CatalogueError, SourceError
from knowledge.importing import Importer
from knowledge.procedure import Channel, Layer, Method, Paper, Source, TimeLimit, TimeUnit
from knowledge.sources.limits import Limits
from knowledge.sources.reading import ProblemKind
from knowledge.store import ProcedureStore, content_of

TODAY = date(2026, 11, 22)
PAGE = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/the-tre"


@pytest.fixture
def home(tmp_path):
    """An empty catalogue and its importer: `home(jurisdiction=…)`."""
    database = Database(f"sqlite:///{tmp_path / 'tro-ly.db'}")
    database.migrate()
    yield lambda **options: Importer(database, TODAY, **options)
    database.close()


@pytest.fixture
def store(home):
    return ProcedureStore(home().database)


def _put(store, *procedures):
    store.write(procedures, source="made up", problems=(), read=len(procedures))


@pytest.fixture
def full(made):
    """Makes a record with everything a page tells."""

    def make(code="1.000001", **fields):
        limit = TimeLimit(quantity=3, unit=TimeUnit.WORKING_DAY)
        method = Method(channels=(Channel.DIRECT,), time_limits=(limit,))
        plain = {"layer": Layer.NATIONAL, "methods": (method,), "papers": (Paper(name="Đơn", originals=1),)}
        source = Source(name="Cổng", url=PAGE, as_of=date(2026, 7, 18))
        return made(code, **{**plain, "sources": (source,), **fields})

    return make


WAY = ["Trực tiếp", "3 ngày làm việc", "Miễn phí", ""]


def _counts(report):
    return report.read, report.added, report.changed, report.unchanged, report.compared


def test_a_pdf_of_an_unknown_procedure_is_added_once(home, store, detail):
    first, second = home()(detail(ways=[WAY])), home()(detail(ways=[WAY]))

    assert (_counts(first), _counts(second)) == ((1, 1, 0, 0, 0), (1, 0, 0, 0, 1))
    assert (store.get("1.000001").layer, store.get("1.000001").jurisdiction) == (Layer.NATIONAL, "national")


def test_a_pdf_never_replaces_a_live_record_unless_told_to(home, store, detail, full):
    _put(store, full())
    path = detail(title="Đổi thẻ tre", ways=[WAY])

    kept = home()(path)
    name = store.get("1.000001").name
    replaced = home(replace=True)(path)

    assert (_counts(kept), name) == ((1, 0, 0, 0, 1), "Cấp thẻ tre")
    assert [(f.field, f.in_file, f.in_record) for f in kept.differences] == [("name", "Đổi thẻ tre", "Cấp thẻ tre")]
    assert (_counts(replaced), store.get("1.000001").name) == ((1, 0, 1, 0, 0), "Đổi thẻ tre")


@pytest.mark.parametrize(
    ("layer", "added"),
    [(Layer.FACTS, 1), (Layer.WRITTEN, 0), (Layer.STAFF, 0), (Layer.CITY, 1), (Layer.NATIONAL, 0)],
)
def test_a_pdf_stands_above_facts_and_never_unasked_above_what_people_wrote(home, store, detail, full, layer, added):
    _put(store, full(layer=layer, jurisdiction="da-nang" if layer is Layer.CITY else "national"))

    assert home()(detail(ways=[WAY])).added == added


def test_a_pdf_takes_over_the_address_of_its_page_from_another_layer(home, store, detail, full):
    _put(store, full(layer=Layer.FACTS))

    home()(detail(ways=[WAY]))

    assert store.get("1.000001").sources[0].url == PAGE
    assert store.get("1.000001").sources[0].name == "Cổng Dịch vụ công quốc gia: bản PDF"


@pytest.mark.parametrize(
    ("known", "stated", "layer", "jurisdiction"),
    [
        ("", "", Layer.CITY, "unknown"),
        ("", "da-nang", Layer.CITY, "da-nang"),
        ("", "national", Layer.NATIONAL, "national"),
        ("Tre Xanh", "", Layer.CITY, "Tre Xanh"),
    ],
)
def test_whose_a_provinces_pdf_is_is_said_or_known_or_unknown(
    home, store, detail, full, known, stated, layer, jurisdiction
):
    if known:
        _put(store, full(layer=Layer.FACTS, jurisdiction=known))

    report = home(jurisdiction=stated)(detail(decision="7/QĐ-UBND", ways=[WAY]))
    procedure = store.get("1.000001")

    assert (procedure.layer, procedure.jurisdiction) == (layer, jurisdiction)
    assert (ProblemKind.JURISDICTION_UNKNOWN in {p.kind for p in report.problems}) is (jurisdiction == "unknown")


def test_another_provinces_page_never_drives_out_the_citys(home, store, detail, full):
    _put(store, full(layer=Layer.CITY, jurisdiction="da-nang"))

    report = home(jurisdiction="Tre Xanh", replace=True)(detail(decision="7/QĐ-UBND", ways=[WAY]))

    assert (report.added, report.changed, store.get("1.000001").jurisdiction) == (0, 0, "da-nang")


def test_the_citys_record_takes_the_place_of_another_provinces(home, store, detail, full):
    _put(store, full(layer=Layer.CITY, jurisdiction="Tre Xanh"))

    report = home(jurisdiction="da-nang")(detail(decision="7/QĐ-UBND", ways=[WAY]))

    assert (report.changed, store.get("1.000001").jurisdiction) == (1, "da-nang")


@pytest.mark.parametrize("layer", list(Layer))
def test_a_line_of_a_list_is_added_only_where_nothing_at_all_is_known(home, store, new_list, full, layer):
    _put(store, full(layer=layer))
    rows = [["1.000001", "Đổi thẻ tre", "Bộ Tre"], ["1.000002", "Trả thẻ tre", "Bộ Tre"]]

    report = home(replace=True)(new_list(["Mã số", "Tên", "Cơ quan ban hành"], *rows))

    assert _counts(report) == (2, 1, 0, 0, 1)
    assert [(f.code, f.field) for f in report.differences] == [("1.000001", "name")]
    assert (store.get("1.000001").name, store.get("1.000002").name) == ("Cấp thẻ tre", "Trả thẻ tre")


def test_a_line_of_the_citys_list_is_added_beside_another_provinces_record(home, store, new_list, full):
    _put(store, full(layer=Layer.CITY, jurisdiction="Tre Xanh"))

    report = home()(new_list(["UBND THÀNH PHỐ ĐÀ NẴNG"], ["Mã số", "Tên"], ["1.000001", "Trả thẻ tre"]))

    assert (report.changed, store.get("1.000001").jurisdiction) == (1, "da-nang")


def test_an_export_takes_its_place_as_it_is(home, store, full, tmp_path):
    _put(store, full())
    path = tmp_path / "xuat.json"
    path.write_text(content_of(full(name="Cấp thẻ tre mới")), encoding="utf-8")

    assert _counts(home()(path)) == (1, 0, 1, 0, 0)
    assert store.get("1.000001").name == "Cấp thẻ tre mới"


@pytest.mark.parametrize("together", [False, True])
def test_an_export_of_shipped_records_comes_back_as_nothing_new(home, store, full, tmp_path, together):
    """As staff edits they would stand before every later record of the portal."""
    below = (full(layer=Layer.WRITTEN, papers=()), full(layer=Layer.FACTS, methods=()))
    _put(store, *below)
    path = tmp_path / "xuat.json"
    path.write_text(content_of(store.get("1.000001") if together else below[0]), encoding="utf-8")

    assert _counts(home()(path)) == (1, 0, 0, 1, 0)
    assert store.get("1.000001").layer is Layer.WRITTEN


def test_an_entry_that_says_something_new_becomes_a_staff_edit(home, store, full, tmp_path):
    _put(store, full(layer=Layer.WRITTEN))
    path = tmp_path / "xuat.json"
    path.write_text(content_of(full(layer=Layer.WRITTEN, name="Cấp thẻ tre mới")), encoding="utf-8")

    assert _counts(home()(path)) == (1, 1, 0, 0, 0)
    assert (store.get("1.000001").layer, store.get("1.000001").name) == (Layer.STAFF, "Cấp thẻ tre mới")


def test_portal_lines_come_in_as_before(home, store, portal_lines, portal_record):
    report = home()(portal_lines(portal_record(), "{broken", name="the-tre-2026-07-18.jsonl.gz"))

    assert (_counts(report), len(report.set_aside)) == ((2, 1, 0, 0, 0), 1)
    assert store.get("1.000001").sources[0].as_of == date(2026, 7, 18)


def test_a_file_that_fails_half_way_leaves_nothing(home, store, new_list):
    path = new_list(["Mã số", "Tên", "Cơ quan ban hành"], *([f"1.{n:06}", "Cấp thẻ tre", "Bộ Tre"] for n in range(9)))

    with pytest.raises(SourceError, match="more than 5 rows"):
        home(limits=Limits(rows=5))(path)

    assert store.hashes() == {}


def test_a_clock_that_runs_out_leaves_nothing(home, store, new_list):
    path = new_list(["Mã số", "Tên", "Cơ quan ban hành"], *([f"1.{n:06}", "Cấp thẻ tre", "Bộ Tre"] for n in range(9)))
    ticks = iter(range(0, 10_000, 20))

    with pytest.raises(SourceError, match="takes longer than 100 seconds"):
        home(limits=Limits(seconds=100), clock=lambda: next(ticks))(path)

    assert store.hashes() == {}


def test_files_without_a_procedure_are_told(home, store, tmp_path, new_list):
    entry = tmp_path / "the.yaml"
    entry.write_text('code: "1.000001"\nname: x\n', encoding="utf-8")

    for path, error, told in [
        (tmp_path / "none.pdf", SourceError, "cannot be read: No such file"),
        (tmp_path, SourceError, "cannot be read: Is a directory"),
        (new_list(["Mã số", "Tên"], ["X", "Cấp thẻ"]), SourceError, r"First problem: row 2: X Cấp thẻ\. What can be"),
        (entry, CatalogueError, r"the\.yaml:2: error: name: "),
    ]:
        with pytest.raises(error, match=told):
            home()(path)

    assert store.hashes() == {}


def test_comparing_writes_nothing_and_tells_what_the_layer_does_not_know(home, store, new_list, full):
    _put(store, full(layer=Layer.WRITTEN), full("1.000002"))
    before = store.hashes()
    rows = [["1.000001", "Cấp thẻ tre", "Bộ Tre"], ["1.000002", "Đổi thẻ", "Bộ Tre"]]

    comparison = home().compare(new_list(["Mã số", "Tên", "Cơ quan ban hành"], *rows))

    assert comparison.unknown == ("1.000001",)
    assert [(f.code, f.in_file) for f in comparison.findings if f.verdict is Verdict.DIFFERS] == [
        ("1.000002", "Đổi thẻ")
    ]
    assert store.hashes() == before


@pytest.fixture(scope="module")
def beside_the_portal(portal_home):
    """Compares files with the 5,665 records; nothing is written."""
    database = Database(f"sqlite:///{portal_home / 'tro-ly.db'}")
    yield Importer(database, TODAY)
    database.close()


def test_the_fourteen_pdfs_agree_with_the_portals_records(beside_the_portal, shared_data):
    """The exporter leaves out the names of steps (4 of 14), and prints «1 ngày» for a unit left open (1.004859)."""
    files = sorted((shared_data / "exports").glob("*.pdf"))
    comparisons = [beside_the_portal.compare(path) for path in files]

    counted = {
        agreement.field: tuple(agreement.counts.values())
        for agreement in agreements(finding for comparison in comparisons for finding in comparison.findings)
    }

    assert counted == {
        "name": (14, 0, 0, 0),
        "decision": (14, 0, 0, 0),
        "level": (14, 0, 0, 0),
        "field": (14, 0, 0, 0),
        "audience": (14, 0, 0, 0),
        "steps": (10, 4, 0, 0),
        "time limits": (13, 0, 0, 1),
        "methods": (14, 0, 0, 0),
        "papers": (14, 0, 0, 0),
        "fees": (10, 0, 4, 0),
        "legal basis": (14, 0, 0, 0),
        "conditions": (14, 0, 0, 0),
        "results": (14, 0, 0, 0),
    }
    assert [code for comparison in comparisons for code in comparison.unknown] == []


def test_real_lists_tell_what_changed_since(beside_the_portal, shared_data):
    """The lists are of June 2026 and April 2025, the records of July 2026."""
    told = {}
    for name in ("BoTuPhap", "BoXayDung"):
        comparison = beside_the_portal.compare(shared_data / "exports" / f"danh-sach-tthc-{name}.xlsx")
        differing = Counter(f.field for f in comparison.findings if f.verdict is Verdict.DIFFERS)
        told[name] = (len(comparison.unknown), dict(differing))

    assert told == {"BoTuPhap": (6, {"name": 8, "field": 17}), "BoXayDung": (14, {"name": 2})}
