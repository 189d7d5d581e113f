"""Sealing what citizens gave, before it is written down. The only door to cryptography.

TROLY_DATA_KEY holds one or more Fernet keys, separated by commas: the first seals, all open, so that a key can be changed.
A key is made with `tro-ly privacy key`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from assistant.errors import SettingError

VARIABLE = "TROLY_DATA_KEY"


class Unsealable(Exception):
    """What was sealed cannot be opened with the keys there are."""


class Seal:
    """Closes and opens texts; without a key it leaves them as they are, and says so."""

    def __init__(self, keys: tuple[Fernet, ...] = ()) -> None:
        self._fernet = MultiFernet(keys) if keys else None

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The seal of TROLY_DATA_KEY.

        Raises:
            SettingError: a key is none.

        """
        told = [key.strip() for key in environment.get(VARIABLE, "").split(",") if key.strip()]
        try:
            return cls(tuple(Fernet(key) for key in told))
        except ValueError as error:
            raise SettingError(f"{VARIABLE} is no key: make one with `tro-ly privacy key`.") from error

    @property
    def is_closed(self) -> bool:
        """Whether there is a key: only then may anything be kept for long."""
        return self._fernet is not None

    def close(self, text: str) -> str:
        """The text, sealed where there is a key."""
        return self._fernet.encrypt(text.encode()).decode() if self._fernet else text

    def open(self, sealed: str) -> str:
        """The text again; what was written without a key is read as it is.

        Raises:
            Unsealable: it was sealed with a key that is not there.

        """
        if sealed.startswith("{"):
            return sealed
        try:
            if self._fernet:
                return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            pass
        raise Unsealable(f"the key that {VARIABLE} held when this was written is missing")


def new_key() -> str:
    """A fresh key."""
    return Fernet.generate_key().decode()
