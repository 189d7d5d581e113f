"""Fetching what people say on Zalo. The only door to httpx for it.

An event names an address. It is signed, but who holds the account's secret, or finds a hole in whoever wrote the event,
must not be able to send us around in the network that we stand in: only hosts of Zalo are asked, over https, on the
usual port, without names or passwords, and where they send us to is not followed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from channels.messenger.contract import NotFetched
from channels.zalo.settings import SOUND_HOSTS

if TYPE_CHECKING:
    import httpx

_HTTPS_PORT: Final = 443


class Sounds:
    """Fetches from the hosts of `ZaloSettings.sound_hosts`. Safe to share between threads."""

    def __init__(self, hosts: tuple[str, ...] = SOUND_HOSTS, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._hosts, self._clock = hosts, clock

    def fetch(self, address: str, most: int, seconds: float) -> bytes:
        """What lies at an address: at most so many bytes, within so many seconds.

        Raises:
            NotFetched: it is not an address of Zalo, or nothing good came from there.

        """
        import httpx

        for name in ("httpx", "httpcore"):  # the address of somebody's voice is nothing for a log
            logging.getLogger(name).setLevel(logging.WARNING)
        until = self._clock() + seconds
        try:
            url = httpx.URL(address)
            if not self._is_allowed(url):
                raise NotFetched(f"{url.host or 'no host'} is not in TROLY_ZALO_SOUND_HOSTS")
            headers = {"Accept-Encoding": "identity"}  # what is packed may be any size when it is opened
            with httpx.stream("GET", url, headers=headers, timeout=seconds, follow_redirects=False) as response:
                if response.status_code != HTTPStatus.OK:
                    raise NotFetched(f"status {response.status_code}")
                return self._read(response, most, until)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotFetched(f"no answer ({type(error).__name__})") from error

    def _is_allowed(self, url: httpx.URL) -> bool:
        """Judged from what httpx made of the address, as that is where it goes."""
        if url.userinfo:
            return False
        host = url.raw_host.decode("ascii")
        port = f":{url.port}" if url.port else ""
        if f"{url.scheme}://{host}{port}" in self._hosts:
            return True
        suffixes = tuple(one for one in self._hosts if one.startswith("."))
        return url.scheme == "https" and url.port in (None, _HTTPS_PORT) and host.endswith(suffixes)

    def _read(self, response: httpx.Response, most: int, until: float) -> bytes:
        body = bytearray()
        for part in response.iter_raw():
            body += part
            if len(body) > most:
                raise NotFetched(f"more than {most} bytes")
            if self._clock() > until:
                raise NotFetched("too slow")
        return bytes(body)
