"""Manifest, service worker and offline page, as they are served."""

from __future__ import annotations

import json
import re
import struct

from assistant import wording
from assistant.conversation import Status


def shell(client):
    """What the service worker is told to keep."""
    found = re.match(r"const SHELL = (\{.*\});\n", client.get("/sw.js").text)
    return json.loads(found[1])


def test_the_manifest_names_pages_and_icons_that_are_there(client):
    answer = client.get("/manifest.webmanifest")
    manifest = answer.json()
    addresses = [manifest["start_url"], *(one["src"] for one in manifest["icons"])]
    addresses += [one["url"] for one in manifest["shortcuts"]]

    assert answer.headers["content-type"] == "application/manifest+json"
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)
    assert (manifest["display"], manifest["scope"], manifest["lang"]) == ("standalone", "/", "vi")


def size_of(picture):
    """Width and height of a PNG, from its first chunk."""
    assert picture[:16] == b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    return struct.unpack(">II", picture[16:24])


def test_a_phone_that_takes_no_svg_gets_small_pictures_for_its_home_screen(client):
    page = client.get("/").text
    (icon,) = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)">', page)
    named = {one["src"]: one["sizes"] for one in client.get("/manifest.webmanifest").json()["icons"]}
    pictures = {icon: "180x180", **{src: sizes for src, sizes in named.items() if sizes != "any"}}
    served = {src: client.get(src) for src in pictures}

    assert {src: "{}x{}".format(*size_of(one.content)) for src, one in served.items()} == pictures
    assert {one.headers["content-type"] for one in served.values()} == {"image/png"}
    assert len(pictures) == 3
    assert sum(len(one.content) for one in served.values()) <= 8 * 1024


def test_the_manifest_speaks_the_language_of_the_page(client):
    page = client.get("/?lang=en").text
    english = client.get(re.findall(r'rel="manifest" href="([^"]+)"', page)[0]).json()

    assert (english["lang"], english["name"], english["id"]) == ("en", "Da Nang 1022 assistant", "/")


def test_the_service_worker_keeps_the_offline_page_and_all_that_it_loads(client):
    kept = shell(client)
    page = client.get(kept["page"]).text
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)

    assert kept["paths"] == [kept["page"], *dict.fromkeys(loaded)]
    assert [client.get(path).status_code for path in kept["paths"]] == [200] * len(kept["paths"])
    assert re.fullmatch("[0-9a-f]{16}", kept["version"])
    assert shell(client) == kept


def test_the_service_worker_is_looked_at_anew_each_time(client):
    answer = client.get("/sw.js")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"


def test_the_offline_page_is_the_same_for_everybody_and_says_what_the_assistant_says(client, new_client):
    client.post("/hoi", data={"text": "Làm giấy khai sinh cho con cần gì?"})
    page = client.get("/ngoai-tuyen")
    words = wording.SAID[Status.EMERGENCY]

    assert page.text == new_client().get("/ngoai-tuyen").text
    assert "set-cookie" not in page.headers
    assert [words.vi in page.text, words.en in page.text] == [True, True]
    assert re.findall(r'class="emergency-calls">(.*)</p>', page.text)[0].count("tel:") == len(wording.EMERGENCY_NUMBERS)
