"""The Zalo Official Account: events in, consultation messages out.

webhook → events → Mailbox … Postman → sending → open_api
                                       tokens ↗
"""

from channels.zalo.connecting import sender
from channels.zalo.webhook import router

__all__ = ["router", "sender"]
