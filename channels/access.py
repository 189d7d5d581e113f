"""Where a request comes from, and from where a form may be sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request


def from_elsewhere(request: Request) -> bool:
    """Whether another site made the browser send this: the cookie must not speak for its owner then."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def address_of(request: Request) -> str:
    """The address a request comes from; that of a proxy, unless it is one whose word is believed."""
    return request.client.host if request.client else "unknown"
