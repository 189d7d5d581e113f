"""`tro-ly` at a terminal: what it prints, what it leaves behind, and how it says that something is wrong."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from channels.command_line import app
from channels.commands.explain import SIGNS
from knowledge.events import events
from knowledge.features import FEATURES
from knowledge.shipped import shipped_facts
from knowledge.sources import written

BIRTH, MARRIAGE = "1.001193", "1.000894"
REPLAY_KEYS = ["id", "status", "procedures", "text", "citations", "facts", "choices", "report", "form", "ms"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The home that the first command makes and the others find."""
    return tmp_path_factory.mktemp("command-line") / "home"


@pytest.fixture
def tro_ly(home):
    """Runs a command in this process: `tro_ly("search", "khai sinh")`."""

    def run(*words: object, at: Path = home, **environment: str):
        return CliRunner().invoke(app, [str(word) for word in words], env={"TROLY_HOME": str(at), **environment})

    return run


@pytest.fixture
def lines(tmp_path):
    """Writes raw lines to a file."""

    def write(*raw: bytes | dict) -> Path:
        path = tmp_path / "in.jsonl"
        packed = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in raw)
        path.write_bytes(b"\n".join(packed) + b"\n")
        return path

    return write


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_ask_prints_one_replay_line_on_a_fresh_home(tro_ly_process, home):
    process = tro_ly_process("ask", "--json", "Làm giấy khai sinh cho con cần gì?", TROLY_HOME=home)
    out, err = process.communicate()
    line = json.loads(out)

    assert (process.returncode, out.count("\n"), err.strip()) == (0, 1, "")
    assert list(line) == REPLAY_KEYS
    assert (line["id"], line["status"], line["procedures"][0], line["choices"]) == ("ask", "answered", BIRTH, [])
    assert {tuple(citation) for citation in line["citations"]} == {("code", "section", "url")}
    assert line["facts"]["code"] == BIRTH
    assert (line["report"], line["form"]) == (None, None)


def test_ask_prints_the_answer_and_its_sources(tro_ly):
    done = tro_ly("ask", "Đăng ký kết hôn cần giấy tờ gì?")

    assert (done.exit_code, done.stderr.strip()) == (0, "")
    assert f"mã {MARRIAGE}" in done.stdout
    assert f"[1] Cổng Dịch vụ công quốc gia (mục biên soạn từ nguồn này), {MARRIAGE}, " in done.stdout


def test_ask_names_the_source_of_an_office_beside_the_record(tro_ly):
    done = tro_ly("ask", "Đăng ký kết hôn ở phường Hải Châu nộp ở đâu?")
    alone = tro_ly("ask", "trụ sở phường Hải Châu ở đâu")

    assert f"[2] Danh sách trụ sở xã, phường Đà Nẵng (7/2025), {MARRIAGE}, 2026-08-02: https://" in done.stdout
    assert "[1] Danh sách trụ sở xã, phường Đà Nẵng (7/2025), 2026-08-02: https://" in alone.stdout


def test_replay_answers_the_last_turn_of_each_line_and_reports_the_bad_ones(tro_ly, lines, tmp_path):
    source = lines(
        {"id": "a", "turns": ["Làm giấy khai sinh cho con cần gì?", "Lệ phí bao nhiêu?"]},
        b'{"id": "b", "turns": ',
        {"id": "c"},
        {"turns": ["Xin chào"]},
        {"id": "d", "turns": []},
        {"id": "e", "turns": [5]},
        b'{"id": "f", "turns": ["\xff"]}',
        b"[" * 100_000,
        b'{"id": ' + b"1" * 5_000 + b"}",
        b"",
        {"id": 12, "turns": ["đăng ký xe"], "channel": "hotline"},
        {"id": "half \ud800", "turns": ["\ud800"]},
    )
    out = tmp_path / "out.jsonl"

    done = tro_ly("replay", source, "--out", out)
    results = read(out)

    assert done.exit_code == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines() if "line" in line and "lines" not in line] == [
        f"in.jsonl, line {number}" for number in range(2, 10)
    ]
    assert "3 lines handled, 8 bad" in done.stderr
    assert [list(result) for result in results] == [REPLAY_KEYS] * 3
    assert [(r["id"], r["status"], r["procedures"][:1]) for r in results] == [
        ("a", "answered", [BIRTH]),
        (12, "clarification_procedure", results[1]["choices"][:1]),
        ("half \ud800", "clarification_empty", []),
    ]
    assert {citation["section"] for citation in results[0]["citations"]} == {"fee"}
    assert len(results[1]["choices"]) >= 2


