"""Training the ranker on the phrasings themselves: some are kept out of index and embedder and asked as questions.

For four fifths of the procedures a quarter of the phrasings is kept out; for the last fifth all are, so that the ranker also
learns to find what nobody has written sayings for. No evaluation question is seen.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge import embedder_training, noise, phrasings
from knowledge.embedder import StaticEmbedder
from knowledge.features import FALLING, FEATURES, RISING, Candidates, look
from knowledge.index import Index, open_index
from knowledge.index_build import build_index
from knowledge.phrasings import Phrasings, fold_of
from knowledge.speech import understand
from knowledge.store import ProcedureStore

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the outcome besides catalogue and phrasings."""

    kept_out: float = 0.25
    noised: float = 0.45
    """How many questions get one kind of noise."""
    unwritten: float = 0.1
    """Of the questions about procedures with no phrasing in the index so many are learned from: they are rare in life."""
    trees: int = 120
    leaves: int = 7
    learning_rate: float = 0.08
    smallest_leaf: int = 80
    seed: int = 1022


def train(store: ProcedureStore, target: Path, recipe: Recipe | None = None, report: Report = print) -> None:
    """Train on the store's procedures and the shipped phrasings, and write the forest to `target`.

    Raises:
        KnowledgeError: there is too little to learn from.

    """
    recipe = recipe or Recipe()
    chosen = random.Random(recipe.seed)  # noqa: S311 - reproducible, not secret
    kept, asked = kept_out(phrasings.load(), recipe, chosen)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "static.npz"
        embedder_training.train(store.iterate(), table, sayings=kept, report=report)
        embedder = StaticEmbedder(table)
        build_index(Path(folder), store, embedder, sayings=kept)
        index = open_index(Path(folder), embedder)
        report(f"asking {sum(map(len, asked.values()))} phrasings that are not in the index")
        groups = list(_groups(index, asked, recipe, chosen))
    report(f"{len(groups)} questions whose procedure is among the candidates")
    write(target, fit(groups, recipe))
    report(f"{target.name}: {target.stat().st_size / 2**10:.0f} KiB")


def kept_out(
    sayings: Phrasings, recipe: Recipe, chosen: random.Random
) -> tuple[Phrasings, Mapping[str, Sequence[str]]]:
    """The phrasings that stay in the index, and those that are asked."""
    kept: dict[str, tuple[str, ...]] = {}
    asked: dict[str, list[str]] = {}
    for code, lines in sorted(sayings.items()):
        if fold_of(code) == 0:
            asked[code] = [line for line in lines if chosen.random() < recipe.unwritten]
            continue
        out = set(chosen.sample(range(len(lines)), max(1, round(len(lines) * recipe.kept_out))))
        asked[code] = [line for number, line in enumerate(lines) if number in out]
        kept[code] = tuple(line for number, line in enumerate(lines) if number not in out)
    return kept, asked


@dataclass(frozen=True, slots=True)
class Group:
    """What a question found, and what is right."""

    found: Candidates
    right: int
    """The row of the right procedure."""
    weight: float
    """How much the question counts: a procedure people ask for more has more phrasings."""


def _groups(index: Index, asked: Mapping[str, Sequence[str]], recipe: Recipe, chosen: random.Random) -> Iterator[Group]:
    said = phrasings.load()
    for code, lines in asked.items():
        for line in lines:
            text = chosen.choice(noise.KINDS)(line, chosen) if chosen.random() < recipe.noised else line
            found = look(index, understand(text, index.names))
            right = index.positions.get(code)
            if found is not None and right is not None and right in found.positions:
                yield Group(found, int(np.flatnonzero(found.positions == right)[0]), float(len(said[code])))


def fit(groups: Sequence[Group], recipe: Recipe) -> Any:
    """LightGBM's booster trained with LambdaMART on these questions (Burges, MSR-TR-2010-82)."""
    import lightgbm

    rows = np.concatenate([group.found.matrix for group in groups])
    sizes = [len(group.found.positions) for group in groups]
    labels = np.zeros(len(rows), dtype=np.int8)
    labels[np.concatenate(([0], np.cumsum(sizes)[:-1])) + [group.right for group in groups]] = 1
    weights = np.repeat([group.weight for group in groups], sizes)
    weights /= weights.mean()
    data = lightgbm.Dataset(rows, labels, group=sizes, weight=weights, feature_name=list(FEATURES))
    settings = {
        "objective": "lambdarank",
        "lambdarank_truncation_level": 5,
        "learning_rate": recipe.learning_rate,
        "num_leaves": recipe.leaves,
        "min_data_in_leaf": recipe.smallest_leaf,
        "monotone_constraints": [(name in RISING) - (name in FALLING) for name in FEATURES],
        "seed": recipe.seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 2,
        "verbosity": -1,
    }
    return lightgbm.train(settings, data, num_boost_round=recipe.trees)


def write(target: Path, model: Any) -> None:
    """Write LightGBM's trees as the arrays that `ranker.Forest` reads."""
    trees = [_Tree(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    size = max(len(tree.value) for tree in trees)

    def table(name: str, kind: Any) -> Any:
        filled = np.zeros((len(trees), size), dtype=kind)
        for row, tree in enumerate(trees):
            values = getattr(tree, name)
            filled[row, : len(values)] = values
        return filled

    target.parent.mkdir(parents=True, exist_ok=True)
    kinds = {"feature": np.int16, "threshold": np.float32, "left": np.int16, "right": np.int16, "value": np.float32}
    packed = {name: table(name, kind) for name, kind in kinds.items()}
    names = np.frombuffer("\n".join(FEATURES).encode(), dtype=np.uint8)
    np.savez_compressed(target, features=names, depth=max(tree.depth for tree in trees), **packed)


class _Tree:
    """One tree of LightGBM's JSON as lists of nodes, the root first."""

    def __init__(self, structure: dict[str, Any]) -> None:
        self.feature: list[int] = []
        self.threshold: list[float] = []
        self.left: list[int] = []
        self.right: list[int] = []
        self.value: list[float] = []
        self.depth = 0
        self._add(structure, 0)

    def _add(self, node: dict[str, Any], depth: int) -> int:
        number = len(self.value)
        self.depth = max(self.depth, depth)
        self.feature.append(node.get("split_feature", 0))
        self.threshold.append(node.get("threshold", 0.0))
        self.value.append(node.get("leaf_value", node.get("internal_value", 0.0)))
        self.left.append(number)
        self.right.append(number)
        if "left_child" in node:
            self.left[number] = self._add(node["left_child"], depth + 1)
            self.right[number] = self._add(node["right_child"], depth + 1)
        return number
