"""Facts records: figures and names, no sentence of the source, and nothing surer than it was."""

from __future__ import annotations

import json
import lzma
import random
from datetime import date

import pytest

from knowledge.errors import CatalogueError
from knowledge.procedure import (
    Agency,
    Case,
    Caution,
    Channel,
    Fee,
    FeeKind,
    FeeStatus,
    Form,
    Layer,
    LegalBasis,
    Level,
    Method,
    OnlineLevel,
    Paper,
    Procedure,
    Section,
    Text,
    TimeLimit,
    TimeUnit,
)
from knowledge.sources import facts
from knowledge.sources.facts import FACTS, MOST_BYTES, condense, digest, load, pack
from knowledge.sources.portal_times import IN_CASE, IN_METHOD

SENTENCE = "Câu này của nguồn không được đi theo bản rút gọn, dù ngắn hay dài thế nào."
WITH_CONDITIONS = Text(vi="có điều kiện kèm theo, xem trang chính thức", en="conditions apply; see the official page")
SEE_PAGE = Text(vi="cách tính ghi ở trang chính thức", en="how it is worked out stands on the official page")


def _exact(amount, **fields):
    return Fee(status=FeeStatus.EXACT, amount=amount, **fields)


def _limit(quantity=3, unit=TimeUnit.WORKING_DAY, note=None):
    return TimeLimit(quantity=quantity, unit=unit, note=note)


def _rates(listed):
    return Text(
        vi=f"nhiều mức: {listed}; mức nào cho trường hợp nào, xem trang chính thức",
        en=f"several rates: {listed}; see the official page for which applies",
    )


@pytest.fixture
def full(made):
    """A record with everything in it, and our sentence wherever the source may have put one."""
    return made(
        name="Cấp thẻ tre",
        layer=Layer.NATIONAL,
        local_unit="H17",
        field="Tre trúc",
        levels=(Level.WARD,),
        audience=("Công dân Việt Nam",),
        agency=Agency(
            receives="Ủy ban nhân dân cấp xã",
            settles="Sở Tre trúc",
            coordinates=(SENTENCE,),
            address=SENTENCE,
            anywhere=True,
            anywhere_source="Cổng thử: isNonTerritorial",
        ),
        cases=(Case(name=SENTENCE),),
        steps=(SENTENCE,),
        methods=(
            Method(
                channels=(Channel.DIRECT,),
                time_limits=(_limit(note=SENTENCE),),
                fees=(_exact(70_000, note="70.000 đồng/thẻ"), _exact(90_000, kind=FeeKind.PRICE, note=SENTENCE)),
                note=SENTENCE,
            ),
        ),
        papers=(Paper(name=SENTENCE),),
        forms=(Form(name=SENTENCE),),
        conditions=(SENTENCE,),
        results=("Thẻ tre",),
        legal_basis=(
            LegalBasis(number="9/2345/TT-BTRE", title=SENTENCE),
            LegalBasis(number="9/2345/TT-BTRE", title=""),
            LegalBasis(number="", title=SENTENCE),
        ),
        related=("1.000002",),
        summary=SENTENCE,
        online=OnlineLevel.FULL,
        interconnected=True,
        decision="9/QĐ-TRE",
        jurisdiction="da-nang",
    )


def _condensed(made, *fees, limits=()):
    """The condensed fees and limits of a record with one method."""
    method = Method(channels=(Channel.DIRECT,), fees=fees, time_limits=limits)
    (kept,) = condense(made(methods=(method,), layer=Layer.NATIONAL)).methods
    return kept.fees if fees else kept.time_limits


def test_a_facts_record_holds_figures_and_names_alone(full):
    caution = Caution(about=Section.STEPS, text=Text(vi="Còn nhắc cấp huyện", en="Still mentions districts"))

    assert condense(full, [caution]) == Procedure(
        code=full.code,
        local_unit="H17",
        name="Cấp thẻ tre",
        field="Tre trúc",
        levels=(Level.WARD,),
        audience=("Công dân Việt Nam",),
        agency=Agency(
            receives="Ủy ban nhân dân cấp xã",
            settles="Sở Tre trúc",
            anywhere=True,
            anywhere_source="Cổng thử: isNonTerritorial",
        ),
        methods=(
            Method(
                channels=(Channel.DIRECT,),
                time_limits=(_limit(),),
                fees=(_exact(70_000, unit="thẻ"), _exact(90_000, kind=FeeKind.PRICE, note=WITH_CONDITIONS)),
            ),
        ),
        results=("Thẻ tre",),
        legal_basis=(LegalBasis(number="9/2345/TT-BTRE"),),
        online=OnlineLevel.FULL,
        interconnected=True,
        warnings=(caution,),
        sources=full.sources,
        decision="9/QĐ-TRE",
        jurisdiction="da-nang",
        layer=Layer.FACTS,
    )


def test_no_sentence_of_the_source_is_left(full):
    assert SENTENCE in full.model_dump_json()
    assert SENTENCE not in condense(full).model_dump_json()