def test_search_writes_the_hits_of_each_query(tro_ly, lines, tmp_path):
    source = lines({"id": 1, "query": "làm khai sinh cho con"}, {"id": 2, "query": ""}, {"id": 3})
    out = tmp_path / "out.jsonl"

    done = tro_ly("search", "--jsonl", source, "--out", out, "-k", 3)
    first, empty = read(out)

    assert (done.exit_code, "line 3" in done.stderr) == (1, True)
    assert list(first) == ["id", "hits", "confidence", "ms"]
    assert [list(hit) for hit in first["hits"]] == [["code", "score"]] * 3
    assert first["hits"][0]["code"] == BIRTH
    assert (empty["hits"], empty["confidence"]) == ([], 0.0)


def test_search_prints_hits_for_a_person(tro_ly):
    done = tro_ly("search", "làm khai sinh cho con", "-k", 2)

    assert done.exit_code == 0
    assert [line.split()[1] for line in done.stdout.splitlines()][:2][0] == BIRTH
    assert len(done.stdout.splitlines()) == 3


def test_search_explains_what_the_words_became_and_why_the_first_came_first(tro_ly):
    done = tro_ly("search", "--explain", "lam lai gks cho con bi mat", "-k", 2)
    told = done.stdout.splitlines()

    assert told[:3] == [
        "Đã gõ:      lam lai gks cho con bi mat",
        "Hiểu là:    lam lai giay khai sinh cho con bi mat",
        "Đem đi tìm: lam lai giay khai sinh cho con bi mat",
    ]
    assert told[3].startswith("Kết luận:   ")
    assert [line[:11] for line in told if line[:2] in ("1.", "2.")] == ["1. 1.004884", "2. 1.001193"]
    assert told[-1].startswith("Vì sao hơn việc thứ hai: ")


def test_every_sign_of_the_ranker_has_words_for_staff():
    assert set(SIGNS) == set(FEATURES)


@pytest.mark.parametrize("words", [("search",), ("search", "a", "--jsonl", "b"), ("search", "--jsonl", "b"), ("no",)])
def test_what_makes_no_command_is_explained(tro_ly, words):
    done = tro_ly(*words)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage: " in done.stderr


@pytest.mark.parametrize(
    ("source", "out", "told"),
    [
        ("none.jsonl", "out.jsonl", "No such file or directory"),
        ("in.jsonl", "none/out.jsonl", "No such file or directory"),
        ("in.jsonl", "in.jsonl", "the results would overwrite the questions"),
        ("in.jsonl", "/dev/full", "/dev/full: No space left on device"),
    ],
)
def test_results_that_cannot_be_written_are_told_in_a_line(tro_ly, lines, tmp_path, source, out, told):
    questions = lines({"id": 1, "turns": ["Xin chào"]})
    before = questions.read_bytes()

    done = tro_ly("replay", tmp_path / source, "--out", tmp_path / out)

    assert (done.exit_code, done.stdout, told in done.stderr) == (1, "", True)
    assert isinstance(done.exception, SystemExit)
    assert questions.read_bytes() == before


def test_the_shipped_catalogue_has_no_fault(tro_ly):
    done = tro_ly("catalogue", "check")

    entries, bare, lives = len(written.files()), len(list(shipped_facts())), len(events())
    last = done.stdout.splitlines()[-1]

    assert done.exit_code == 0
    assert re.fullmatch(
        rf"{entries} entries, {bare} facts records \([\d,]+ bytes\), {lives} life events, 0 errors, "
        r"0 pieces of advice",
        last,
    )
    assert re.search(r"^\d+ rules, \d+ of them found nothing$", done.stdout, re.MULTILINE)
    assert re.search(rf"^plain_name +{entries} +{entries} +100% *$", done.stdout, re.MULTILINE)


def test_an_import_is_counted_and_a_second_one_changes_nothing(tro_ly, portal_lines, portal_record, tmp_path):
    file = portal_lines(portal_record(), portal_record("1.900002", "Cấp thẻ nứa"), b"no record", name="tre.jsonl.gz")
    problems = tmp_path / "problems.csv"

    first = tro_ly("catalogue", "import", file, "--as-of", "2026-07-18", "--problems", problems)
    second = tro_ly("catalogue", "import", file, "--as-of", "2026-07-18")
    rows = list(csv.reader(problems.read_text(encoding="utf-8-sig").splitlines()))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "tre.jsonl.gz: 3 records read; 2 added, 0 changed, 0 unchanged, 1 set aside" in first.stdout
    assert "3 records read; 0 added, 0 changed, 2 unchanged, 1 set aside" in second.stdout
    assert "set aside: line 3: line_unreadable: not JSON" in first.stdout
    assert rows[0] == ["record", "field", "kind", "detail"]
    assert ["line 3", "line", "line_unreadable"] in [row[:3] for row in rows]


