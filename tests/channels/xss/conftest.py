"""A site whose catalogue is full of hostile texts, and pages that are watched.

The browser is told not to enforce the pages' policy on scripts, so that escaping alone protects them; `bypass_csp=False`
leaves the policy on.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.assistant import build, prepare, refresh_index
from assistant.settings import Settings
from tests.channels.xss.hostile import Watched, hostile, thirds

WATCH = Path(__file__).with_name("watch.js")


@pytest.fixture(scope="session")
def hostile_site(shipped, shipped_home, serve, tmp_path_factory):
    """The address of an assistant whose catalogue is full of them."""
    home = tmp_path_factory.mktemp("hostile") / "home"
    shutil.copytree(shipped_home, home)
    settings = Settings.read({"TROLY_HOME": str(home)})
    _, store = prepare(settings)
    procedures = [hostile(number, *three) for number, three in enumerate(thirds())]
    store.write(procedures, source="thử", problems=(), read=len(procedures))
    refresh_index(settings, store)
    return serve(build(settings))


@pytest.fixture(scope="module")
def watching(browser, hostile_site):
    """Makes pages that are watched; `bypass_csp=False` leaves the policy on."""
    contexts = []

    def watch(*, bypass_csp=True):
        context = browser.new_context(bypass_csp=bypass_csp, reduced_motion="reduce")
        contexts.append(context)
        watched = Watched(context.new_page(), hostile_site)
        context.expose_binding("told", lambda _, what: watched.told(what))
        context.add_init_script(path=WATCH)
        watched.page.on("dialog", lambda dialog: (watched.told("a dialog"), dialog.dismiss()))
        watched.page.on("request", lambda request: _own(watched, request.url))
        return watched

    yield watch
    for context in contexts:
        context.close()


def _own(watched, url):
    if not url.startswith((watched.site, "data:image/", "about:")):
        watched.told(f"asked for {url}")


@pytest.fixture
def watched(watching):
    """A page of a person of their own, whom nothing but escaping protects."""
    return watching()
