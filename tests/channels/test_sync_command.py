"""`tro-ly catalogue sync` and `export` at a terminal: what they print, and what they leave."""

from __future__ import annotations

import csv
import json
import os
import signal
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from assistant.assistant import prepare
from assistant.settings import Settings
from channels.command_line import app
from knowledge.sources.portal_sync import DETAIL, LIST
from tests.knowledge import portal_server as portals
from tests.knowledge.portal_server import PortalServer, record, records


@pytest.fixture
def portal(monkeypatch):
    """A portal of five made-up records."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = PortalServer(records(5), page_size=2)
    yield server
    server.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with the shipped catalogue, made once."""
    folder = tmp_path_factory.mktemp("sync") / "home"
    database, _ = prepare(Settings.read({"TROLY_HOME": str(folder)}))
    database.close()
    return folder


@pytest.fixture
def tro_ly(home, tmp_path, portal):
    """Runs `tro-ly catalogue …` over a database of this test's own."""
    own = tmp_path / "home"
    own.mkdir()
    (own / "tro-ly.db").write_bytes((home / "tro-ly.db").read_bytes())

    def run(*words, url=portal.url):
        environment = {"TROLY_HOME": str(own), "TROLY_PORTAL_URL": url, "TROLY_PORTAL_REQUESTS_A_SECOND": "100000"}
        return CliRunner().invoke(app, ["catalogue", *map(str, words)], env=environment)

    return run


def told(done):
    """What was printed, without how long it took."""
    lines = done.stdout.strip().splitlines()
    return [line.rpartition(",")[0] if line.endswith(" seconds") else line.rstrip() for line in lines]


def test_a_sync_prints_what_it_did(portal, tro_ly):
    portal.records += [record("QLKTN001", "Cấp thẻ trúc", id="cave")]
    first = tro_ly("sync")
    second = tro_ly("sync")
    portal.remove("1.900001")
    portal.change("1.900002", name="Cấp thẻ trúc")
    third = tro_ly("sync")

    assert (first.exit_code, told(first)) == (0, [
        f"{portal.name}: 3 pages, 6 records listed, 6 fetched",
        "5 added, 0 changed, 0 unchanged, 1 set aside; 0 vanished, 0 returned",
        "9 requests, 0 retries",
        "not read as it stands: papers_missing: 5 times",
        "not read as it stands: agency_missing: 5 times",
        "not read as it stands: field_missing: 5 times",
        "set aside: QLKTN001: code_unreadable: Cấp thẻ trúc",
        "Run `tro-ly index build` to make the changes searchable.",
    ])  # fmt: skip
    assert (second.exit_code, told(second)) == (0, [
        f"{portal.name}: 3 pages, 6 records listed, 0 fetched",
        "0 added, 0 changed, 5 unchanged, 1 set aside; 0 vanished, 0 returned",
        "3 requests, 0 retries",
        "set aside: QLKTN001: code_unreadable: Cấp thẻ trúc",
    ])  # fmt: skip
    assert told(third)[:3] == [
        f"{portal.name}: 3 pages, 5 records listed, 1 fetched",
        "0 added, 1 changed, 3 unchanged, 1 set aside; 1 vanished, 0 returned",
        "4 requests, 0 retries",
    ]


def test_what_is_gone_can_be_listed_without_asking_the_portal(portal, tro_ly):
    tro_ly("sync")
    portal.remove("1.900001", "1.900002")
    tro_ly("sync")
    portal.behave()

    done = tro_ly("sync", "--vanished", url="")

    days = {line.split()[0] for line in told(done)[:-1]}
    assert [line.removeprefix(line.split()[0]).split(" (last seen")[0] for line in told(done)[:-1]] == [
        "  1.900001  Cấp thẻ tre số 1",
        "  1.900002  Cấp thẻ tre số 2",
    ]
    assert (told(done)[-1], len(days), portal.asked.total()) == ("2 records are gone from the portal", 1, 0)


def test_a_bad_portal_is_told_after_the_counts_and_the_next_run_goes_on(portal, tro_ly):
    portal.misbehave(LIST, portals.page(), at=2)
    stopped = tro_ly("sync")
    portal.behave()
    whole = tro_ly("sync")

    assert (stopped.exit_code, told(stopped)[:2]) == (1, [
        f"{portal.name}: 1 pages, 2 records listed, 2 fetched",
        "2 added, 0 changed, 0 unchanged, 0 set aside; 0 vanished, 0 returned",
    ])  # fmt: skip
    assert stopped.stderr.strip().startswith(f"stopped: {portal.name} answers with a web page instead of data")
    assert (whole.exit_code, told(whole)[0]) == (
        0, f"{portal.name}: 3 pages, 5 records listed, 5 fetched (an earlier run gone on with)",
    )  # fmt: skip


