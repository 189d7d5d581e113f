"""What prose states without a figure: that it is free, that it can be done online, what papers it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.checking.claims import Kind, Problem
from assistant.checking.evidence import Evidence, Record
from assistant.checking.lexicon import words
from assistant.checking.negations import Negation, PaperName, negations, paper_names
from assistant.checking.prose import Prose, Span, is_bullet
from knowledge.procedure import Channel, OnlineLevel

_AFTER = re.compile(r" \w+")
_BESIDE, _ENDING = 2, 5
_WORDS_OF_A_TITLE = 2
_ANY = "any paper"
_WORD = re.compile(r"\w{2,}")
_COMMON = frozenset(
    "cho của và các được khi nếu với trường hợp đối từ trong thì là có không người tại theo to the of for if in and or is are "
    "đồng này việc làm thủ tục nguồn ghi 0 who that when registration đăng ký miễn phí lệ free fee fees charge no under".split()
)


def problems(prose: Prose, records: Sequence[Record], beside: Evidence, said: Evidence) -> Iterator[Problem]:
    """The statements that no record bears out."""
    spoken, prose = prose, prose.masked(_titles(prose.low, records))
    for sentence in prose.sentences:
        low = prose.words_of(sentence)
        if low.rstrip(' »”"').endswith("?") or _is_quoted(low, records):
            continue
        yield from _free(prose, sentence, records)
        yield from _channels(prose, sentence, records)
    names = {counted.low: counted.words for record in records for counted in record.papers}
    denied = negations(spoken, names)
    yield from _denied(spoken, denied, records)
    yield from _asked(prose, denied, records, beside, said)


def _is_quoted(low: str, records: Sequence[Record]) -> bool:
    words_only = low.strip(" .-*•\n")
    return len(words_only) > 20 and any(words_only in record.all.prose.low for record in records)


def _problem(prose: Prose, kind: Kind, start: int, end: int, why: str) -> Problem:
    return Problem(kind, prose.text[start:end].strip(), why, start, end)


def _free(prose: Prose, sentence: Span, records: Sequence[Record]) -> Iterator[Problem]:
    low = prose.words_of(sentence)
    zero = () if words("bare_zero").search(low) else words("zero").finditer(low)
    for match in (*words("free").finditer(low), *zero):
        if words("not_free").search(low) or _is_within(low, match.start(), match.end(), records):
            return
        start, end = sentence.start + match.start(), sentence.start + match.end()
        told = set(_WORD.findall(f"{prose.opening(sentence)} {low}")) - _COMMON
        if not any(_bears(told, condition) for record in records for condition in record.free_words):
            yield _problem(prose, Kind.FREE, start, end, "no field says that nothing is charged")
        return


def _is_within(low: str, start: int, end: int, records: Sequence[Record]) -> bool:
    """Whether the words stand so in the record, with a word on each side: within the name of a paper."""
    words_before, words_after = low[:start].split()[-_BESIDE:], _AFTER.match(low, end)
    piece = " ".join((*words_before, low[start:end])).strip(" .,;:-•") + (words_after.group() if words_after else "")
    return len(words_before) == _BESIDE and any(piece in record.all.prose.low for record in records)


def _bears(told: set[str], condition: str) -> bool:
    """Whether a sentence names the case in which it is free; without a condition it always is."""
    case = set(_WORD.findall(condition)) - _COMMON
    return not case or len(told & case) >= min(2, len(case))


def _channels(prose: Prose, sentence: Span, records: Sequence[Record]) -> Iterator[Problem]:
    low = prose.words_of(sentence)
    if words("hedged").search(low):
        return
    for name, why in _CHANNEL_WHY.items():
        match = words(name).search(low)
        if match and not any(_offers(name, record, low) for record in records):
            yield _problem(prose, Kind.CHANNEL, sentence.start + match.start(), sentence.start + match.end(), why)
            return
        if match and name in ("online_full", "online_no", "online_only"):
            return


_CHANNEL_WHY = {
    "online_no": "the record does not say that it cannot be filed online",
    "online_only": "the record does not say that it is filed online only",
    "online_full": "the record does not say that it is done online from beginning to end",
    "online_yes": "the record does not say that it can be filed online",
    "post_yes": "the record does not say that it can be sent by post",
}


def _offers(name: str, record: Record, low: str) -> bool:
    online, channels = record.online, record.channels
    possible = online in (OnlineLevel.FULL, OnlineLevel.PARTIAL) or Channel.ONLINE in channels
    match name:
        case "online_full":
            return online is OnlineLevel.FULL or (record.online_only and online is not OnlineLevel.PARTIAL)
        case "online_yes":
            return possible or record.online_only
        case "online_no":
            return online is OnlineLevel.NONE and Channel.ONLINE not in channels
        case "online_only":
            return record.online_only
        case _:
            return (
                Channel.POSTAL in channels or bool(words("post_yes").search(record.all.prose.low)) or "kết quả" in low
            )


def _denied(prose: Prose, denied: Sequence[Negation], records: Sequence[Record]) -> Iterator[Problem]:
    names = {counted.low for record in records for counted in record.papers}
    for _, group in groupby(sorted(denied, key=lambda denial: denial.at), key=lambda denial: denial.at):
        judged = [(denial, _is_borne_out(prose, denial, records)) for denial in group]
        # Of papers with like names one is enough; of those that the sentence names, all must be.
        named = [one for one in judged if one[0].paper not in names]
        like = [one for one in judged if one[0].paper in names]
        wrong = [denial for denial, fine in named if not fine]
        wrong += [like[0][0]] if like and not any(fine for _, fine in (*named, *like)) else []
        if wrong:
            yield _problem(
                prose, Kind.NEGATION, wrong[0].start, wrong[0].end, "no field says that this paper is not needed"
            )


def _is_borne_out(prose: Prose, denial: Negation, records: Sequence[Record]) -> bool:
    clause = prose.low[denial.start : denial.end]
    sentence = prose.words_of(prose.sentence_at(denial.start))
    ending = " ".join(clause.split()[-_ENDING:])
    quoted = words("not_needed_after").search(ending) and any(ending in record.all.prose.low for record in records)
    if quoted:
        return True
    return bool(words("abolished").search(clause)) or any(
        _may_lack(one, denial.paper, clause, sentence) for one in records
    )


def _may_lack(record: Record, paper: str, clause: str, sentence: str) -> bool:
    if paper == _ANY and not words("condition").search(sentence):
        return clause in record.all.prose.low or clause.startswith(("no ", "without "))
    if paper in record.asking.unneeded or paper in record.all.unneeded or clause in record.all.prose.low:
        return True
    conditional = words("condition").search(sentence) is not None
    for counted in record.papers:
        if paper == counted.low or paper in counted.names or (paper != _ANY and paper in counted.low):
            from_data = counted.paper.from_data and conditional
            only_in_a_case = counted.paper.condition is not None and conditional
            shown = counted.paper.show_only and re.search(r"xuất trình|\bshow", sentence) is not None
            if from_data or only_in_a_case or shown:
                return True
    return False


def _asked(
    prose: Prose, denied: Sequence[Negation], records: Sequence[Record], beside: Evidence, said: Evidence
) -> Iterator[Problem]:
    spans = [(negation.start, negation.end) for negation in denied]
    for name in paper_names(prose.low):
        if name.paper == _ANY or any(start <= name.start < end for start, end in spans):
            continue
        sentence = prose.sentence_at(name.start)
        opening = prose.opening(sentence)
        context = f"{opening} {prose.low[sentence.start : name.start]}"
        around = prose.clause_at(name.start, name.end)
        after = prose.low[name.end : sentence.end].split(",", maxsplit=1)[0]
        item = is_bullet(prose.words_of(sentence)) and not opening and name.listed
        if not (item or words("asked").search(context) or words("asked_after").search(after)):
            continue
        if _is_held(name, records, beside) or _is_echo(name, around, said):
            continue
        if _is_given(name, context, records) or _is_within(prose.low, name.start, name.end, records):
            continue
        yield _problem(prose, Kind.PAPER, name.start, name.end, "the record does not list this paper")


def _titles(low: str, records: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """Where a text calls a procedure by its name."""
    for record in records:
        procedure = record.procedure
        for name in {procedure.name.lower(), procedure.title.vi.lower(), procedure.title.en.lower()}:
            place = low.find(name) if name.count(" ") >= _WORDS_OF_A_TITLE else -1
            while place >= 0:
                yield place, place + len(name)
                place = low.find(name, place + 1)


def _is_held(name: PaperName, records: Sequence[Record], beside: Evidence) -> bool:
    return any(_holds(name, record.asking) for record in records) or _holds(name, beside)


def _holds(name: PaperName, evidence: Evidence) -> bool:
    if name.listed:
        return name.paper in evidence.papers
    low = evidence.prose.low
    return name.paper in low or (name.shorter != "" and name.shorter in low)


def _is_given(name: PaperName, context: str, records: Sequence[Record]) -> bool:
    """Whether it is what the procedure gives, or is called after: «đến nhận giấy khai sinh», «làm sổ hộ nghèo»."""
    last = list(words("asked").finditer(context))
    given = list(words("given").finditer(context))
    nearer = given and (not last or given[-1].start() >= last[-1].start())
    return bool(nearer) and any(_holds(name, record.all) for record in records)


def _is_echo(name: PaperName, around: str, said: Evidence) -> bool:
    spoken = words("echo").search(around) or words("condition").search(around)
    return bool(spoken) and _holds(name, said)
