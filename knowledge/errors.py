"""What can go wrong in knowledge, each told with its remedy.

KnowledgeError
├── StorageError      the database or folder cannot be read or written
├── SourceError       a file to import cannot be read at all
├── CatalogueError    the shipped catalogue has mistakes
├── IndexMissing      no index has been built yet
└── UnknownProcedure  no record under that code
"""

from __future__ import annotations

from typing import Self


class KnowledgeError(Exception):
    """The message is for the person at the keyboard, in plain English, and says what to do."""


class StorageError(KnowledgeError):
    """The database or folder cannot be read or written."""

    @classmethod
    def of(cls, error: BaseException, place: str) -> Self:
        """The cause in words, without credentials or SQL."""
        place = place.rsplit("@", maxsplit=1)[-1].removeprefix("sqlite:///")
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        remedies = {
            "readonly": "make the folder writable, or set TROLY_HOME to one that is",
            "read-only": "make the folder writable, or set TROLY_HOME to one that is",
            "unable to open": "make the folder exist and writable, or set TROLY_HOME to one that is",
            "Permission denied": "make the folder writable, or set TROLY_HOME to one that is",
            "full": "free some disk space",
            "No space left": "free some disk space",
            "disk I/O error": "free some disk space, or check the disk",
            "File too large": "raise the file size limit of this process (ulimit -f)",
            "File exists": "set TROLY_HOME to a folder: a file stands in its place",
            "Not a directory": "set TROLY_HOME to a folder: a file stands in its place",
            "Connection refused": "start the database, or correct TROLY_DATABASE_URL",
        }
        remedy = next(
            (words for sign, words in remedies.items() if sign.lower() in cause.lower()), "run `tro-ly doctor`"
        )
        return cls(f"{place}: {cause}. To mend it: {remedy}.")


class SourceError(KnowledgeError):
    """A file to import cannot be read at all."""


class CatalogueError(KnowledgeError):
    """The shipped catalogue has mistakes; each line names file and line."""


class IndexMissing(KnowledgeError):
    """No index has been built yet."""


class UnknownProcedure(KnowledgeError):
    """No record under that code."""
