"""Fees, limits, papers and places as sentences, every status of them, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.write.sentences import (
    fee_lines,
    online_line,
    paper_line,
    shorten,
    time_lines,
    where_lines,
)
from knowledge.procedure import Agency, OnlineLevel

TODAY = date(2026, 11, 22)
NOTE = {"vi": "Tính theo số đốt tre.", "en": "Counted by the joints of the bamboo."}


@pytest.mark.parametrize(
    ("fee", "vi", "en"),
    [
        (
            {"status": "exact", "amount": 50_000},
            "Lệ phí: 50.000 đồng",
            "Charge: 50,000 đồng",
        ),
        (
            {"status": "exact", "amount": 2_000, "kind": "service_fee", "unit": {"vi": "trang", "en": "page"}},
            "Phí: 2.000 đồng/trang",
            "Fee: 2,000 đồng per page",
        ),
        (
            {"status": "exact", "amount": 7_000, "unit": {"vi": "một thẻ", "en": "per card"}, "note": NOTE},
            "Lệ phí: 7.000 đồng/thẻ. Tính theo số đốt tre.",
            "Charge: 7,000 đồng per card. Counted by the joints of the bamboo.",
        ),
        (
            {"status": "exact", "amount": 12.5, "currency": "USD", "kind": "price"},
            "Giá dịch vụ: 12,50 USD",
            "Price: 12.50 USD",
        ),
        (
            {"status": "exact", "amount": 30_000, "condition": {"vi": "tre dài", "en": "long bamboo"}},
            "Lệ phí – tre dài: 30.000 đồng",
            "Charge – long bamboo: 30,000 đồng",
        ),
        (
            {"status": "free"},
            "Lệ phí: không thu",
            "Charge: none",
        ),
        (
            {"status": "stated_zero"},
            "Lệ phí: nguồn ghi 0 đồng nhưng không giải thích; anh/chị hỏi lại nơi nhận trước khi đi",
            "Charge: the source says 0 đồng without explaining it; please check with the office first",
        ),
        (
            {"status": "set_elsewhere", "set_by": {"vi": "Hội đồng Tre", "en": "the Bamboo Council"}},
            "Lệ phí: do Hội đồng Tre quy định; nguồn không ghi con số",
            "Charge: set by the Bamboo Council; the source gives no figure",
        ),
        (
            {"status": "set_elsewhere", "set_by": {"vi": "Thông tư 1/2099/TT-TRE", "en": "Circular 1/2099/TT-TRE"}},
            "Lệ phí: theo Thông tư 1/2099/TT-TRE; nguồn không ghi con số",
            "Charge: set by Circular 1/2099/TT-TRE; the source gives no figure",
        ),
        (
            {"status": "described", "note": "Tre ngắn 1.000 đồng; tre dài 2.000 đồng"},
            "Lệ phí: tùy trường hợp, nguồn ghi: «Tre ngắn 1.000 đồng; tre dài 2.000 đồng»",
            "Charge: it depends; the source says (in Vietnamese): «Tre ngắn 1.000 đồng; tre dài 2.000 đồng»",
        ),
        (
            {"status": "doubtful", "amount": 135},
            "Lệ phí: chưa chắc, vì nguồn ghi 135 đồng nhưng chỗ khác trong nguồn nói khác; anh/chị hỏi lại nơi nhận",
            "Charge: uncertain, as the source says 135 đồng but contradicts itself; please ask the office",
        ),
        (
            {"status": "doubtful"},
            "Lệ phí: chưa chắc, vì các chỗ trong nguồn nói khác nhau; anh/chị hỏi lại nơi nhận",
            "Charge: uncertain, as the source contradicts itself; please ask the office",
        ),
        (
            {"status": "unknown"},
            "Lệ phí: nguồn không ghi mức thu; chưa biết là có thu hay không",
            "Charge: the source does not state any; whether one is charged is unknown",
        ),
    ],
)
def test_a_fee_is_told_as_far_as_it_is_known(made, method, fee, vi, en):
    procedure = made(methods=(method(fees=[fee]),))

    assert [fee_lines(procedure, TODAY, language) for language in ("vi", "en")] == [(vi,), (en,)]


def test_a_record_without_fees_is_not_free(made, method):
    procedure = made(methods=(method(),))

    assert fee_lines(procedure, TODAY, "vi") == ("nguồn không ghi mức thu; chưa biết là có thu hay không",)
    assert fee_lines(procedure, TODAY, "en") == ("the source does not state any; whether one is charged is unknown",)


def test_a_long_note_of_the_source_is_quoted_and_cut(made, method):
    note = "Người trồng tre nộp một lần khi nhận thẻ, " * 20
    (line,) = fee_lines(made(methods=(method(fees=[{"status": "exact", "amount": 5_000, "note": note}]),)), TODAY, "vi")

    assert line.startswith("Lệ phí: 5.000 đồng. Nguồn ghi thêm: «Người trồng tre nộp một lần")
    assert line.endswith(" …»")
    assert len(line) < 480


def test_ways_of_handing_in_with_fees_of_their_own_are_told_apart(made, method):
    counter = method("direct", fees=[{"status": "exact", "amount": 20_000}])
    online = method("online", "postal", fees=[{"status": "exact", "amount": 10_000}])

    assert fee_lines(made(methods=(counter, online)), TODAY, "vi") == (
        "Lệ phí – nộp trực tiếp: 20.000 đồng",
        "Lệ phí – nộp trực tuyến, qua bưu chính: 10.000 đồng",
    )


def test_ways_of_handing_in_with_one_fee_are_told_once(made, method):
    ways = tuple(method(way, fees=[{"status": "exact", "amount": 20_000}]) for way in ("direct", "online"))

    assert fee_lines(made(methods=ways), TODAY, "vi") == ("Lệ phí: 20.000 đồng",)


HALVED = {"status": "exact", "amount": 35_000, "valid_to": date(2026, 12, 31)}
FULL = {"status": "exact", "amount": 70_000, "valid_from": date(2027, 1, 1)}


@pytest.mark.parametrize(
    ("fees", "today", "lines"),
    [
        ([HALVED], date(2026, 12, 31), ("Lệ phí: 35.000 đồng; áp dụng đến hết ngày 31/12/2026",)),
        (
            [HALVED],
            date(2027, 1, 1),
            ("mức thu ghi trong nguồn đã hết hiệu lực ngày 31/12/2026; chưa có mức mới, anh/chị hỏi lại nơi nhận",),
        ),
        (
            [HALVED, FULL],
            date(2026, 12, 31),
            (
                "Lệ phí: 35.000 đồng; áp dụng đến hết ngày 31/12/2026",
                "Lệ phí: 70.000 đồng; từ ngày 01/01/2027",
            ),
        ),
        ([HALVED, FULL], date(2027, 1, 1), ("Lệ phí: 70.000 đồng",)),
    ],
)
def test_a_fee_is_quoted_to_its_last_day_and_not_after(made, method, fees, today, lines):
    assert fee_lines(made(methods=(method(fees=fees),)), today, "vi") == lines


@pytest.mark.parametrize(
    ("limits", "vi", "en"),
    [
        ([{"quantity": 5, "unit": "working_day"}], ("5 ngày làm việc",), ("5 working days",)),
        ([{"quantity": 1, "unit": "day"}], ("1 ngày",), ("1 day",)),
        ([{"quantity": 2.5, "unit": "month"}], ("2,5 tháng",), ("2.5 months",)),
        ([{"quantity": 8, "unit": "hour"}], ("8 giờ",), ("8 hours",)),
        (
            [{"quantity": 3, "unit": "day", "condition": {"vi": "tre non", "en": "young bamboo"}}],
            ("3 ngày, tre non",),
            ("3 days, young bamboo",),
        ),
        (
            [{"quantity": 3, "unit": "day", "note": {"vi": "tính từ ngày nhận", "en": "from the day of receipt"}}],
            ("3 ngày – tính từ ngày nhận",),
            ("3 days – from the day of receipt",),
        ),
        ([], ("nguồn không ghi rõ thời hạn",), ("the source does not state it clearly",)),
        ([{"quantity": None}], ("nguồn không ghi rõ thời hạn",), ("the source does not state it clearly",)),
    ],
)
def test_a_limit_is_told_with_its_unit(made, method, limits, vi, en):
    procedure = made(methods=(method(time_limits=limits),))

    assert (time_lines(procedure, "vi"), time_lines(procedure, "en")) == (vi, en)


def test_limits_of_several_ways_are_told_apart(made, method):
    counter = method("direct", time_limits=[{"quantity": 5, "unit": "day"}])
    online = method("online", time_limits=[{"quantity": 3, "unit": "day"}])

    assert time_lines(made(methods=(counter, online)), "vi") == ("5 ngày (nộp trực tiếp)", "3 ngày (nộp trực tuyến)")


@pytest.mark.parametrize(
    ("fields", "vi", "en"),
    [
        ({}, "Lá tre", "Bamboo leaf"),
        ({"originals": 1}, "Lá tre (1 bản chính)", "Bamboo leaf (1 original)"),
        ({"originals": 2, "copies": 1}, "Lá tre (2 bản chính, 1 bản sao)", "Bamboo leaf (2 originals, 1 copy)"),
        ({"copies": 3}, "Lá tre (3 bản sao)", "Bamboo leaf (3 copies)"),
        (
            {"originals": 1, "show_only": True},
            "Lá tre (1 bản chính, chỉ xuất trình)",
            "Bamboo leaf (1 original, show only)",
        ),
        (
            {"condition": {"vi": "tre già", "en": "old bamboo"}},
            "Lá tre – trường hợp tre già",
            "Bamboo leaf – in this case: old bamboo",
        ),
        (
            {"condition": {"vi": "khi tre già", "en": "if the bamboo is old"}},
            "Lá tre – khi tre già",
            "Bamboo leaf – if the bamboo is old",
        ),
        (
            {"from_data": True},
            "Lá tre; thường không phải nộp nếu VNeID hoặc cơ sở dữ liệu đã có",
            "Bamboo leaf; usually not needed if VNeID or a database has it",
        ),
    ],
)
def test_a_paper_is_told_with_its_number_and_its_case(paper, fields, vi, en):
    leaf = paper({"vi": "Lá tre", "en": "Bamboo leaf"}, **fields)

    assert (paper_line(leaf, "vi"), paper_line(leaf, "en")) == (vi, en)


def test_who_receives_a_file_and_who_settles_it_are_told(made):
    agency = Agency(receives="trung tâm Tre", settles="Sở Tre.", anywhere=True)

    assert where_lines(made(agency=agency), "vi") == (
        "Trung tâm Tre",
        "Cơ quan giải quyết: Sở Tre.",
        "Nộp được ở nơi khác, không phụ thuộc nơi cư trú.",
    )


def test_one_body_that_does_both_is_told_once(made):
    assert where_lines(made(agency=Agency(receives="Sở Tre", settles="Sở Tre")), "vi") == ("Sở Tre",)


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "nguồn không ghi nơi nhận"), ("en", "the source does not say where")]
)
def test_an_unknown_place_is_said_to_be_unknown(made, language, words):
    assert where_lines(made(), language) == (words,)


@pytest.mark.parametrize(
    ("level", "vi", "en"),
    [
        (OnlineLevel.FULL, "được, toàn bộ quy trình", "yes, entirely"),
        (
            OnlineLevel.PARTIAL,
            "được một phần; có thể phải đến cơ quan ít nhất một lần",
            "partly; you may have to come in person at least once",
        ),
        (OnlineLevel.NONE, "không; nguồn chỉ ghi cách nộp khác", "no; the source only lists other ways"),
        (OnlineLevel.UNKNOWN, "nguồn không ghi", "the source does not say"),
    ],
)
def test_it_is_told_how_far_it_goes_online(made, level, vi, en):
    procedure = made(online=level)

    assert (online_line(procedure, "vi"), online_line(procedure, "en")) == (vi, en)


def test_a_long_text_ends_with_a_whole_word():
    assert shorten("tre già,\n măng mọc và còn nữa", 21) == "tre già, măng mọc và …"
    assert shorten("tre già, măng mọc", 17) == "tre già, măng mọc"
    assert shorten("tre già, măng mọc", 10) == "tre già …"
