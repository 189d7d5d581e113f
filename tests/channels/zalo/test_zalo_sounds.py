"""Fetching what people say on Zalo: from its hosts alone, and so much and so long and no more."""

from __future__ import annotations

import re

import pytest

from assistant.errors import SettingError
from channels.messenger.contract import NotFetched, Sound
from channels.zalo.settings import ZaloSettings
from channels.zalo.sounds import Sounds
from tests.transcriber_server import spoken
from tests.zalo_server import ZaloServer, cut, send, status

SAID = spoken("xin chào")
MOST = 1_000


@pytest.fixture
def sounds(zalo_settings: ZaloSettings) -> Sounds:
    return Sounds(zalo_settings.sound_hosts)


def why(sounds: Sounds, address: str, seconds: float = 30) -> str:
    with pytest.raises(NotFetched) as wrong:
        sounds.fetch(address, MOST, seconds)
    return str(wrong.value)


def test_what_was_said_is_fetched_from_where_zalo_keeps_it(zalo, sender):
    address = zalo.keep(SAID)

    assert sender.fetch(Sound(address), MOST, 30) == SAID


@pytest.mark.parametrize(
    "address",
    [
        "http://voice.zdn.vn/1.aac",
        "https://voice.zdn.vn:8443/1.aac",
        "https://zdn.vn/1.aac",
        "https://voice.zdn.vn.example.org/1.aac",
        "https://evilzdn.vn/1.aac",
        "https://voice.zdn.vn./1.aac",
        "https://an:mat-khau@voice.zdn.vn/1.aac",
        "https://voice.zdn.vn@127.0.0.1/1.aac",
        "https://127.0.0.1/1.aac",
        "https://[::1]/1.aac",
        "https://2130706433/1.aac",
        "http://169.254.169.254/latest/meta-data",
        "https://localhost/1.aac",
        "https://127.0.0.1#.zdn.vn",
        "https://127.0.0.1?.zdn.vn",
        "file:///etc/passwd",
        "ftp://voice.zdn.vn/1.aac",
        "//voice.zdn.vn/1.aac",
        "voice.zdn.vn/1.aac",
        "",
    ],
)
def test_no_other_place_is_asked(address):
    assert why(Sounds(), address).endswith("is not in TROLY_ZALO_SOUND_HOSTS")


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1\\@voice.zdn.vn/1.aac", "https://voice.zdn.vn:x/", "https://voice.zdn.vn\r\n/", "http://["],
)
def test_an_address_that_is_none_is_not_gone_to(address):
    with pytest.raises(NotFetched):
        Sounds().fetch(address, MOST, 0.01)


def test_a_host_of_zalo_is_asked_over_https_alone():
    told = Sounds()
    allowed = ["https://voice.zdn.vn/1.aac", "https://a.b.zadn.vn:443/x?y=1", "https://VOICE.ZDN.VN/1"]
    import httpx

    assert [told._is_allowed(httpx.URL(address)) for address in allowed] == [True, True, True]


def test_another_port_of_an_origin_that_is_allowed_is_not(zalo, sounds):
    assert "is not in TROLY_ZALO_SOUND_HOSTS" in why(sounds, "http://127.0.0.1:9/voice/1.aac")


def test_where_it_is_sent_on_to_nobody_goes(zalo, sounds):
    address, secret = zalo.keep(SAID), zalo.keep(b"nothing for us")
    zalo.sound_script = [status(302, Location=secret)]

    assert why(sounds, address) == "status 302"


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (status(404), "status 404"),
        (status(500), "status 500"),
        (lambda request: send(request, 200, b"a" * (MOST + 1)), "more than 1000 bytes"),
        (cut, "no answer (RemoteProtocolError)"),
    ],
)
def test_what_is_not_there_or_too_much_is_not_taken(zalo, sounds, reply, told):
    zalo.sound_script = [reply]

    assert why(sounds, zalo.keep(SAID)) == told


def test_nobody_waits_for_longer_than_told(zalo, sounds):
    zalo.sound_script = [lambda _: zalo.released.wait(30)]

    assert why(sounds, zalo.keep(SAID), seconds=0.2) == "no answer (ReadTimeout)"


def test_a_trickle_is_not_waited_for_to_the_end(zalo: ZaloServer):
    def trickle(request):
        request.send_response(200)
        request.send_header("Content-Length", "900")
        request.end_headers()
        for _ in range(900):
            request.wfile.write(b"a")
            request.wfile.flush()

    moments = iter([0.0, *(0.05 * number for number in range(1_000))])
    zalo.sound_script = [trickle]

    assert why(Sounds((zalo.url,), clock=lambda: next(moments)), zalo.keep(SAID), seconds=0.01) in (
        "too slow",
        "no answer (ReadTimeout)",
    )


@pytest.mark.parametrize(
    ("told", "hosts"),
    [
        ("", (".zdn.vn", ".zadn.vn", ".zalo.me", ".zaloapp.com")),
        (" .ZDN.vn , https://nghe.example.vn/ ", (".zdn.vn", "https://nghe.example.vn")),
        ("http://127.0.0.1:9000", ("http://127.0.0.1:9000",)),
    ],
)
def test_other_hosts_can_be_set(zalo, told, hosts):
    settings = ZaloSettings.read(zalo.environment(TROLY_ZALO_SOUND_HOSTS=told))

    assert settings is not None
    assert settings.sound_hosts == hosts


@pytest.mark.parametrize("told", ["*", ".vn", "zdn.vn", ".", "https:", "https://a/b", "ftp://a", "http://an@host"])
def test_what_would_open_more_than_meant_is_refused(zalo, told):
    with pytest.raises(SettingError, match=re.escape(f"TROLY_ZALO_SOUND_HOSTS: {told} is no host")):
        ZaloSettings.read(zalo.environment(TROLY_ZALO_SOUND_HOSTS=told))
