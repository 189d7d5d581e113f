"""Personal data in what people write: found, masked for good, or hidden and put back."""

from assistant.privacy.kinds import Kind, Span
from assistant.privacy.recognise import mask, spans
from assistant.privacy.vault import Masked, Vault, hide, restore

__all__ = ["Kind", "Masked", "Span", "Vault", "hide", "mask", "restore", "spans"]
