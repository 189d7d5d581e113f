"""Is a webhook from Zalo? It signs each with the secret of the account."""

from __future__ import annotations

import hashlib
import hmac

HEADER = "X-ZEvent-Signature"


def sign(app_id: str, body: bytes, timestamp: str, oa_secret: str) -> str:
    """The signature of a webhook, over its bytes as they came: JSON written anew may have other spaces."""
    signed = app_id.encode() + body + timestamp.encode() + oa_secret.encode()
    return f"mac={hashlib.sha256(signed).hexdigest()}"


def is_genuine(told: str, app_id: str, body: bytes, timestamp: str, oa_secret: str) -> bool:
    """Whether `told` is that signature; compared in constant time."""
    # Some accounts get the bare digest.
    told = told if told.startswith("mac=") else f"mac={told}"
    return hmac.compare_digest(told.encode(), sign(app_id, body, timestamp, oa_secret).encode())
