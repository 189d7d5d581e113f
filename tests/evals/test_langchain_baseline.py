"""LangChain with a small model: the pipeline runs, and what it embedded is kept."""

from __future__ import annotations

import importlib.util

import pytest

from evals.retrieval.langchain_baseline import NEEDED, langchain

TEXTS = {"en": "Registration of marriage between two citizens", "fish": "Licence for a fishing boat at sea"}


@pytest.fixture
def folder(tmp_path):
    """Where the vectors are kept."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        pytest.skip("the libraries of this baseline are not installed")
    return tmp_path / "langchain"


def test_what_was_embedded_is_kept_until_the_texts_change(folder):
    steps = []

    first = langchain(TEXTS, folder, steps.append)("we want to marry")
    done = len(steps)
    second = langchain(TEXTS, folder, steps.append)("a boat to catch fish")
    unchanged = len(steps)
    langchain({**TEXTS, "tree": "Felling a tree"}, folder, steps.append)

    assert (first[0], second[0]) == ("en", "fish")
    assert (done, unchanged, steps[-1].total) == (1, 1, 3)
