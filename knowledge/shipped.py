"""What a release brings along: written entries, and facts records of every other procedure that applies in Da Nang."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from knowledge import quality
from knowledge.errors import CatalogueError
from knowledge.procedure import Layer, Procedure
from knowledge.sources import facts, portal_json, written
from knowledge.sources.reading import ProblemKind
from knowledge.store import ProcedureStore

_MARK = "shipped catalogue"


def load_shipped(store: ProcedureStore) -> bool:
    """Bring the catalogue of this release into the store; True if anything changed.

    Raises:
        CatalogueError: an entry has mistakes, or the facts file is damaged.

    """
    digest = hashlib.blake2b(f"{written.digest()}{facts.digest()}".encode(), digest_size=16).hexdigest()
    if store.mark(_MARK) == digest:
        return False
    store.replace_layer(Layer.WRITTEN, written.load(), source=_MARK)
    store.replace_layer(Layer.FACTS, list(shipped_facts()), source=_MARK)
    store.set_mark(_MARK, digest)
    return True


def shipped_facts() -> Iterator[Procedure]:
    """The facts records of the procedures that nobody has written an entry for."""
    if not facts.FACTS.exists():
        return
    by_hand = {path.name.split("-")[0] for path in written.files()}
    yield from (record for record in facts.load() if record.code not in by_hand)


def make_facts(
    portal_file: Path, as_of: date, target: Path = facts.FACTS, progress: Callable[[int], None] = lambda _: None
) -> tuple[int, int]:
    """Write the facts file from the portal's records: the same file in, the same content out. Records and bytes.

    Everything is judged as on the day of the snapshot, so that the day of the run does not matter.

    Raises:
        CatalogueError: the portal's file holds no record, or ends before its end, or too much for a release.
        OSError: a file cannot be read or written.

    """
    records = []
    for number, record in enumerate(portal_json.read_file(portal_file, as_of, as_of), start=1):
        if record.procedure is not None and record.procedure.applies_in_da_nang:
            records.append(facts.condense(record.procedure, quality.cautions(record.procedure, as_of)))
        if any(problem.kind is ProblemKind.FILE_CUT_SHORT for problem in record.problems):
            raise CatalogueError(f"{portal_file.name} ends before its end: get the whole file. Nothing was written.")
        progress(number)
    if not records:
        raise CatalogueError(f"{portal_file.name} holds no procedure that can be read. Nothing was written.")
    packed = facts.pack(records)
    if len(packed) > facts.MOST_BYTES:
        raise CatalogueError(f"The facts file would weigh {len(packed)} bytes; {facts.MOST_BYTES} are the most.")
    target.write_bytes(packed)
    return len(records), len(packed)