@pytest.fixture
def keyboard() -> Iterator[None]:
    """Ctrl-C as at a terminal: a shell that starts the tests in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("keyboard")
def test_ctrl_c_keeps_what_was_read(portal, tro_ly):
    """The key is pressed while the second page is on its way."""
    portal.misbehave(LIST, lambda _: os.kill(os.getpid(), signal.SIGINT), at=2)
    done = tro_ly("sync")
    portal.behave()

    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr.strip() == "Interrupted. What was read is kept; run it again to go on from there."
    assert told(tro_ly("sync"))[0].endswith("3 pages, 5 records listed, 5 fetched (an earlier run gone on with)")


def test_an_undated_list_asks_for_a_full_run_now_and_then(portal, tro_ly):
    portal.dated = False
    tro_ly("sync")

    assert told(tro_ly("sync"))[-1] == "The list does not say when records changed: now and then, run it with --full."
    assert told(tro_ly("sync", "--full"))[0].endswith("5 records listed, 5 fetched")


def test_blank_forms_are_saved_only_when_asked_for(portal, tro_ly, tmp_path):
    papers = [{"name": "Tờ khai", "originalQty": 1, "attachments": [
        {"id": "f1", "fileName": "../../Tờ khai.docx"}, {"id": "f2", "fileName": "mất.docx"},
    ]}]  # fmt: skip
    portal.records = [record("1.900001", executionCases=[{"name": "", "profileComponents": papers}])]
    portal.blanks = {"f1": b"PK\x03\x04 form"}
    folder = tmp_path / "forms"

    first, asked = tro_ly("sync"), portal.asked.total()
    second = tro_ly("sync", "--forms", folder)
    third = tro_ly("sync", "--forms", folder)

    assert (asked, "blank" in first.stdout) == (2, False)
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.docx")] == [
        "1.900001/f1-.._.._Tờ khai.docx"
    ]
    assert told(second)[-2:] == [
        "1 blank forms saved, 0 there already, 1 not given",
        "not given: 1.900001: mất.docx: the portal does not give the file f2",
    ]
    assert told(third)[-2] == "0 blank forms saved, 1 there already, 1 not given"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "error: No portal is set: give --url, or set TROLY_PORTAL_URL to its address."),
        ("portal", "error: «portal» is no address of a portal: give one such as https://portal.example.vn"),
    ],
)
def test_a_portal_that_is_not_named_is_asked_for(tro_ly, url, message):
    done = tro_ly("sync", url=url)

    assert (done.exit_code, done.stderr.strip(), done.stdout) == (1, message, "")


def test_a_portal_named_on_the_command_line_comes_first(portal, tro_ly):
    assert tro_ly("sync", "--url", portal.url, url="http://127.0.0.1:1").exit_code == 0
    assert portal.asked[LIST] == 3


def test_one_body_alone_can_be_asked_for_and_the_others_are_named(portal, tro_ly):
    portal.departments = [{"id": "a", "code": "G99", "name": "Bộ Tre"}]
    portal.records.append(record("1.900009", departmentPromulgateCode="G98"))

    one = tro_ly("sync", "--department", "G98")
    none = tro_ly("sync", "--department", "G97")

    assert (one.exit_code, told(one)[0]) == (0, f"{portal.name}: 1 pages, 1 records listed, 1 fetched")
    assert none.stderr.strip() == "The portal lists nothing published by G97. The bodies it names:\n  G99  Bộ Tre"


def test_what_was_synced_is_exported_in_every_form(portal, tro_ly, tmp_path):
    tro_ly("sync")
    codes = "1.900001.H17,1.900002"
    done = {
        form: tro_ly(
            "export", "--format", form, "--codes", codes, "--layer", "national", "--out", tmp_path / f"x.{form}"
        )
        for form in ("json", "jsonld", "csv", "xlsx", "yaml")
    }

    assert {(one.exit_code, one.stdout.strip()) for one in done.values()} == {
        (0, f"2 procedures written to {tmp_path / f'x.{form}'}") for form in done
    }
    told_json = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert [one["code"] for one in told_json["procedures"]] == ["1.900001", "1.900002"]
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["Cấp thẻ tre số 1", "Cấp thẻ tre số 2"]
    assert len(json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))["@graph"]) == 3
    assert len(list((tmp_path / "x.yaml").iterdir())) == 2


def test_codes_that_are_none_are_told(tro_ly, tmp_path):
    done = tro_ly("export", "--codes", "1.900001", "--out", tmp_path / "x.json")

    assert (done.exit_code, done.stderr.strip()) == (
        1, "error: No procedure has the code 1.900001. Leave it out, or check it.",
    )  # fmt: skip
    assert not (tmp_path / "x.json").exists()


def test_records_are_asked_for_one_by_one(portal, tro_ly):
    """No record is fetched twice, whatever the list says."""
    tro_ly("sync")

    assert portal.asked_details() == [f"id-1.90000{n}" for n in range(1, 6)]
    assert portal.asked[DETAIL] == 5
