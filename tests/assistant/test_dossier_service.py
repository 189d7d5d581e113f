"""The look-up over real HTTP: what a good service tells, and what is left of a bad one."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import date

import httpx
import pytest

from assistant.dossier import Dossier, DossierUnreachable
from assistant.dossier_service import DossierService, DossierSettings, Patience, Timing, build
from assistant.errors import AssistantError, SettingError
from tests.dossier_server import KEY, USER, DossierServer, cut, data, dossier, silence, status

CODE = "000.00.00.H17-260718-0001"
SHORT = "H17-260718-0001"
FOUND = Dossier(
    code=CODE,
    procedure="Cấp thẻ tre",
    status="Đang xử lý",
    agency="UBND phường Tre",
    applicant="N*** V** T**",
    received=date(2026, 7, 18),
    due=date(2026, 7, 25),
)


@dataclass
class Clock:
    """Time that passes only when somebody sleeps."""

    now: float = 0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds

    @property
    def timing(self) -> Timing:
        """The timing that follows this clock."""
        return Timing(clock=lambda: self.now, sleep=self.sleep, chance=lambda: 0.5)


@pytest.fixture
def server(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = DossierServer([dossier(CODE), dossier("000.00.00.H17-260718-0002", "Trần Thị Trúc")])
    yield server
    server.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def new_service(server, clock):
    made = []

    def new(key: str = KEY, url: str = "", **patience: float) -> DossierService:
        settings = DossierSettings(url or server.url, USER, key)
        made.append(DossierService(settings, Patience(**patience), clock.timing))
        return made[-1]

    yield new
    for service in made:
        service.close()


@pytest.fixture
def service(new_service):
    return new_service()


def test_a_dossier_is_told_without_who_filed_it(service, server):
    assert service.find(CODE) == FOUND
    assert server.asked == [CODE]


def test_a_code_nobody_has_is_no_dossier(service):
    assert service.find("000.00.00.H17-260718-9999") is None


def test_a_short_code_finds_the_one_dossier_it_fits(service):
    assert service.find(SHORT) == FOUND


def test_a_token_is_kept_for_twenty_three_hours(service, server, clock):
    service.find(CODE)
    clock.now = 23 * 3600 - 1
    service.find(CODE)
    before = server.tokens
    clock.now = 23 * 3600
    service.find(CODE)

    assert (before, server.tokens, server.refused) == (1, 2, 0)


def test_a_refused_token_is_fetched_anew(service, server, clock):
    service.find(CODE)
    server.expire()

    assert service.find(CODE) == FOUND
    assert (server.tokens, server.refused, clock.slept) == (3, 1, [])


def test_a_service_that_refuses_every_token_is_not_asked_for_ever(service, server):
    server.script = [status(401), status(401)]

    with pytest.raises(DossierUnreachable, match=r"^127\.0\.0\.1 does not let us in\. Check TROLY_DOSSIER_USER"):
        service.find(CODE)
    assert server.tokens == 2


def test_a_wrong_key_is_told_without_the_key(new_service, server):
    service = new_service(key="tre-khô")

    with pytest.raises(DossierUnreachable, match="does not let us in") as told:
        service.find(CODE)
    assert "tre-khô" not in f"{told.value}{told.value.__cause__!r}{DossierSettings('http://x', USER, 'tre-khô')}"
    assert server.asked == []


@pytest.mark.parametrize("fault", [status(500), status(503), status(429), cut, data(b'{"HoSo": ['), data(b"<html>")])
def test_a_fault_that_passes_is_not_noticed(service, server, clock, fault):
    server.script = [fault, fault]

    assert service.find(CODE) == FOUND
    assert (server.asked, clock.slept) == ([CODE] * 3, [0.5, 1.0])


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (status(500), "answers with status 500"),
        (cut, "cannot be reached, or cuts its answer off"),
        (data(b"Nguyen Van Tre"), "answers with 14 bytes that are no JSON"),
    ],
)
def test_after_three_attempts_the_service_counts_as_unreachable(service, server, fault, told):
    server.script = [fault] * 9

    with pytest.raises(DossierUnreachable) as unreachable:
        service.find(CODE)
    assert str(unreachable.value) == f"127.0.0.1 {told}. Check TROLY_DOSSIER_URL and the line."
    assert server.asked == [CODE] * 3
    assert isinstance(unreachable.value, AssistantError)


@pytest.mark.parametrize("fault", [status(403), status(404), status(302), data({"error": "x"}), data([1]), data("x")])
def test_what_will_not_pass_is_asked_once(service, server, clock, fault):
    server.script = [fault]

    with pytest.raises(DossierUnreachable):
        service.find(CODE)
    assert (server.asked, clock.slept) == ([CODE], [])


def test_a_slow_service_is_not_waited_for(new_service, server):
    service = new_service(timeout=0.05)
    server.script = [silence(server)] * 3

    with pytest.raises(DossierUnreachable, match=r"does not answer within 0\.05 seconds"):
        service.find(CODE)
    assert server.asked == [CODE] * 3


def test_no_attempt_begins_that_cannot_end_in_time(new_service, server):
    service = new_service(whole=1.2)
    server.script = [status(500)] * 3

    with pytest.raises(DossierUnreachable, match="answers with status 500"):
        service.find(CODE)
    assert server.asked == [CODE] * 2


def test_too_long_an_answer_is_not_read_to_its_end(service, server):
    server.script = [data({"HoSo": [dossier(CODE, TenTTHC="x" * 2**20)]})]

    with pytest.raises(DossierUnreachable, match="sends more than 1048576 bytes"):
        service.find(CODE)


def test_a_token_that_is_none_is_asked_for_again(service, server):
    server.token_script = [data({"token": ""}), data({"token": "thẻ tre"})]

    assert service.find(CODE) == FOUND


def test_nobody_home_is_told(new_service):
    with pytest.raises(DossierUnreachable, match=r"^127\.0\.0\.1 cannot be reached"):
        new_service(url="http://127.0.0.1:1").find(CODE)


def test_neither_code_nor_name_is_logged(service, server, caplog):
    caplog.set_level(logging.DEBUG)
    service.find(CODE)
    server.script = [status(500)] * 3
    with pytest.raises(DossierUnreachable):
        service.find(CODE)
    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)

    assert [record.getMessage() for record in caplog.records] == ["dossier service unreachable"]
    assert not [secret for secret in ("260718", "Nguyễn", KEY, "token-1") if secret in logged]


def test_threads_share_one_token(service, server):
    """All set off at once, without a token."""
    start, found = threading.Barrier(8), []

    def look_up() -> None:
        start.wait()
        found.append(service.find(CODE))

    threads = [threading.Thread(target=look_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (found, server.tokens, server.refused) == ([FOUND] * 8, 1, 0)


def test_no_setting_means_no_service():
    assert DossierSettings.read({}) is None
    assert DossierSettings.read({"TROLY_DOSSIER_URL": " ", "TROLY_DOSSIER_USER": "x"}) is None
    assert build(None) is None


def test_settings_are_read_and_the_key_is_not_shown():
    read = DossierSettings.read(
        {"TROLY_DOSSIER_URL": "https://tre.vn", "TROLY_DOSSIER_USER": USER, "TROLY_DOSSIER_KEY": KEY}
    )

    assert read == DossierSettings("https://tre.vn", USER, KEY)
    assert repr(read) == "DossierSettings(url='https://tre.vn', user='tro-ly')"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"URL": "tre.vn", "USER": "a", "KEY": "b"}, "TROLY_DOSSIER_URL is no address"),
        ({"URL": "https://tre.vn", "USER": "a"}, "set TROLY_DOSSIER_USER and TROLY_DOSSIER_KEY too"),
        ({"URL": "https://tre.vn", "KEY": "b"}, "set TROLY_DOSSIER_USER and TROLY_DOSSIER_KEY too"),
    ],
)
def test_half_a_setting_is_told(environment, told):
    with pytest.raises(SettingError, match=told):
        DossierSettings.read({f"TROLY_DOSSIER_{name}": value for name, value in environment.items()})


def test_the_test_server_refuses_a_wrong_path(server):
    """So that a test can fail: the real paths alone are answered."""
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        token = client.post("/getToken", json={"username": USER, "password": KEY}).json()["token"]
        wrong = client.get("/tra_cuu", params={"ma_ho_so": CODE}, headers={"Authorization": f"Bearer {token}"})

    assert wrong.status_code == 404
