"""Reading the papers of a portal record, which mixes papers, notes and blank forms."""

from __future__ import annotations

import re
from typing import Any

from knowledge.procedure import Form, Paper, Text
from knowledge.sources.reading import Notes, ProblemKind
from knowledge.text import clean, fold, one_line

_BULLET = re.compile(r"^(?:[-–+*•✓\s]|\([ivx\d]{1,3}\)|\d{1,2}[.)]\s|[a-zđ][.)]\s)+", re.IGNORECASE)
_NOTE_GROUP = re.compile(r"luu y|ghi chu|luu\s*:")
_SHOWN_GROUP = re.compile(r"xuat trinh")


def read_papers(raw: Any, notes: Notes) -> tuple[tuple[Paper, ...], tuple[Form, ...]]:
    """The papers and notes of a record, and the blank forms attached to them."""
    papers: dict[Paper, None] = {}
    forms: dict[Form, None] = {}
    for group in raw if isinstance(raw, list) else []:
        case = _tidy(str(group.get("name") or "")).rstrip(":").strip()
        for component in group.get("profileComponents") or []:
            paper = _read_paper(component, case, notes)
            if paper is None:
                continue
            attached = _read_forms(component, paper)
            forms |= dict.fromkeys(attached)
            papers[paper.model_copy(update={"form": attached[0].file_name}) if attached else paper] = None
    if not papers:
        notes.add("executionCases", ProblemKind.PAPERS_MISSING)
    return _when_no_quantities(tuple(papers), notes), tuple(forms)


def _when_no_quantities(papers: tuple[Paper, ...], notes: Notes) -> tuple[Paper, ...]:
    """71 records give no quantity at all: there a row without one is no proof of a note."""
    if not papers or any(paper.originals or paper.copies for paper in papers):
        return papers
    notes.add("executionCases", ProblemKind.PAPERS_WITHOUT_QUANTITY)
    return tuple(p if _NOTE_GROUP.search(fold(p.case)) else p.model_copy(update={"is_note": False}) for p in papers)


def _read_paper(component: dict[str, Any], case: str, notes: Notes) -> Paper | None:
    name = _tidy(str(component.get("name") or ""))
    if not name:
        notes.add("executionCases", ProblemKind.PAPER_UNREADABLE, str(component.get("code") or ""))
        return None
    originals, copies = _quantity(component.get("originalQty")), _quantity(component.get("copyQty"))
    return Paper(
        name=Text(vi=name),
        originals=originals,
        copies=copies,
        case=case,
        show_only=bool(_SHOWN_GROUP.search(fold(case))),
        is_note=not (originals or copies) or bool(_NOTE_GROUP.search(fold(case))),
        code=str(component.get("code") or ""),
    )


def _read_forms(component: dict[str, Any], paper: Paper) -> tuple[Form, ...]:
    attachments = component.get("attachments") or []
    return tuple(
        Form(name=paper.name, file_name=one_line(str(file.get("fileName") or "")), file_id=str(file.get("id") or ""))
        for file in attachments
        if isinstance(file, dict)
    )


def _quantity(value: Any) -> int:
    return max(int(value), 0) if isinstance(value, int | float) else 0


def _tidy(name: str) -> str:
    """The words of a row without the bullet the source typed before them."""
    return clean(_BULLET.sub("", clean(name)))