def test_limits_that_contradict_each_other_keep_their_mark(made):
    conflict = (_limit(7, note=IN_METHOD), _limit(10, note=IN_CASE))

    assert _condensed(made, limits=conflict) == conflict


@pytest.mark.parametrize(
    ("limits", "kept"),
    [
        ((_limit(note="Kể từ ngày nhận đủ hồ sơ"),), (_limit(),)),
        ((_limit(note="một"), _limit(note="hai")), (_limit(),)),
        ((TimeLimit(note="Ngay khi nhận hồ sơ"),), ()),
        (
            (TimeLimit(note="Thẻ đỏ 3 ngày làm việc, thẻ vàng 5 ngày"),),
            (
                TimeLimit(
                    note=Text(
                        vi="tùy trường hợp, nguồn nhắc tới: 3 ngày làm việc; 5 ngày",
                        en="it depends; mentioned: 3 ngày làm việc; 5 ngày",
                    )
                ),
            ),
        ),
    ],
)
def test_a_limit_is_its_figure_or_the_figures_that_are_mentioned(made, limits, kept):
    assert _condensed(made, limits=limits) == kept


@pytest.mark.parametrize(
    ("fee", "kept"),
    [
        (_exact(70_000), (_exact(70_000),)),
        (_exact(70_000, note="cấp lại do mất"), (_exact(70_000, condition="cấp lại do mất"),)),
        (_exact(70_000, note="Theo Thông tư 9/2345/TT-BTRE"), (_exact(70_000),)),
        (_exact(70_000, note="70.000 đồng, giảm 50% khi nộp qua mạng"), (_exact(70_000, note=WITH_CONDITIONS),)),
        (_exact(70_000, note=SENTENCE), (_exact(70_000, note=WITH_CONDITIONS),)),
        (
            Fee(status=FeeStatus.DESCRIBED, note="cấp mới 40.000 đồng; cấp lại 20.000 đồng"),
            (_exact(40_000, condition="cấp mới"), _exact(20_000, condition="cấp lại")),
        ),
        (
            Fee(status=FeeStatus.DESCRIBED, note="40.000 đồng, hộ nghèo giảm còn 20.000 đồng"),
            (Fee(status=FeeStatus.DESCRIBED, note=_rates("40.000 đồng; 20.000 đồng")),),
        ),
        (
            Fee(status=FeeStatus.DESCRIBED, note="không quá 40.000 đồng"),
            (
                Fee(
                    status=FeeStatus.DESCRIBED,
                    note=Text(
                        vi="có mức 40.000 đồng; áp dụng thế nào, xem trang chính thức",
                        en="a rate of 40.000 đồng is mentioned; see the official page for how it applies",
                    ),
                ),
            ),
        ),
        (Fee(status=FeeStatus.DESCRIBED, note="tùy loại tre"), (Fee(status=FeeStatus.DESCRIBED, note=SEE_PAGE),)),
        (Fee(status=FeeStatus.FREE, note="Miễn phí"), (Fee(status=FeeStatus.FREE),)),
        (Fee(status=FeeStatus.STATED_ZERO, note="Không"), (Fee(status=FeeStatus.STATED_ZERO),)),
        (Fee(status=FeeStatus.UNKNOWN), (Fee(status=FeeStatus.UNKNOWN),)),
        (
            Fee(status=FeeStatus.DOUBTFUL, amount=25, note=SENTENCE),
            (Fee(status=FeeStatus.DOUBTFUL, amount=25),),
        ),
        (
            Fee(status=FeeStatus.SET_ELSEWHERE, set_by="Bộ Tre trúc", note=SENTENCE),
            (Fee(status=FeeStatus.SET_ELSEWHERE, set_by="Bộ Tre trúc"),),
        ),
        (
            _exact(70_000, valid_to=date(2345, 12, 31), note="đến hết ngày 31/12/2345"),
            (_exact(70_000, valid_to=date(2345, 12, 31)),),
        ),
    ],
)
def test_a_fee_keeps_what_can_be_told_shortly_and_no_more_certainty(made, fee, kept):
    assert _condensed(made, fee) == kept


@pytest.mark.parametrize(
    ("fees", "kept"),
    [
        (
            (_exact(40_000), _exact(20_000)),
            (Fee(status=FeeStatus.DESCRIBED, note=_rates("40.000 đồng; 20.000 đồng")),),
        ),
        (
            (_exact(40_000, note=SENTENCE), _exact(20_000, note=SENTENCE + " Khác.")),
            (Fee(status=FeeStatus.DESCRIBED, note=_rates("40.000 đồng; 20.000 đồng")),),
        ),
        (
            (_exact(40, currency="USD"), _exact(20, currency="USD"), _exact(90_000)),
            (Fee(status=FeeStatus.DESCRIBED, currency="USD", note=_rates("40 USD; 20 USD")), _exact(90_000)),
        ),
        (
            (_exact(40_000, unit="thẻ"), _exact(40_000, unit="trang"), _exact(20_000)),
            (Fee(status=FeeStatus.DESCRIBED, note=_rates("40.000 đồng; 20.000 đồng")),),
        ),
        (
            (_exact(40_000, condition="cấp mới"), _exact(20_000, condition="cấp mới"), _exact(10_000)),
            (
                Fee(status=FeeStatus.DESCRIBED, condition="cấp mới", note=_rates("40.000 đồng; 20.000 đồng")),
                _exact(10_000),
            ),
        ),
    ],
)
def test_rates_that_nothing_tells_apart_are_never_exact(made, fees, kept):
    assert _condensed(made, *fees) == kept


