"""The commands of the bot: what each stands for in words the assistant knows, and how it is told in the menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.procedure import Language

START = "start"


@dataclass(frozen=True, slots=True)
class Command:
    """One command."""

    words: str
    """What a citizen would say instead; what follows the command is put behind it."""
    vi: str
    en: str
    """How the menu tells it."""
    language: Language = "vi"
    """The menu that shows it. It is understood in both."""

    def told_in(self, language: Language) -> str:
        """How the menu of a language tells it."""
        return self.vi if language == "vi" else self.en


_HELP = Command("Bạn làm được gì?", "Tôi giúp được gì", "What I can do, in Vietnamese")

COMMANDS: Mapping[str, Command] = {
    "help": _HELP,
    "tokhai": Command("Điền tờ khai", "Điền tờ khai, tải về Word và PDF", "Fill in a form, in Vietnamese"),
    "nguoi": Command("Cho tôi gặp cán bộ", "Gặp cán bộ tổng đài 1022", "Talk to an officer, in Vietnamese"),
    "dulieu": Command("Xem dữ liệu của tôi", "Xem dữ liệu đang giữ về anh/chị", "See my data, in Vietnamese"),
    "xoa": Command("Xoá dữ liệu của tôi", "Xóa cuộc trò chuyện và dữ liệu", "Delete my data, in Vietnamese"),
    "english": Command("What can you do?", "English", "What I can do"),
    "form": Command("Fill in a form", "Điền tờ khai bằng tiếng Anh", "Fill in a form, get it as Word and PDF", "en"),
    "agent": Command("Speak to a human please", "Gặp cán bộ (tiếng Anh)", "Talk to an officer of 1022", "en"),
    "mydata": Command("Show my data", "Xem dữ liệu (tiếng Anh)", "See what is kept about you", "en"),
    "delete": Command("Delete my data", "Xóa dữ liệu (tiếng Anh)", "Delete this conversation and your data", "en"),
    "tiengviet": Command("Bạn làm được gì?", "Tiếng Việt", "Tiếng Việt", "en"),
}

_ALWAYS = ("english",)
"""In the menu of both languages."""


def menu(language: Language) -> Sequence[tuple[str, str]]:
    """The commands of a language's menu, each with how it is told there."""
    shown = {name: one for name, one in COMMANDS.items() if one.language == language or name in _ALWAYS}
    return [(name, one.told_in(language)) for name, one in shown.items()]


def in_words(name: str, rest: str) -> str:
    """What a citizen would say instead of a command; a command nobody made is taken for words («/tam_tru»)."""
    known = COMMANDS.get(name.lower())
    if known is None:
        return f"{name.replace('_', ' ')} {rest}".strip() if rest or len(name) > 1 else _HELP.words
    return f"{known.words} {rest}".strip()
