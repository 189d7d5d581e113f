"""A reader for each kind of field."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.forms.definition import Kind
from assistant.forms.values import Reader

READERS: Mapping[Kind, Reader] = {}
