"""Telegram: updates in, messages out.

webhook, polling → updates → Mailbox … Postman → sending → bot_api
"""

from channels.telegram.connecting import sender
from channels.telegram.webhook import router

__all__ = ["router", "sender"]