@pytest.mark.parametrize(
    "fees",
    [
        (_exact(40_000, condition="cấp mới"), _exact(20_000, condition="cấp lại")),
        (_exact(40_000), _exact(20_000, kind=FeeKind.PRICE)),
        (_exact(40_000, valid_to=date(2345, 12, 31)), _exact(20_000, valid_from=date(2346, 1, 1))),
        (_exact(40_000), _exact(20, currency="USD")),
        (_exact(40_000), Fee(status=FeeStatus.FREE)),
    ],
)
def test_rates_that_something_tells_apart_stay(made, fees):
    assert _condensed(made, *fees) == fees


def test_packing_is_the_same_whatever_the_order(made, full, tmp_path):
    records = [condense(made(f"1.{number:06}", f"Cấp thẻ tre {number}")) for number in range(1, 30)]
    mixed = random.Random(7).sample(records, len(records))
    path = tmp_path / "facts.jsonl.xz"

    packed = pack(records)
    path.write_bytes(packed)

    assert pack(mixed) == packed
    assert list(load(path)) == records


def test_a_record_is_packed_and_loaded_whole(full, tmp_path):
    path = tmp_path / "facts.jsonl.xz"
    record = condense(full)

    path.write_bytes(pack([record]))

    assert list(load(path)) == [record]
    assert digest(path) != digest(FACTS)
    assert digest(tmp_path / "none.jsonl.xz") == ""


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[: len(packed) // 2],
        lambda packed: packed[:-4],
        lambda _: b"not packed at all",
        lambda _: b"",
        lambda packed: packed[:40] + bytes([packed[40] ^ 0xFF]) + packed[41:],
        lambda _: lzma.compress(b'{"code": "1.000001", "na'),
        lambda _: lzma.compress(b'{"code": "1.1", "name": "The tre"}'),
        lambda _: lzma.compress('{"code": "1.000001", "name": "Thẻ"}'.encode("utf-16")),
    ],
    ids=["half", "cut short", "other bytes", "empty", "flipped", "no JSON", "no record", "no UTF-8"],
)
def test_a_damaged_file_says_so(full, tmp_path, damage):
    path = tmp_path / "facts.jsonl.xz"
    path.write_bytes(damage(pack([condense(full)])))

    with pytest.raises(CatalogueError, match=r"facts\.jsonl\.xz is damaged: (?s:.*)Fetch the release again\.$"):
        list(load(path))


@pytest.fixture(scope="module")
def shipped():
    """Every record of the shipped file."""
    return list(load())


def test_the_shipped_file_is_small_and_holds_each_code_once(shipped):
    codes = [record.code for record in shipped]

    assert FACTS.stat().st_size <= MOST_BYTES == 2_000_000
    assert codes == sorted(set(codes))
    assert len(codes) > 4_500
    assert all(record.applies_in_da_nang and record.layer is Layer.FACTS for record in shipped)
    assert all(record.sources[0].url.startswith("https://dichvucong.gov.vn/") for record in shipped)


def test_no_shipped_record_holds_a_sentence(shipped):
    told = facts.READ_FROM | {WITH_CONDITIONS.vi, SEE_PAGE.vi}
    ours = ("nhiều mức: ", "có mức ", "tùy trường hợp, nguồn nhắc tới: ")
    for record in shipped:
        dumped = json.loads(record.model_dump_json(exclude_defaults=True))
        assert not {"steps", "papers", "conditions", "cases", "forms", "summary", "related"} & set(dumped), record.code
        assert not {"address", "coordinates"} & set(dumped.get("agency", ())), record.code
        assert not any(basis.title for basis in record.legal_basis), record.code
        for method in record.methods:
            assert method.note is None, record.code
            notes = [part.note.vi for part in (*method.fees, *method.time_limits) if part.note]
            assert all(note in told or note.startswith(ours) for note in notes), record.code
            cases = [fee.condition.vi for fee in method.fees if fee.condition]
            assert all(len(case.split()) <= 24 for case in cases), record.code


def test_no_shipped_rate_is_exact_beside_another_of_the_same_case(shipped):
    for record in shipped:
        for method in record.methods:
            seen: dict[tuple[object, ...], float | None] = {}
            for fee in method.fees:
                if fee.status is FeeStatus.EXACT:
                    key = (fee.kind, fee.currency, fee.condition, fee.valid_from, fee.valid_to)
                    assert seen.setdefault(key, fee.amount) == fee.amount, record.code


def test_the_source_and_its_day_go_with_every_record(shipped):
    assert {source.as_of for record in shipped for source in record.sources} == {date(2026, 7, 18)}
