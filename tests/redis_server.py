"""A Redis of the tests' own: the real program, on a socket in a folder. It writes nothing down."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

from redis import Redis


class RedisServer:
    """Runs when told to, and may be killed or held."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"unix://{self._socket}"

    def run_empty(self, *options: str) -> None:
        """Start, if it is not running; nothing is in it then."""
        if self._process is None:
            command = ["redis-server", "--port", "0", "--unixsocket", str(self._socket), "--save", "", *options]
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert any("ready to accept connections" in line.lower() for line in self._process.stdout or ())
        with self.client() as client:
            client.flushall()

    def client(self) -> Redis:
        """To look inside."""
        return Redis.from_url(self.url, decode_responses=True)

    def kill(self) -> None:
        """End at once, whatever it is at."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def hold(self) -> None:
        """Take connections and commands, but answer none until `go_on`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Answer again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)
