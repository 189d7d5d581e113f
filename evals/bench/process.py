"""Every measure runs in a process of its own, so that no figure holds another's memory or warm caches."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench.machine import MB

REPOSITORY = Path(__file__).parents[2]
TRO_LY = Path(sys.executable).with_name("tro-ly")
_READY_SECONDS = 60
_POLL_SECONDS = 0.01


class OutOfTime(Exception):
    """A measure was stopped, because the whole bench must end in time."""


class Failed(Exception):
    """A measured process ended badly; the message is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How long the whole bench may go on; no end if `ends` is None."""

    ends: float | None

    def left(self, at_most: float = 86_400) -> float:
        """The seconds that a measure may take."""
        return at_most if self.ends is None else max(1.0, min(at_most, self.ends - time.monotonic()))


def task(name: str, clock: Clock, **arguments: Any) -> dict[str, Any]:
    """Run a task of `evals.bench.worker` and return what it measured.

    Raises:
        OutOfTime: it did not end in time.
        Failed: it ended with an error.

    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        command = [sys.executable, "-m", "evals.bench.worker", name, json.dumps(arguments), str(result)]
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                command, cwd=REPOSITORY, env=environment(), stdout=subprocess.DEVNULL, timeout=clock.left(), check=False
            )
        except subprocess.TimeoutExpired as error:
            raise OutOfTime(name) from error
        if done.returncode:
            raise Failed(f"{name} ended with status {done.returncode}")
        measured: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return measured


def command(*arguments: str, home: Path) -> tuple[float, float]:
    """Run a `tro-ly` command as a person would: its seconds, and its peak memory in MB."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [str(TRO_LY), *arguments], cwd=REPOSITORY, env=environment(home), stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise Failed(f"tro-ly {arguments[0]}: " + said.read().decode()[-2_000:])
    # macOS counts bytes, Linux KiB.
    return time.perf_counter() - started, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MB


@contextmanager
def server(home: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """A real `tro-ly serve` on a free port of loopback: its process, the port, and the seconds until it was ready.

    `settings` are added to its environment.
    """
    port = _free_port()
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [str(TRO_LY), "serve", "--host", "127.0.0.1", "--port", str(port)],
            cwd=REPOSITORY,
            env={**environment(home), **settings},
            stdout=said,
            stderr=said,
        )
        try:
            while not _ready(port):
                if process.poll() is not None or time.perf_counter() - started > _READY_SECONDS:
                    said.seek(0)
                    raise Failed("tro-ly serve: " + said.read().decode()[-2_000:])
                time.sleep(_POLL_SECONDS)
            yield process, port, time.perf_counter() - started
        finally:
            process.terminate()
            process.wait(timeout=30)


def environment(home: Path | None = None) -> dict[str, str]:
    """The environment of a measured process: nobody's own settings, no network, no rate limit."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TROLY_")}
    quiet = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TOKENIZERS_PARALLELISM": "false"}
    ours = {"TROLY_HOME": str(home), "TROLY_QUESTIONS_A_MINUTE": "0"} if home else {}
    return {**kept, **quiet, **ours}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (http.client.HTTPException, OSError):
        return False
    finally:
        connection.close()
