"""Da Nang's spelling of a code finds the national procedure, and the city's own record is told before it, field by field."""

from __future__ import annotations

import json
import shutil
from datetime import date

import httpx
import pytest
from typer.testing import CliRunner

from assistant.assistant import build, prepare
from assistant.settings import Settings
from channels.command_line import app
from knowledge.export_jsonld import MEDIA_TYPE
from knowledge.procedure import (
    Channel,
    Fee,
    FeeStatus,
    Layer,
    Method,
    Paper,
    Procedure,
    Source,
    Text,
    TimeLimit,
    TimeUnit,
)

CODE = "1.900001"
SPELLINGS = [CODE, f"{CODE}.H17", f"{CODE}.000.00.00.H17", f"{CODE}.h17", f" {CODE}.H17 "]
AS_OF = date(2026, 7, 18)


def _procedures():
    fee = Fee(status=FeeStatus.EXACT, amount=70_000)
    national = Procedure(
        code=CODE,
        name="Cấp thẻ tre",
        papers=(Paper(name=Text(vi="Tờ khai trồng tre"), originals=1),),
        methods=(Method(channels=(Channel.DIRECT,), fees=(fee,), time_limits=(_days(9),)),),
        sources=(Source(name="Cổng quốc gia thử", url="https://example.vn/quoc-gia", as_of=AS_OF),),
    )
    city = Procedure(
        code=CODE,
        local_unit="H17",
        name="Cấp thẻ tre tại Đà Nẵng",
        methods=(Method(channels=(Channel.DIRECT,), time_limits=(_days(4),)),),
        sources=(Source(name="Cổng Đà Nẵng thử", url="https://example.vn/da-nang", as_of=AS_OF),),
        jurisdiction="da-nang",
        layer=Layer.CITY,
    )
    return national, city


def _days(count):
    return TimeLimit(quantity=count, unit=TimeUnit.WORKING_DAY)


@pytest.fixture(scope="module")
def local_home(shipped, shipped_home, tmp_path_factory):
    """A home where a national and a city record tell the same procedure."""
    home = tmp_path_factory.mktemp("local") / "home"
    shutil.copytree(shipped_home, home)
    database, store = prepare(Settings.read({"TROLY_HOME": str(home)}))
    store.write(_procedures(), source="made up", problems=(), read=2)
    database.close()
    return home


@pytest.fixture(scope="module")
def local(serve, local_home):
    """A client of an assistant over that home."""
    assistant = build(Settings.read({"TROLY_HOME": str(local_home)}))
    with httpx.Client(base_url=serve(assistant), timeout=30, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_reaches_the_procedure(local, spelling):
    response = local.get(f"/api/procedures/{spelling}")

    assert (response.status_code, response.json()["code"]) == (200, CODE)


def test_the_citys_record_is_told_before_the_national_one_field_by_field(local):
    told = local.get(f"/api/procedures/{CODE}.H17").json()

    assert (told["name"], told["local_unit"], told["layer"]) == ("Cấp thẻ tre tại Đà Nẵng", "H17", "city")
    assert told["methods"][0]["time_limits"][0]["quantity"] == 4
    assert told["methods"][0]["fees"][0]["amount"] == 70_000
    assert [paper["name"]["vi"] for paper in told["papers"]] == ["Tờ khai trồng tre"]
    assert [(source["name"], source["layer"]) for source in told["sources"]] == [
        ("Cổng Đà Nẵng thử", "city"), ("Cổng quốc gia thử", "national"),
    ]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS[:4])
def test_a_question_with_such_a_code_is_answered_from_both_records(local, spelling):
    answer = local.post("/api/chat", json={"text": f"Thủ tục {spelling} lệ phí bao nhiêu, mất mấy ngày?"}).json()[
        "answer"
    ]

    words = json.dumps(answer, ensure_ascii=False)
    assert (answer["status"], answer["procedures"][0]) == ("answered", CODE)
    assert "70.000 đồng" in words
    assert "4 ngày làm việc" in words
    assert "9 ngày" not in words


@pytest.mark.parametrize("spelling", SPELLINGS[:4])
def test_search_finds_it(local, spelling):
    found = local.get("/api/search", params={"q": spelling}).json()

    assert ([hit["code"] for hit in found["hits"]], found["confidence"]) == ([CODE], 1.0)


def test_ask_finds_it_at_a_terminal(local_home, local):
    done = CliRunner().invoke(
        app, ["ask", "--json", f"{CODE}.H17 cần giấy tờ gì?"], env={"TROLY_HOME": str(local_home)}
    )

    assert json.loads(done.stdout)["procedures"][:1] == [CODE]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_it_is_given_as_linked_data(local, spelling):
    response = local.get(f"/api/procedures/{spelling}.jsonld")
    told = response.json()

    assert (response.status_code, response.headers["content-type"]) == (200, MEDIA_TYPE)
    assert (told["@type"], told["identifier"], told["offers"][0]["price"]) == (
        ["GovernmentService", "cpsv:PublicService"], CODE, 70_000,
    )  # fmt: skip


@pytest.mark.parametrize("code", ["1.999999", "1.900001.H17.jsonld", "thẻ", "1.9000011"])
def test_what_is_no_procedure_is_told(local, code):
    response = local.get(f"/api/procedures/{code}.jsonld")

    assert (response.status_code, response.json()["code"]) == (404, "no_such_procedure")
