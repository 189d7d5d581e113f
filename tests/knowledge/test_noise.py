"""Clean text is made to look as it arrives, the same way for the same seed."""

from __future__ import annotations

import random

import pytest

from knowledge import embedder, noise, phrasings
from knowledge.index import open_index
from knowledge.repair import repaired
from knowledge.speech import is_english, understand
from knowledge.text import clean, fold, syllables

TEXT = "Thủ tục đăng ký kết hôn với người nước ngoài, lệ phí bao nhiêu tiền?"


@pytest.fixture(scope="module")
def catalogue(shipped, shipped_home):
    """The words of all names of the shipped catalogue."""
    return open_index(shipped_home, embedder.build("static")).names


@pytest.mark.parametrize("kind", noise.KINDS)
def test_the_same_seed_makes_the_same_noise(kind):
    assert kind(TEXT, random.Random(3)) == kind(TEXT, random.Random(3))


@pytest.mark.parametrize("kind", noise.KINDS)
def test_nothing_is_made_of_nothing(kind):
    assert kind("", random.Random(3)) == ""


def test_marks_are_left_out():
    text = noise.without_marks(TEXT, random.Random(3))

    assert text == "thu tuc dang ky ket hon voi nguoi nuoc ngoai, le phi bao nhieu tien?"


def test_a_listener_writes_other_sounds_and_no_punctuation():
    heard = {noise.misheard("giấy tạm trú", random.Random(seed)) for seed in range(40)}

    assert {"giấy tạm trú", "giấy tộm trú", "dấy tạm trú", "giấy tạm chú"} <= heard


def test_keys_of_telex_stay_in_some_words():
    typed = {noise.mistyped("thủ tục", random.Random(seed)) for seed in range(40)}

    assert typed == {"thủ tục", "thur tục", "thủ tucj", "thur tucj"}


def test_short_forms_stand_for_what_they_mean():
    chats = {noise.shortened("đăng ký kết hôn với người yêu", random.Random(seed)) for seed in range(60)}
    meant = {fold(" ".join(understand(chat).words)) for chat in chats if len(chat.split()) == 4}

    assert {"đkkh vs ng yêu", "dkkh vs ng yêu"} <= chats
    assert meant == {"dang ky ket hon voi nguoi yeu"}


def test_repair_undoes_the_keys_of_telex(catalogue):
    """Of the words of 300 sayings typed on a bad keyboard, nearly all come back."""
    chosen = random.Random(1022)
    sayings = [saying for lines in phrasings.load().values() for saying in lines if not is_english(clean(saying))]
    texts = [syllables(clean(saying)) for saying in chosen.sample(sayings, 300)]

    kept = total = 0
    for words in texts:
        mended, _ = repaired(noise.mistyped(" ".join(words), chosen).split(), catalogue)
        kept += sum(before == after for before, after in zip(words, mended, strict=True))
        total += len(words)

    assert kept / total > 0.99


def test_repair_undoes_half_of_what_was_misheard(catalogue):
    chosen = random.Random(1022)
    sayings = [saying for lines in phrasings.load().values() for saying in lines if not is_english(clean(saying))]
    texts = [syllables(clean(saying)) for saying in chosen.sample(sayings, 300)]

    mended = spoiled = 0
    for words in texts:
        heard = noise.misheard(" ".join(words), chosen).split()
        out, _ = repaired(heard, catalogue)
        changed = [place for place, word in enumerate(words) if heard[place] != word]
        mended += sum(out[place] == words[place] for place in changed)
        spoiled += len(changed)

    assert mended / spoiled > 0.5
