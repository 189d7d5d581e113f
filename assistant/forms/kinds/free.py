"""Free words: kept as they are, whatever they look like. Template signs and formulas in them are only letters here."""

from __future__ import annotations

from datetime import date

from assistant.forms.definition import Column, FormField
from assistant.forms.kinds.said import line, refuse, tidied
from assistant.forms.values import Read

_MOST_OF_A_LINE = 300


def text(said: str, _blank: FormField | Column, _today: date) -> Read:
    """One line of free words.

    Raises:
        Unreadable: there is nothing, or too much for a line.

    """
    read = line(said)
    if len(read) > _MOST_OF_A_LINE:
        raise refuse(
            "text_long",
            f"Ô này chỉ một dòng, tối đa {_MOST_OF_A_LINE} ký tự; anh/chị đang ghi {len(read)}. Anh/chị viết gọn lại giúp.",
            f"This blank is one line of at most {_MOST_OF_A_LINE} characters; yours has {len(read)}. Please shorten it.",
        )
    return Read(data=read, shown=read)


def long(said: str, _blank: FormField | Column, _today: date) -> Read:
    """Several lines of free words.

    Raises:
        Unreadable: there is nothing, or too much for any blank.

    """
    read = tidied(said)
    return Read(data=read, shown=read)
