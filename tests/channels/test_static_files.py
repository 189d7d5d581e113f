"""What browsers may keep, and what is sent compressed."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest

from channels.web.static_files import SPEAKING, STATIC, address, content
from channels.web.words import words_in

SCRIPTS = sorted(path.name for path in STATIC.glob("*.js"))


def test_a_file_may_be_kept_for_good_under_the_address_that_names_what_is_in_it(client):
    named = client.get(address("page.css"))
    stale = client.get("/static/page.css?v=0000000000")
    bare = client.get("/static/page.css")
    same = client.get("/static/page.css", headers={"If-None-Match": bare.headers["etag"]})

    assert named.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert [one.headers["cache-control"] for one in (stale, bare, same)] == ["no-cache"] * 3
    assert (named.content, same.status_code) == ((STATIC / "page.css").read_bytes(), 304)


def test_pages_name_their_files_by_what_is_in_them(client):
    named = re.findall(r'(?:src|href)="/static/([^"?]+)(\?v=\w+)?"', client.get("/").text)

    assert [name for name, version in named if f"/static/{name}{version}" != address(name)] == []


def test_pages_are_sent_compressed_and_streams_as_they_come(client):
    packed = {"Accept-Encoding": "gzip"}
    page = client.get("/rieng-tu", headers=packed)
    with client.stream("POST", "/hoi/truc-tiep", data={"text": "Xin chào"}, headers=packed) as stream:
        stream.read()

    assert (page.headers["content-encoding"], stream.headers.get("content-encoding")) == ("gzip", None)


def without_comments(script):
    """A script without what is said to its reader only."""
    return re.sub(r"(?<![:\\\"'])//[^\n]*", "", script)


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_sentence_stands_in_a_script(name):
    """Neither words with marks of Vietnamese nor two words that begin large: those are handed to it."""
    script = without_comments((STATIC / name).read_text(encoding="utf-8"))
    quoted = re.findall(r"""["'`]([^"'`\n]*)["'`]""", script)
    marked = [text for text in quoted if any(unicodedata.decomposition(letter) or letter in "đĐ" for letter in text)]
    sentences = [text for text in quoted if re.match(r"[A-Z][a-z]+ [a-z]+ ?", text)]

    assert (marked, sentences) == ([], [])


@pytest.mark.parametrize(("name", "group"), SPEAKING.items())
def test_a_script_is_called_with_its_words_in_both_languages_and_says_all_of_them(client, name, group):
    served = client.get(f"/static/{name}")
    source = (STATIC / name).read_text(encoding="utf-8").rstrip()
    told = json.loads(served.text.removeprefix(source)[1:-3])

    assert served.content == content(name)
    assert told == {language: words_in(language).under(group) for language in ("vi", "en")}
    assert set(re.findall(r"\b(?:words|said)\.([a-z]+)", source)) <= set(told["vi"])
    assert [word for word in told["vi"] if not re.search(rf"\.{word}\b", source)] == []


def test_a_script_that_speaks_is_served_as_any_other_file(client):
    named = client.get(address("chat.js"))
    bare = client.get("/static/chat.js")
    same = client.get("/static/chat.js", headers={"If-None-Match": bare.headers["etag"]})
    head = client.head("/static/chat.js")

    assert named.headers["content-type"] == "text/javascript; charset=utf-8"
    assert named.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert [one.headers["cache-control"] for one in (bare, same, head)] == ["no-cache"] * 3
    assert (same.status_code, same.content, head.content) == (304, b"", b"")
    assert client.post("/static/chat.js").status_code == 405
