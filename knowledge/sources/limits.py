"""What reading a file may cost. Whatever goes beyond is refused in a sentence, before it fills memory or time."""

from __future__ import annotations

import re
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from knowledge.errors import SourceError

Clock = Callable[[], float]
MIB = 2**20

_STREAM = re.compile(rb"stream\r?\n")
_PACKED_TWICE = re.compile(rb"/Filter\s*\[[^\]]*(?:Flate|LZW)[^\]]*(?:Flate|LZW)")
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may be. The largest real ones: 80 MB of JSON lines, 1,853 rows, 13 pages, 12 seconds."""

    bytes: int = 160 * MIB
    unpacked: int = 512 * MIB
    ratio: int = 250
    """Unpacked by packed; real workbooks reach 50."""
    line: int = 4 * MIB
    rows: int = 50_000
    pages: int = 200
    page_unpacked: int = 64 * MIB
    """Of all the pages of a PDF; those of the portal reach 0.3 MiB."""
    page_objects: int = 20_000
    """Lines and letters on one page; real ones reach 4,600."""
    seconds: float = 600


USUAL = Limits()


class Budget:
    """What one file has used of its limits. Every use may raise `SourceError`."""

    def __init__(self, name: str, limits: Limits = USUAL, clock: Clock = time.monotonic) -> None:
        self.name = name
        self.limits = limits
        self._clock = clock
        self._start = clock()
        self._unpacked = 0

    def check_size(self, path: Path, most: int = 0) -> None:
        """Refuse a file too large to be what it says it is, without opening it.

        Raises:
            OSError: there is no such file.

        """
        most = most or self.limits.bytes
        if path.stat().st_size > most:
            raise SourceError(f"{self.name} is larger than {most // MIB} MiB: no file of its kind is. Check the file.")

    def unpack(self, count: int) -> None:
        """Count bytes that came out of a packed file."""
        self._unpacked += count
        if self._unpacked > self.limits.unpacked:
            raise self.bomb()

    def row(self, number: int) -> None:
        """Stop at a row too many, or too late."""
        if number > self.limits.rows:
            raise SourceError(f"{self.name} has more than {self.limits.rows} rows: split it into several files.")
        self.tick()

    def page(self, number: int, objects: int) -> None:
        """Stop at a page too many, too full, or too late."""
        if number > self.limits.pages:
            raise SourceError(f"{self.name} has more than {self.limits.pages} pages: give the PDF of one procedure.")
        if objects > self.limits.page_objects:
            raise SourceError(
                f"{self.name}, page {number}, is a drawing of {objects} parts: no page of a procedure is."
            )
        self.tick()

    def tick(self) -> None:
        """Stop when reading takes too long."""
        if self._clock() - self._start > self.limits.seconds:
            raise SourceError(
                f"{self.name} takes longer than {self.limits.seconds:g} seconds to read: nothing of it was kept. "
                "Give a smaller file."
            )

    def check_zip(self, archive: zipfile.ZipFile, packed: int) -> None:
        """Refuse an archive that would unpack to far more than it is, and XML that declares entities."""
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > self.limits.unpacked or unpacked > max(packed, MIB) * self.limits.ratio:
            raise self.bomb()
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as file:
                    if b"<!DOCTYPE" in file.read(65_536):
                        raise SourceError(f"{self.name} declares XML entities, as no workbook does: it is not opened.")

    def check_streams(self, content: bytes) -> None:
        """Refuse a PDF whose packed streams would unpack to more than a document holds."""
        view, total = memoryview(content), 0
        starts = [match.end() for match in _STREAM.finditer(content)]
        for start, end in pairwise([*starts, len(content)]):
            if _PACKED_TWICE.search(content, max(0, start - 512), start):
                raise self.bomb()
            for count in _unpacked(view[start:end]):
                total += count
                if total > self.limits.page_unpacked:
                    raise self.bomb()

    def bomb(self) -> SourceError:
        """What to raise for a file that is mostly air."""
        return SourceError(f"{self.name} unpacks to far more than a file of its kind holds: it is not opened.")


def _unpacked(packed: memoryview) -> Iterator[int]:
    """How many bytes a stream unpacks to, told as it goes and not kept; none where it is not packed."""
    unpacker = zlib.decompressobj()
    try:
        for start in range(0, len(packed), _CHUNK):
            rest = bytes(packed[start : start + _CHUNK])
            while rest and not unpacker.eof:
                yield len(unpacker.decompress(rest, _CHUNK * 16))
                rest = unpacker.unconsumed_tail
    except zlib.error:
        return
