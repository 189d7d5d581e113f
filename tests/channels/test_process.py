"""`tro-ly` as a process: a server that starts and stops, and disks that are full or may not be written."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small disk, or mounts it again with other options: `mount("size=4m")`, `mount("ro")`."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.decode().strip()}")

    def again(options: str) -> Path:
        subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)
        return place

    yield again
    subprocess.run(["umount", place], check=True)


def test_the_server_starts_answers_and_stops_when_told(tro_ly_process, copied_home):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = tro_ly_process("serve", TROLY_HOME=copied_home, TROLY_PORT=port)
    first = _line_with(process, "http")
    with httpx.Client(transport=httpx.HTTPTransport(retries=6), base_url=f"http://127.0.0.1:{port}") as client:
        ready = client.get("/readyz").json()
        answer = client.post("/api/chat", json={"text": "Làm giấy khai sinh cho con cần gì?"}).json()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate()

    assert first == f"Trợ lý 1022: http://localhost:{port}"
    assert ready["status"] == "ready"
    assert answer["answer"]["status"] == "answered"
    assert (out, err) == ("", "")
    assert process.returncode in (0, -signal.SIGTERM)


def test_a_full_disk_is_told_and_once_there_is_room_all_is_well(tro_ly_process, mount):
    """Nothing half-made is left that a later run would trip over."""
    heard = []
    for size in ("400k", "40m", "400m"):
        process = tro_ly_process("ask", "Làm giấy khai sinh cho con cần gì?", TROLY_HOME=mount(f"size={size}") / "home")
        out, err = process.communicate()
        heard.append((process.returncode, out.splitlines()[:1], "error: " in err, "Traceback" in out + err))

    assert heard == [
        (1, [], True, False),
        (1, [], True, False),
        (0, ["Đăng ký khai sinh cho con (mã 1.001193)."], False, False),
    ]


def test_a_disk_that_may_not_be_written_is_told(tro_ly_process, mount):
    process = tro_ly_process("doctor", TROLY_HOME=mount("ro"))
    out, err = process.communicate()
    told = [line.split(maxsplit=2) for line in out.splitlines()]

    assert (process.returncode, err) == (1, "")
    assert [line[:2] for line in told] == [
        ["ok", "python"],
        ["PROBLEM", "folder"],
        ["PROBLEM", "database"],
        ["ok", "embedder"],
        ["ok", "index"],
    ]
    assert all("To mend it: make the folder" in told[row][2] for row in (1, 2))


def _line_with(process: subprocess.Popen[str], words: str) -> str:
    assert process.stderr is not None
    return next(line.strip() for line in process.stderr if words in line)
