"""The tests behind the rules for sayings that look for likeness: twins, moulds, echoes of the title, one voice."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from knowledge.phrasings_rules import Found, Gathered, Saying
from knowledge.speech import understand
from knowledge.text import has_diacritics

_TWIN_SHARE = 0.85
_TWIN_OF_BOTH = 2 * _TWIN_SHARE / (1 + _TWIN_SHARE)
"""So much of the smaller set is shared, whatever the size of the other."""
_TWIN_FROM = 4
"""Words: of fewer, one more or less is another thing."""
_APART_FROM = 4
_OPENING = 3
_OPENING_SHARE = 0.08
_OPENING_FROM = 6
_SKELETON_FROM = 3
"""Words: «xin cho» around the title is speech and no mould."""
_SKELETON_MOST = 12
_ECHO_SHARE = 0.7
_ECHO_OVER = 4
_VOICE_FROM = 8
_SHORT = 6
_EXAMPLES = 3

_PRONOUNS = frozenset(
    "tôi tui em anh chị mình tớ cháu con cô chú bác ông bà ba má mẹ cha vợ chồng tụi bọn chúng ad i my we our".split()
)
_EMPTY = frozenset(
    "và của cho các có thì là ở tại với về khi để được bị do theo từ trong ra vào thuộc đối những việc thủ tục"
    " va cua cac co thi la o tai voi ve khi de duoc bi do theo tu trong thuoc doi nhung viec thu tuc".split()
)
"""Words that name nothing, with their marks and without."""


def near_twin(gathered: Gathered) -> Iterator[Found]:
    """Pairs of sayings of two codes that share nearly all words."""
    for one, other in _twins([s for s in gathered.sayings if len(set(s.folded)) >= _TWIN_FROM]):
        if one.code != other.code and one.folded != other.folded:
            yield Found(one.file, one.code, one.text, f"gần như {other}", (other.file, other.code))


def _twins(sayings: Sequence[Saying]) -> Iterator[tuple[Saying, Saying]]:
    """Compared only where rare words meet: two sets that share 85 % share one of the few rarest words of each.

    The smaller set comes first, so that of its words still fewer can be missing in the other.
    """
    counts = Counter(word for saying in sayings for word in set(saying.folded))
    bags = [(sorted(set(saying.folded), key=lambda word: (counts[word], word)), saying) for saying in sayings]
    bags.sort(key=lambda bag: len(bag[0]))
    sets = [set(words) for words, _ in bags]
    holding: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, (words, saying) in enumerate(bags):
        mine, size = sets[number], len(words)
        least = math.ceil(_TWIN_SHARE * size)
        rare = words[: size - least + 1]
        for other in {
            n for word in rare for its_size in range(least, size + 1) for n in holding.get((word, its_size), ())
        }:
            shared = len(mine & sets[other])
            if shared >= _TWIN_SHARE * (size + len(sets[other]) - shared):
                yield saying, bags[other][1]
        for word in words[: size - math.ceil(_TWIN_OF_BOTH * size) + 1]:
            holding[word, size].append(number)


def one_word_apart(gathered: Gathered) -> Iterator[Found]:
    """Pairs of sayings of one code with one word exchanged, added or left out."""
    for sayings in gathered.by_code.values():
        for one, other in combinations(sayings, 2):
            if _one_apart(one.folded, other.folded):
                yield Found(other.file, other.code, other.text, f"chỉ khác một chữ với «{one.text}»")


def _one_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    if max(len(one), len(other)) < _APART_FROM or abs(len(one) - len(other)) > 1 or one == other:
        return False
    same = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return True
    return other[same + 1 :] in (one[same + 1 :], one[same:]) or other[same:] == one[same + 1 :]


def one_opening(gathered: Gathered) -> Iterator[Found]:
    """Openings that too many sayings of a file begin with."""
    files: dict[str, list[Saying]] = defaultdict(list)
    for saying in gathered.sayings:
        files[saying.file].append(saying)
    for file, sayings in files.items():
        openings = Counter(saying.folded[:_OPENING] for saying in sayings if len(saying.folded) > _OPENING)
        for opening, count in openings.most_common():
            if count < _OPENING_FROM or count <= _OPENING_SHARE * len(sayings):
                break
            examples = [saying for saying in sayings if saying.folded[:_OPENING] == opening]
            yield Found(file, "", " ".join(opening), f"{count} trên {len(sayings)} lời, như {_told(examples)}")


def one_skeleton(gathered: Gathered) -> Iterator[Found]:
    """What is left of sayings without the words of their titles, where too many are left alike."""
    skeletons: dict[tuple[str, ...], list[Saying]] = defaultdict(list)
    for saying in gathered.sayings:
        if official := gathered.officials.get(saying.code):
            title = set(official.folded)
            skeletons[tuple(word for word in saying.folded if word not in title)].append(saying)
    for skeleton, sayings in skeletons.items():
        if len(skeleton) >= _SKELETON_FROM and len(sayings) > _SKELETON_MOST:
            words = " ".join(skeleton)
            yield Found(sayings[0].file, sayings[0].code, words, f"{len(sayings)} lời, như {_told(sayings)}")


def title_echo(gathered: Gathered) -> Iterator[Found]:
    """Sayings most words of which stand in the title."""
    for saying in gathered.sayings:
        official = gathered.officials.get(saying.code)
        words = saying.words if has_diacritics(saying.text) else saying.folded
        content = [word for word in words if word not in _EMPTY]
        if not official or len(words) <= _ECHO_OVER or not content:
            continue
        title = set(official.title if words is saying.words else official.folded)
        share = sum(word in title for word in content) / len(content)
        if share >= _ECHO_SHARE:
            yield Found(saying.file, saying.code, saying.text, f"{share:.0%} số chữ có trong «{official.name}»")


def one_voice(gathered: Gathered) -> Iterator[Found]:
    """Codes with many sayings, all in full and careful sentences about nobody."""
    for code, sayings in gathered.by_code.items():
        if len(sayings) >= _VOICE_FROM and not any(map(_has_voice, sayings)):
            yield Found(sayings[0].file, code, "", f"{len(sayings)} lời một giọng")


def _has_voice(saying: Saying) -> bool:
    return (
        len(saying.words) <= _SHORT
        or not _PRONOUNS.isdisjoint(saying.words)
        or not has_diacritics(saying.text)
        or understand(saying.text).words != saying.words  # dialect and short forms are what is exchanged there
    )


def _told(sayings: Sequence[Saying]) -> str:
    return "; ".join(f"{saying.code} «{saying.text}»" for saying in sayings[:_EXAMPLES])