def test_a_file_cut_short_is_kept_as_far_as_it_goes(tro_ly, portal_lines, portal_record):
    records = [portal_record(f"1.91{number:04}", f"Cấp thẻ tre hạng {number}") for number in range(500)]
    file = portal_lines(*records, name="cut.jsonl.gz")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    done = tro_ly("catalogue", "import", file)
    added = int(done.stdout.split(" added")[0].split()[-1])

    assert done.exit_code == 1
    assert 0 < added < 500
    assert "cut.jsonl.gz ends before its end: what came before was kept" in done.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file or directory"),
        (b"", "holds no procedure that can be read"),
        (bytes(range(256)) * 40, "holds no procedure that can be read"),
        (b"\x1f\x8b" + b"garbage" * 40, "holds no procedure that can be read"),
        (b"[" * 100_000, "holds no procedure that can be read"),
        (b'{"detail": {"code": "[/x] \\ud800"}}', "holds no procedure that can be read"),
    ],
    ids=["missing", "empty", "bytes", "no gzip", "deep", "no code"],
)
def test_a_file_that_is_no_catalogue_is_told_in_a_line(tro_ly, tmp_path, content, told):
    file = tmp_path / "odd.jsonl"
    if content is not None:
        file.write_bytes(content)

    done = tro_ly("catalogue", "import", file)

    assert (done.exit_code, done.stdout, told in done.stderr) == (1, "", True)
    assert isinstance(done.exception, SystemExit)


def test_problems_that_cannot_be_written_are_told_in_a_line(tro_ly, portal_lines, portal_record, tmp_path):
    done = tro_ly("catalogue", "import", portal_lines(portal_record()), "--problems", tmp_path / "none" / "p.csv")

    assert (done.exit_code, "p.csv cannot be written: No such file" in done.stderr) == (1, True)
    assert isinstance(done.exception, SystemExit)


def test_an_index_that_is_up_to_date_is_not_built_again(tro_ly, copied_home, portal_lines, portal_record):
    count = len(written.files()) + len(list(shipped_facts()))
    first, second = (tro_ly("index", "build", at=copied_home).stdout for _ in range(2))
    tro_ly("catalogue", "import", portal_lines(portal_record()), at=copied_home)
    third = tro_ly("index", "build", at=copied_home).stdout

    assert first.startswith(f"{count} procedures")
    assert ", 0 read anew, 0 removed" in first.replace(";", ",")
    assert second.split("build ")[1] == first.split("build ")[1]
    assert " 1 read anew, 0 removed" in third
    assert third.startswith(f"{count + 1} procedures")


def test_the_doctor_finds_a_sound_home_sound(tro_ly):
    done = tro_ly("doctor")

    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["ok", name] for name in ("python", "folder", "database", "embedder", "index")
    ]
    assert done.exit_code == 0


def test_every_command_explains_itself(tro_ly):
    def commands(command, path=()):
        yield path
        for name, inner in getattr(command, "commands", {}).items():
            yield from commands(inner, (*path, name))

    helps = {path: tro_ly(*path, "--help") for path in commands(typer.main.get_command(app))}

    assert len(helps) >= 15
    assert {done.exit_code for done in helps.values()} == {0}
    assert all("Usage: " in done.stdout and done.stdout.count("\n") > 5 for done in helps.values())


COMMANDS = ("ask x", "search x", "index build", "catalogue import x", "db migrate", "eval retrieval", "doctor", "serve")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_home_that_cannot_be_is_told_with_its_remedy(tro_ly, tmp_path, command):
    """A file stands in its place, with letters that a console might take for markup."""
    (tmp_path / "[red]").write_text("")

    done = tro_ly(*command.split(), at=tmp_path / "[red]")
    told = done.stdout + done.stderr

    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert f"{tmp_path}/[red]: [Errno 17] File exists" in told
    assert "To mend it: set TROLY_HOME to a folder" in told


@pytest.mark.parametrize(
    "library", ["chromadb", "langchain_core", "langgraph", "bm25s", "torch", "lightgbm", "telegram.ext"]
)
def test_to_show_its_help_it_loads_no_heavy_library(library):
    script = f"import sys, channels.command_line; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
