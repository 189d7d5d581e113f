"""What can go wrong in an evaluation.

KnowledgeError
└── EvaluationError   a file to read or write, or a part to compare with, is not there or not as it should be
"""

from __future__ import annotations

from knowledge.errors import KnowledgeError


class EvaluationError(KnowledgeError):
    """An evaluation cannot be run; the message says what to do."""
