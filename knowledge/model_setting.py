"""A model that a setting names by a prefix and a name, `hf:bge-m3`: loaded, or told what to set instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from knowledge.errors import KnowledgeError

Model = TypeVar("Model")


def loaded(variable: str, setting: str, ways: Mapping[str, Callable[[str], Model]], else_told: str) -> Model:
    """The model that the environment variable names; `ways` load one by its name, by the prefix that stands for each.

    Raises:
        KnowledgeError: the setting names none, told with `else_told`, or one that cannot be had.

    """
    prefix, colon, name = setting.partition(":")
    way = ways.get(prefix) if colon else None
    if way is None:
        raise KnowledgeError(f"{variable}={setting} {else_told}")
    try:
        return way(name)
    except ImportError as error:
        raise KnowledgeError(f"{variable}={setting} needs the «train» extra: run `make setup`.") from error
    except OSError as error:
        raise KnowledgeError(f"{variable}={setting} cannot be loaded: give a model's name or folder.") from error
