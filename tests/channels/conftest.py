"""What tests of the channels share: a server on a free port, clients, a browser, made-up portal records."""

from __future__ import annotations

import gzip
import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from assistant.assistant import Assistant
from assistant.settings import Settings
from channels.app import create_app
from tests.redis_server import RedisServer

Serve = Callable[..., str]
Ask = Callable[..., dict[str, Any]]

TRO_LY = Path(sys.executable).with_name("tro-ly")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync"""


@contextmanager
def _served(assistant: Assistant, settings: Settings) -> Iterator[str]:
    # The socket listens before the server runs: whoever connects early waits in its queue.
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(settings, assistant)
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1, proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves an assistant over real HTTP until the tests end; returns the address."""
    with ExitStack() as stack:

        def start(assistant: Assistant, *, a_minute: int = 0, **environment: str) -> str:
            settings = Settings.read({"TROLY_QUESTIONS_A_MINUTE": str(a_minute), **environment})
            return stack.enter_context(_served(assistant, settings))

        yield start


@pytest.fixture(scope="session")
def _redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed: apt install redis-server")
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.kill()


@pytest.fixture
def redis_server(_redis_server: RedisServer) -> RedisServer:
    """A Redis of the tests' own, running and empty; a test may kill it."""
    _redis_server.run_empty()
    return _redis_server


@pytest.fixture(scope="session")
def site(serve: Serve, shipped: Assistant) -> str:
    """The address of the shipped assistant, without a limit on questions."""
    return serve(shipped)


@pytest.fixture
def new_client(site: str) -> Iterator[Callable[..., httpx.Client]]:
    """Makes HTTP clients, each a person of their own with their own cookies."""
    with ExitStack() as stack:

        def new(address: str = site) -> httpx.Client:
            return stack.enter_context(httpx.Client(base_url=address, timeout=30, trust_env=False))

        yield new


@pytest.fixture
def client(new_client: Callable[..., httpx.Client]) -> httpx.Client:
    """One person."""
    return new_client()


@pytest.fixture
def ask(client: httpx.Client) -> Ask:
    """Asks the API: `ask("…", conversation=token)`."""

    def say(text: str, **fields: str) -> dict[str, Any]:
        response = client.post("/api/chat", json={"text": text, **fields})
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    return say


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; for one module at a time, as Playwright keeps an event loop running in this thread."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: apt install chromium")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Opens pages of the site: `visit("/", width=360)`. No error on the console and no foreign request may come of it."""
    faults: list[str] = []
    contexts = []

    def watch(page: Any) -> None:
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", lambda line: faults.append(f"console: {line.text}") if line.type == "error" else None)
        page.on("request", lambda request: None if request.url.startswith(site) else faults.append(request.url))

    def open_page(
        path: str = "/", *, width: int = 1280, height: int = 740, faulty: bool = False, **options: Any
    ) -> Any:
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        if not faulty:
            watch(page)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()

    assert faults == []


@pytest.fixture
def tro_ly_process() -> Callable[..., subprocess.Popen[str]]:
    """Starts the installed command as a process of its own: `tro_ly_process("doctor", TROLY_HOME=home)`."""
    if not TRO_LY.exists():
        pytest.skip("tro-ly is not installed beside this Python")

    def start(*words: object, **environment: object) -> subprocess.Popen[str]:
        variables = {"PATH": "/usr/bin:/bin", **{name: str(value) for name, value in environment.items()}}
        command = [str(TRO_LY), *map(str, words)]
        return subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


@pytest.fixture
def portal_lines(tmp_path: Path) -> Callable[..., Path]:
    """Writes made-up portal records, or raw bytes, as lines; gzipped if the name says so."""

    def write(*lines: dict[str, Any] | bytes, name: str = "the-tre.jsonl") -> Path:
        packed = b"".join(
            (line if isinstance(line, bytes) else json.dumps({"detail": line}, ensure_ascii=False).encode()) + b"\n"
            for line in lines
        )
        path = tmp_path / name
        path.write_bytes(gzip.compress(packed, mtime=0) if name.endswith(".gz") else packed)
        return path

    return write


@pytest.fixture
def portal_record() -> Callable[..., dict[str, Any]]:
    """Makes the shortest portal record there can be: `portal_record("1.900001", "Cấp thẻ tre", by="Bộ Tre trúc")`."""

    def make(code: str = "1.900001", name: str = "Cấp thẻ tre", by: str = "Bộ Tre trúc") -> dict[str, Any]:
        return {"id": f"the-tre-{code}", "code": code, "name": name, "departmentPromulgateName": by}

    return make
