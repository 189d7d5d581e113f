"""Looking up how a filed dossier stands."""

from __future__ import annotations

import logging

from assistant.conversation import Status
from assistant.dossier import Dossiers, DossierUnreachable, is_ours
from assistant.draft import CheckDossier, Finding

log = logging.getLogger(__name__)


def look_up(action: CheckDossier, dossiers: Dossiers | None) -> Finding:
    """How the dossier stands, or why that cannot be said."""
    if not action.code:
        return Finding(said=Status.DOSSIER_CODE_WANTED)
    if not is_ours(action.code):
        return Finding(said=Status.DOSSIER_ELSEWHERE)
    if dossiers is None:
        return Finding(said=Status.DOSSIER_UNREACHABLE)
    try:
        found = dossiers.find(action.code)
    except DossierUnreachable:
        log.warning("the dossier service does not answer")
        return Finding(said=Status.DOSSIER_UNREACHABLE)
    return Finding(dossier=found) if found else Finding(said=Status.DOSSIER_NOT_FOUND)
