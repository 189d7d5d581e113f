"""Training the static embedder on the catalogue, reproducibly, in a few minutes on two cores."""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge import outside, phrasings, twins
from knowledge.errors import KnowledgeError
from knowledge.noise import misheard
from knowledge.passages import names
from knowledge.phrasings import Phrasings
from knowledge.procedure import Procedure
from knowledge.speech import understand
from knowledge.terms import document_terms, query_terms
from knowledge.text import fold, one_line, syllables

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the outcome besides the catalogue."""

    dimensions: int = 256
    most_terms: int = 26_000
    epochs: int = 4
    batch: int = 512
    learning_rate: float = 0.05
    seed: int = 1022
    folded_share: float = 0.4
    """How many of the pairs are seen without diacritics."""
    dropped_share: float = 0.35
    """How many words a noised title loses."""
    saying_repeats: int = 6
    """How often each way of saying is seen, against once for what the record itself says."""
    asked_share: float = 0.5
    """How many sayings are seen as a search would understand them: short forms written out, the dress left out."""
    misheard_share: float = 0.15
    """How many sayings are seen as a listener may write them down."""


_UNKNOWN = "[UNK]"

Pair = tuple[str, str]
"""Two texts, as terms joined by spaces, that should lie together."""


def train(
    procedures: Iterable[Procedure],
    target: Path,
    recipe: Recipe | None = None,
    report: Report = print,
    *,
    sayings: Phrasings | None = None,
    kinds: Iterable[Sequence[str]] | None = None,
) -> None:
    """Train on these procedures and their sayings, and write the table and its recipe to `target`.

    `kinds` are sayings that lie together though no procedure is theirs; by default those of `twins` and `outside`.

    Raises:
        KnowledgeError: there is too little to learn from.

    """
    recipe = recipe or Recipe()
    chosen = random.Random(recipe.seed)  # noqa: S311 - reproducible, not secret
    learned = [p for p in procedures if p.applies_in_da_nang and not p.internal]
    said = phrasings.load() if sayings is None else sayings
    pairs = [pair for p in learned for pair in _pairs(p, said.get(p.code, ()), recipe, chosen)]
    pairs += [pair for lines in (_kinds() if kinds is None else kinds) for pair in _alike(lines, recipe, chosen)]
    if len(pairs) < recipe.batch:
        raise KnowledgeError("Too few procedures to learn from: import the portal file first.")
    chosen.shuffle(pairs)
    terms = _vocabulary(pairs, recipe.most_terms)
    report(f"{len(learned)} procedures, {len(pairs)} pairs, {len(terms)} terms")
    table = _fit(pairs, terms, recipe, report)
    _write(target, terms, table, recipe, pairs=len(pairs), procedures=len(learned))
    report(f"{target.name}: {target.stat().st_size / 2**20:.1f} MiB")


def _pairs(procedure: Procedure, said: Sequence[str], recipe: Recipe, chosen: random.Random) -> Iterator[Pair]:
    title, *sayings = (passage.text for passage in names(procedure, said))
    others = [one_line(text) for text in _told(procedure) if text]
    for other in chosen.sample(others, min(len(others), 6)):
        yield _as_terms(title, recipe, chosen), _as_terms(other[:300], recipe, chosen)
    yield _as_terms(title, recipe, chosen), _as_terms(_shortened(title, recipe, chosen), recipe, chosen)
    for saying in sayings:
        for _ in range(recipe.saying_repeats):
            anchor = chosen.choice([title, *sayings])
            yield _as_terms(anchor, recipe, chosen), _as_asked(_noised(saying, recipe, chosen), recipe, chosen)


def _kinds() -> Iterator[Sequence[str]]:
    """Sayings that lie together though no procedure is theirs: what is vague in one way, what is outside in one way."""
    yield from (group.sayings for group in twins.load())
    yield from outside.load().values()


def _alike(sayings: Sequence[str], recipe: Recipe, chosen: random.Random) -> Iterator[Pair]:
    for saying in sayings:
        for _ in range(recipe.saying_repeats):
            anchor = chosen.choice(sayings)
            yield _as_asked(anchor, recipe, chosen), _as_asked(_noised(saying, recipe, chosen), recipe, chosen)


def _told(procedure: Procedure) -> Iterator[str]:
    yield " ".join([*(result.vi for result in procedure.results), procedure.field])
    if procedure.summary:
        yield procedure.summary.vi
    yield from (paper.name.vi for paper in procedure.real_papers)
    yield from (condition.vi for condition in procedure.conditions)
    yield from (case.name for case in procedure.cases)


def _as_terms(text: str, recipe: Recipe, chosen: random.Random) -> str:
    words = syllables(text)
    if chosen.random() < recipe.folded_share:
        return " ".join(query_terms(words, accented=False))
    return " ".join(document_terms(words))


def _as_asked(text: str, recipe: Recipe, chosen: random.Random) -> str:
    if chosen.random() >= recipe.asked_share:
        return _as_terms(text, recipe, chosen)
    query = understand(fold(text) if chosen.random() < recipe.folded_share else text)
    return " ".join(query_terms(query.content, accented=query.accented))


def _noised(text: str, recipe: Recipe, chosen: random.Random) -> str:
    kind = chosen.random()
    if kind < recipe.dropped_share:
        return _shortened(text, recipe, chosen)
    return misheard(text, chosen) if kind < recipe.dropped_share + recipe.misheard_share else text


def _shortened(text: str, recipe: Recipe, chosen: random.Random) -> str:
    words = syllables(text)
    kept = [word for word in words if chosen.random() > recipe.dropped_share]
    return " ".join(kept or words)


def _vocabulary(pairs: Iterable[Pair], most: int) -> list[str]:
    counts = Counter(term for pair in pairs for text in pair for term in text.split())
    frequent = [term for term, count in counts.items() if count > 1]
    return sorted(frequent, key=lambda term: (-counts[term], term))[:most]


def _fit(pairs: list[Pair], terms: list[str], recipe: Recipe, report: Report) -> np.ndarray[Any, Any]:
    import torch
    from datasets import Dataset
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(mode=True)
    tokenizer = Tokenizer(WordLevel({term: row for row, term in enumerate([*terms, _UNKNOWN])}, unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    static = StaticEmbedding(tokenizer, embedding_dim=recipe.dimensions)
    with torch.no_grad():
        static.embedding.weight.normal_(std=0.1)
    model = SentenceTransformer(modules=[static], device="cpu")
    arguments = SentenceTransformerTrainingArguments(
        output_dir=tempfile.gettempdir(),  # nothing is saved there
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.learning_rate,
        warmup_steps=0.1,
        seed=recipe.seed,
        save_strategy="no",
        logging_strategy="epoch",
        report_to=[],
        disable_tqdm=False,
        use_cpu=True,
        dataloader_num_workers=0,
    )
    dataset = Dataset.from_dict({"anchor": [a for a, _ in pairs], "positive": [b for _, b in pairs]})
    trainer = SentenceTransformerTrainer(
        model=model, args=arguments, train_dataset=dataset, loss=MultipleNegativesRankingLoss(model)
    )
    report("training")
    trainer.train()
    weights: np.ndarray[Any, Any] = static.embedding.weight.detach().numpy()[: len(terms)]
    return weights


def _write(target: Path, terms: list[str], table: np.ndarray[Any, Any], recipe: Recipe, **counts: int) -> None:
    """Eight bits a number with one scale a row: a quarter of the size, and no search result changes by it."""
    scales = np.abs(table).max(axis=1) / 127
    scales = np.where(scales > 0, scales, 1).astype(np.float32)
    small = np.rint(table / scales[:, None]).astype(np.int8)
    identity = hashlib.blake2b(small.tobytes() + "\n".join(terms).encode(), digest_size=8).hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    packed = {
        "table": small,
        "scales": scales,
        "terms": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
        "identity": np.frombuffer(identity.encode(), dtype=np.uint8),
    }
    np.savez_compressed(target, **packed)
    told = {"identity": identity, "terms": len(terms), **counts, "recipe": asdict(recipe)}
    target.with_name("recipe.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
