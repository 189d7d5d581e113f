"""Places, life events and faults of records over real HTTP, for good input and bad."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import Assistant, build
from assistant.settings import Settings
from knowledge import quality
from knowledge.events import events
from knowledge.places import places
from knowledge.procedure import Agency, Level, Procedure, Source

BIRTH = "1.001193"
HAI_CHAU = {
    "code": "20242",
    "name": "phường Hải Châu",
    "was": "",
    "address": "Số 15 đường Lê Hồng Phong, phường Hải Châu",
    "other_address": "",
    "map": "https://www.google.com/maps/search/?api=1&query=16.06373,108.22247",
    "kilometres": None,
}


def short(unit: dict) -> dict:
    """A unit without its coordinates."""
    return {name: value for name, value in unit.items() if name not in ("latitude", "longitude")}


@pytest.fixture
def with_faults(copied_home) -> Assistant:
    """The shipped assistant with a made-up record that still names the district."""
    assistant = build(Settings.read({"TROLY_HOME": str(copied_home)}))
    source = Source(name="Cổng thử", url="https://example.vn/the-tre", as_of=date(2026, 7, 18))
    agency = Agency(receives="Ủy ban nhân dân cấp huyện")
    record = Procedure(code="1.900001", name="Cấp thẻ tre", levels=(Level.WARD,), agency=agency, sources=(source,))
    assistant.catalogue.store.write([record], source="made up", problems=(), read=1)
    return assistant


@pytest.fixture
def place(client):
    """What `/api/places` answers to a name."""
    return lambda q: client.get("/api/places", params={"q": q}).json()


def test_a_sure_name_gives_one_ward_with_its_office(place):
    found = place("phường Hải Châu")

    assert (found["reading"], found["said"], [short(unit) for unit in found["units"]]) == (
        "found",
        "phường Hải Châu",
        [HAI_CHAU],
    )


@pytest.mark.parametrize(
    "q", ["Thanh Bình cũ", "p. thanh binh, q. hai chau", "K123/45 Ông Ích Khiêm, phường Thanh Bình"]
)
def test_an_old_name_says_what_it_was(place, q):
    (unit,) = place(q)["units"]

    assert short(unit) == HAI_CHAU | {"was": "phường Thanh Bình"}


@pytest.mark.parametrize(
    ("q", "reading", "names"),
    [
        ("Hòa Liên cũ", "split", ["phường Hải Vân", "phường Liên Chiểu"]),
        ("p. HC", "short_form", ["phường Hải Châu", "phường Hòa Cường"]),
        ("quận Sơn Trà", "district", ["phường Sơn Trà", "phường An Hải"]),
        ("xã Tân Phú Trung", "unknown", []),
        ("xin chào", "unknown", []),
        ("'; DROP TABLE units; --", "unknown", []),
        ("\u0000\u202e🙂" + "x" * 200, "unknown", []),
    ],
)
def test_an_unsure_name_gives_all_it_may_be_and_never_a_guess(client, q, reading, names):
    answer = client.get("/api/places", params={"q": q})
    found = answer.json()

    assert (answer.status_code, found["reading"], [unit["name"] for unit in found["units"]]) == (200, reading, names)


def test_the_nearest_offices_come_nearest_first(client):
    here = places().units["20242"].office
    found = client.get(
        "/api/places/nearest", params={"latitude": here.latitude, "longitude": here.longitude, "k": 4}
    ).json()
    far = [unit["kilometres"] for unit in found]

    assert short(found[0]) == HAI_CHAU | {"kilometres": 0.0}
    assert len(found) == 4
    assert far == sorted(far)
    assert 0 < far[1] < 5


def test_all_offices_may_be_asked_for(client):
    found = client.get("/api/places/nearest", params={"latitude": 16, "longitude": 108, "k": 94}).json()

    assert {unit["code"] for unit in found} == set(places().units)


def test_the_life_events_are_told_with_their_steps(client):
    listed = client.get("/api/events").json()
    birth = client.get("/api/events/birth").json()

    assert [event["id"] for event in listed] == list(events())
    assert birth in listed
    assert [step["code"] for step in birth["steps"]] == [step.code for step in events()["birth"].steps]
    assert birth["steps"][0]["instead_of"][0] == "2.001023"
    assert birth["intro"]["en"]


def test_every_rule_is_told_with_its_remedy(client):
    rules = client.get("/api/quality/rules").json()

    assert [rule["id"] for rule in rules] == list(quality.rules())
    assert all(rule[part] for rule in rules for part in ("severity", "about", "explanation", "example", "fix"))
    assert {rule["severity"] for rule in rules} == {"error", "warning", "info"}


def test_what_is_wrong_in_a_record_is_told_with_its_caution(serve, new_client, with_faults):
    client = new_client(serve(with_faults))
    found = {fault["rule"]: fault for fault in client.get("/api/procedures/1.900001/findings").json()}

    assert found["agency_district"] == {
        "rule": "agency_district",
        "severity": "error",
        "detail": "Ủy ban nhân dân cấp huyện",
        "caution": quality.rules()["agency_district"].caution.model_dump(),
    }
    assert found["papers_missing"]["caution"] is None


def test_a_written_entry_has_no_fault_that_misleads(client):
    found = client.get(f"/api/procedures/{BIRTH}/findings").json()

    assert [fault for fault in found if fault["severity"] == "error"] == []
    assert client.get(f"/api/procedures/{BIRTH}.000.00.00.H17/findings").json() == found


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/places", 422, "invalid_request"),
        ("/api/places?q=", 422, "invalid_request"),
        ("/api/places?q=" + "x" * 301, 422, "invalid_request"),
        ("/api/places/nearest", 422, "invalid_request"),
        ("/api/places/nearest?latitude=91&longitude=108", 422, "invalid_request"),
        ("/api/places/nearest?latitude=16&longitude=181", 422, "invalid_request"),
        ("/api/places/nearest?latitude=nan&longitude=108", 422, "invalid_request"),
        ("/api/places/nearest?latitude=inf&longitude=108", 422, "invalid_request"),
        ("/api/places/nearest?latitude=bắc&longitude=108", 422, "invalid_request"),
        ("/api/places/nearest?latitude=16&longitude=108&k=0", 422, "invalid_request"),
        ("/api/places/nearest?latitude=16&longitude=108&k=95", 422, "invalid_request"),
        ("/api/events/khong-co", 404, "unknown_event"),
        ("/api/events/..%2Fbirth", 404, "not_found"),
        ("/api/procedures/9.999999/findings", 404, "no_such_procedure"),
        ("/api/procedures/khong-phai-ma/findings", 404, "no_such_procedure"),
        ("/api/quality/rules/khong-co", 404, "not_found"),
    ],
)
def test_what_cannot_be_used_is_told_in_both_languages(client, path, status, code):
    answer = client.get(path)
    told = answer.json()

    assert (answer.status_code, told["code"]) == (status, code)
    assert told["message"]
    assert told["message_en"]


@pytest.mark.parametrize("path", ["/api/places", "/api/events", "/api/quality/rules"])
def test_nothing_there_can_be_written(client, path):
    assert client.post(path, json={}).status_code == 405
