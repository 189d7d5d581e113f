"""Versions in layers, the same in SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select

from knowledge.database import Database, newest_revision
from knowledge.errors import StorageError, UnknownProcedure
from knowledge.procedure import Layer, Text
from knowledge.sources.reading import Problem, ProblemKind
from knowledge.store import Import, ProcedureVersion

TABLES = {"procedure_versions", "imports", "import_problems", "marks", "conversations", "turns", "feedback"}


@pytest.fixture
def write(any_store):
    """Writes procedures and gives what the import says of itself."""

    def write(*procedures, problems=()):
        done = any_store.write(procedures, source="thử", problems=problems, read=len(procedures))
        return done.added, done.changed, done.unchanged, done.set_aside

    return write


def _told(procedure):
    """The procedure as it is read: its source marked with the layer that told it."""
    (source,) = procedure.sources
    return procedure.model_copy(update={"sources": (source.model_copy(update={"layer": procedure.layer}),)})


def _versions(database):
    """Every version ever: (code, layer, version, state, name), oldest first."""
    row = ProcedureVersion
    columns = (row.code, row.layer, row.version, row.state, row.name)
    with database.session() as session:
        return [tuple(found) for found in session.execute(select(*columns).order_by(row.id))]


def test_a_fresh_database_gets_its_tables_and_keeps_them(database, any_store, made):
    any_store.write([made()], source="thử", problems=(), read=1)
    database.migrate()

    assert database.revision() == newest_revision()
    assert set(inspect(database.engine).get_table_names()) >= TABLES
    assert any_store.get("1.000001") == _told(made())


def test_an_empty_database_has_no_revision(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")

    assert database.revision() is None


def test_what_is_written_is_read_back_whole(any_store, write, made):
    procedure = made(summary=Text(vi="Thẻ cho người trồng tre", en="A card"), synonyms=("thẻ tre", "thẻ «trúc» 🎋"))

    assert write(procedure) == (1, 0, 0, 0)
    assert any_store.get("1.000001") == _told(procedure)


def test_an_unchanged_procedure_is_left_untouched(database, write, made):
    write(made("1.000001"), made("1.000002"))
    before = _versions(database)

    assert write(made("1.000002"), made("1.000001")) == (0, 0, 2, 0)
    assert _versions(database) == before


def test_a_changed_procedure_gets_a_new_version_and_the_old_is_kept(database, any_store, write, made):
    write(made(name="Cấp thẻ tre"), made("1.000002"))

    assert write(made(name="Cấp thẻ tre mới"), made("1.000002")) == (0, 1, 1, 0)
    assert _versions(database) == [
        ("1.000001", "written", 1, "archived", "Cấp thẻ tre"),
        ("1.000002", "written", 1, "live", "Cấp thẻ tre"),
        ("1.000001", "written", 2, "live", "Cấp thẻ tre mới"),
    ]
    assert any_store.get("1.000001") == _told(made(name="Cấp thẻ tre mới", version=2))


def test_layers_have_versions_of_their_own_and_are_read_as_one(database, any_store, write, made):
    write(made(name="Làm thẻ", layer=Layer.FACTS, decision="9/QĐ-TRE"))
    write(made(name="Cấp thẻ tre", layer=Layer.STAFF))

    assert [version[:4] for version in _versions(database)] == [
        ("1.000001", "facts", 1, "live"),
        ("1.000001", "staff", 1, "live"),
    ]
    assert any_store.get("1.000001") == _told(made(name="Cấp thẻ tre", layer=Layer.STAFF, decision="9/QĐ-TRE"))


def test_a_replaced_layer_archives_what_it_no_longer_holds(database, any_store, made):
    any_store.write([made("1.000001", layer=Layer.CITY)], source="thử", problems=(), read=1)
    any_store.replace_layer(Layer.WRITTEN, [made("1.000001"), made("1.000002")], source="thử")
    any_store.replace_layer(Layer.WRITTEN, [made("1.000002")], source="thử")

    assert [version[:4] for version in _versions(database)] == [
        ("1.000001", "city", 1, "live"),
        ("1.000001", "written", 1, "archived"),
        ("1.000002", "written", 1, "live"),
    ]


def test_a_procedure_that_comes_back_goes_on_counting(database, any_store, made):
    for entries in ([made()], [], [made(name="Cấp thẻ tre mới")]):
        any_store.replace_layer(Layer.WRITTEN, entries, source="thử")

    assert [version[2:4] for version in _versions(database)] == [(1, "archived"), (2, "live")]


def test_an_import_that_breaks_off_leaves_nothing(database, any_store, made):
    """All or none: what was read before the failure is not kept either."""

    def breaking_off():
        yield made("1.000001")
        yield made("1.000002")
        raise OSError("cable pulled")

    with pytest.raises(OSError, match="cable pulled"):
        any_store.write(breaking_off(), source="thử", problems=(), read=2)

    assert _versions(database) == []
    with database.session() as session:
        assert session.scalars(select(Import)).all() == []


def test_a_refused_row_rolls_back_the_whole_import(database, any_store, made):
    any_store.write([made("1.000001")], source="thử", problems=(), read=1)
    lonely = Problem("1.000002", None, ProblemKind.FIELD_MISSING)

    with pytest.raises(StorageError, match="To mend it: "):
        any_store.write([made("1.000001", name="Thẻ mới")], source="thử", problems=[lonely], read=1)

    assert _versions(database) == [("1.000001", "written", 1, "live", "Cấp thẻ tre")]


def test_problems_are_kept_with_their_import(any_store, made):
    problems = [
        Problem("1.000001", "fees", ProblemKind.FEE_DOUBTFUL, "70: thẻ"),
        Problem("line 7", "line", ProblemKind.LINE_UNREADABLE, "not JSON"),
    ]
    first = any_store.write([made()], source="thử", problems=problems, read=2)
    second = any_store.write([made()], source="thử", problems=(), read=1)

    kept = [(p.record, p.field, p.kind, p.detail) for p in any_store.problems(first.id)]

    assert kept == [(p.record, p.field, p.kind, p.detail) for p in problems]
    assert (first.read, first.set_aside) == (2, 1)
    assert any_store.problems(second.id) == []


def test_damaged_text_in_a_problem_is_kept_as_far_as_a_database_can(any_store, made):
    problem = Problem("x\x00" + "9" * 80, "code", ProblemKind.CODE_UNREADABLE, "thẻ\x00 \ud800tre")
    done = any_store.write([made()], source="thử", problems=[problem], read=2)

    assert [(p.record, p.detail) for p in any_store.problems(done.id)] == [("x" + "9" * 63, "thẻ ?tre")]


def test_an_unknown_code_is_told(any_store, write, made):
    write(made("1.000001"))

    with pytest.raises(UnknownProcedure, match=r"1\.000002"):
        any_store.get("1.000002")
    assert list(any_store.many(["1.000002", "1.000001"])) == ["1.000001"]


def test_procedures_come_in_order_of_code_however_many(any_store, write, made):
    """More than one batch: the database is asked for 500 at a time."""
    codes = [f"1.{number:06}" for number in range(1, 1_102)]
    write(*(made(code) for code in reversed(codes)))

    assert [procedure.code for procedure in any_store.iterate()] == codes


def test_a_digest_changes_with_any_layer_of_its_code_alone(any_store, write, made):
    write(made("1.000001"), made("1.000002"))
    before = any_store.hashes()
    write(made("1.000001", layer=Layer.CITY))
    after = any_store.hashes()

    assert before.keys() == after.keys() == {"1.000001", "1.000002"}
    assert before["1.000001"] != after["1.000001"]
    assert before["1.000002"] == after["1.000002"]


def test_foreign_codes_are_those_that_only_another_province_tells(any_store, write, made):
    elsewhere = {"jurisdiction": "Quảng Tre", "layer": Layer.CITY}
    write(
        made("1.000001", **elsewhere),
        made("1.000002", **elsewhere),
        made("1.000002"),
        made("1.000003", jurisdiction="da-nang", layer=Layer.CITY),
    )

    assert any_store.foreign_codes() == {"1.000001"}
    assert any_store.listing(0, 10) == (2, [("1.000002", "Cấp thẻ tre"), ("1.000003", "Cấp thẻ tre")])


def test_a_listing_is_turned_page_by_page(any_store, write, made):
    write(*(made(f"1.00000{n}", f"Thẻ số {n}") for n in range(1, 6)))

    assert any_store.listing(2, 2) == (5, [("1.000003", "Thẻ số 3"), ("1.000004", "Thẻ số 4")])
    assert any_store.listing(10, 2) == (5, [])


def test_marks_are_remembered(any_store):
    assert any_store.mark("thử") == ""

    any_store.set_mark("thử", "một")
    any_store.set_mark("thử", "hai")

    assert any_store.mark("thử") == "hai"
