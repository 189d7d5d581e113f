"""The door to selectolax: a saved web page as labelled cells, tables and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urljoin

from knowledge.sources.formats import refused, text_of
from knowledge.sources.limits import Budget
from knowledge.text import clean, fold, one_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = re.compile(rb"(?i)charset\s*=\s*[\"']?\s*([\w-]+)")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_BLOCKS = frozenset(
    "address article br div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tbody tr ul".split()
)
_SILENT = frozenset(("script", "style", "noscript", "template", "head"))
_ERROR = re.compile(
    r"\b(?:40[0-9]|50[0-9])\b|forbidden|not found|bad gateway|unavailable|access denied|\berror\b|khong tim thay|loi he thong"
)
_SAVE_AGAIN = "Open the page of one procedure in a browser, save it, import that."


@dataclass(frozen=True, slots=True)
class Link:
    """A link and its words."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands beside a label."""

    text: str
    links: tuple[Link, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    """The rows of the first table in it."""

    @property
    def lines(self) -> list[str]:
        """Its lines, without the empty ones."""
        return [line for line in self.text.splitlines() if line]


class Page:
    """A parsed page."""

    def __init__(self, text: str, tree: LexborHTMLParser, name: str, budget: Budget) -> None:
        self._tree = tree
        self._name = name
        self._budget = budget
        self.url = self._address(text)

    def first(self, *selectors: str) -> str:
        """The words of the first element that a selector finds, the selectors tried in order."""
        for selector in selectors:
            found = self._tree.css_first(selector)
            if found is not None and (words := one_line(_words(found))):
                return words
        return ""

    def labelled(self, selector: str) -> Iterator[tuple[str, Cell]]:
        """For every row whose label the selector finds: the label, and the cell after it."""
        for number, label in enumerate(self._tree.css(selector), start=1):
            self._budget.row(number)
            value = label.next
            while value is not None and value.tag not in ("td", "th"):
                value = value.next
            if value is not None:
                yield one_line(_words(label)).rstrip(" :"), self._cell(value)

    def rows(self, selector: str) -> Iterator[tuple[str, Link]]:
        """For every link that the selector finds: the words of its table row, and the link."""
        for number, link in enumerate(self._tree.css(selector), start=1):
            self._budget.row(number)
            row = link.parent
            while row is not None and row.tag not in ("tr", "body", "html"):
                row = row.parent
            yield one_line(_words(row or link)), self._link(link)

    def refuse(self) -> NoReturn:
        """Say what the page is instead of what it should be.

        Raises:
            SourceError: always.

        """
        title = self.first("title", "h1", "h2")
        if self._tree.css_first("input[type=password]") is not None:
            raise refused(self._name, "it is a login page", _SAVE_AGAIN)
        if _ERROR.search(fold(title)):
            raise refused(self._name, f"it is an error page («{title[:60]}»)", _SAVE_AGAIN)
        raise refused(self._name, f"it is a page without a procedure («{title[:60]}»)", _SAVE_AGAIN)

    def _cell(self, node: LexborNode) -> Cell:
        table = node.css_first("table")
        rows = tuple(
            tuple(one_line(_words(cell)) for cell in row.css("td, th")) for row in (table.css("tr") if table else ())
        )
        return Cell(clean(_words(node)), tuple(self._link(link) for link in node.css("a[href]")), rows)

    def _link(self, node: LexborNode) -> Link:
        return Link(one_line(_words(node)), urljoin(self.url, str(node.attributes.get("href") or "")))

    def _address(self, text: str) -> str:
        """Where the page says it came from, empty if it does not say."""
        for selector, key in (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")):
            found = self._tree.css_first(selector)
            address = str(found.attributes.get(key) or "") if found is not None else ""
            if address.startswith("http"):
                return address
        saved = _SAVED_FROM.search(text[:2000])
        return saved.group(1) if saved else ""


def read_page(path: Path, budget: Budget) -> Page:
    """Read and parse a page in whatever encoding it declares.

    Raises:
        SourceError: it cannot be decoded.
        OSError: it cannot be opened.

    """
    content = path.read_bytes()
    declared = _CHARSET.search(content[:4096])
    try:
        text = text_of(content, declared.group(1).decode() if declared else "")
    except UnicodeDecodeError as error:
        what = f"its letters cannot be read ({error.reason} at byte {error.start})"
        raise refused(path.name, what, "Save it as UTF-8 and import that.") from error
    from selectolax.lexbor import LexborHTMLParser

    return Page(text, LexborHTMLParser(text), path.name, budget)


def _words(node: LexborNode) -> str:
    """The words of a node, a line for each block; walked without recursion, for pages nest without end."""
    parts: list[str] = []
    stack: list[LexborNode | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.tag == "-text":
            parts.append((item.text_content or "").replace("\n", " "))
        elif item.tag not in _SILENT or item.mem_id == node.mem_id:
            edge = "\n" if item.tag in _BLOCKS else " " if item.tag in ("td", "th") else ""
            stack.append(edge)
            stack.extend(reversed(list(item.iter(include_text=True))))
            stack.append(edge)
    return "\n".join(line for line in "".join(parts).splitlines() if line.strip())
