"""Dates, hours and what is written in words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.forms.definition import Kind
from assistant.forms.kinds.words import amount_in_words, date_in_words
from assistant.forms.values import Unreadable, read
from tests.assistant.forms.blanks import TODAY, blank, data_and_doubts, refusal


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12/3/1990", "1990-03-12"),
        ("12/03/1990", "1990-03-12"),
        ("12-3-1990", "1990-03-12"),
        ("12.3.1990", "1990-03-12"),
        ("12 3 1990", "1990-03-12"),
        ("12/3 năm 1990", "1990-03-12"),
        ("12 / 3 / 1990", "1990-03-12"),
        ("1990-03-12", "1990-03-12"),
        ("1990/3/12", "1990-03-12"),
        ("12031990", "1990-03-12"),
        ("19900312", "1990-03-12"),
        ("12 tháng 3 năm 1990", "1990-03-12"),
        ("ngày 12 tháng 3 năm 1990", "1990-03-12"),
        ("ngày 12 tháng 03, năm 1990", "1990-03-12"),
        ("12 thang 3 nam 1990", "1990-03-12"),
        ("12 tháng 3 1990", "1990-03-12"),
        ("mười hai tháng ba năm một chín chín mươi", "1990-03-12"),
        ("muoi hai thang ba nam mot chin chin muoi", "1990-03-12"),
        ("ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu", "2026-11-05"),
        ("ngày năm tháng năm năm một chín chín năm", "1995-05-05"),
        ("hai mươi mốt tháng mười hai năm hai ngàn lẻ năm", "2005-12-21"),
        ("ba mốt tháng tám năm hai không hai lăm", "2025-08-31"),
        ("mười lăm tháng tư năm một nghìn chín trăm tám mươi tám", "1988-04-15"),
        ("5 November 2026", "2026-11-05"),
        ("5th of November 2026", "2026-11-05"),
        ("November 5, 2026", "2026-11-05"),
        ("nov 5 2026", "2026-11-05"),
        ("5 Sept 2026", "2026-09-05"),
        ("tám tháng ba năm một chín chín mươi", "1990-03-08"),
        ("5 thg 11 2026", "2026-11-05"),
        ("sinh ngày 5/11/2026", "2026-11-05"),
        ("tôi sinh 12/03/1990", "1990-03-12"),
        ("thứ năm ngày 5/11/2026", "2026-11-05"),
        ("dạ 5/11/2026 ạ", "2026-11-05"),
        ("5/11/2026 dương lịch", "2026-11-05"),
        ("5/11/2026 lúc 14h30", "2026-11-05"),
        ("2026-11-05T14:30:00", "2026-11-05"),
        ("29/2/2024", "2024-02-29"),
        ("21/11/2026", "2026-11-21"),
        ("1/1/1900", "1900-01-01"),
        ("٢١/١١/٢٠٢٦", "2026-11-21"),
    ],
)
def test_a_date_is_read_in_all_the_ways_people_write_it(said, day):
    assert data_and_doubts(Kind.DATE, said) == (day, [])


@pytest.mark.parametrize(
    ("said", "day", "doubts"),
    [
        ("hôm nay", "2026-11-21", ["date_relative"]),
        ("hôm qua", "2026-11-20", ["date_relative"]),
        ("sáng nay", "2026-11-21", ["date_relative"]),
        ("mùng 5/11/2026", "2026-11-05", ["date_solar"]),
        ("hôm kia", "2026-11-19", ["date_relative"]),
        ("yesterday", "2026-11-20", ["date_relative"]),
        ("mùng 2 tháng 9 năm 1945", "1945-09-02", ["date_solar"]),
        ("mồng năm tháng mười một năm 2026", "2026-11-05", ["date_solar"]),
        ("khoảng 12/3/1990", "1990-03-12", ["date_about"]),
        ("15/08/1850", "1850-08-15", ["date_old"]),
    ],
)
def test_a_date_that_may_be_meant_otherwise_has_a_doubt(said, day, doubts):
    assert data_and_doubts(Kind.DATE, said) == (day, doubts)


def test_a_relative_day_is_told_as_its_date():
    (doubt,) = read(blank(Kind.DATE), "hôm qua", TODAY).warnings

    assert doubt.message.vi == "Tôi ghi «hôm qua» là ngày 20/11/2026."


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("12-3-90", "date_century"),
        ("12/3/90", "date_century"),
        ("120390", "date_century"),
        ("12 tháng 3 năm 90", "date_century"),
        ("mười hai tháng ba năm chín mươi", "date_century"),
        ("ngày 5 tháng 11", "date_year"),
        ("5/11", "date_year"),
        ("5 November", "date_year"),
        ("1965", "date_day_missing"),
        ("tháng 3 năm 1990", "date_day_missing"),
        ("3/1990", "date_day_missing"),
        ("mùng 2 tết", "date_lunar"),
        ("mung 2 tet", "date_lunar"),
        ("rằm tháng 7", "date_lunar"),
        ("30 tháng chạp", "date_lunar"),
        ("12/3/1990 âm lịch", "date_lunar"),
        ("15/7/2020 al", "date_lunar"),
        ("10 tháng giêng năm 1980", "date_lunar"),
        ("31/2/2026", "date_impossible"),
        ("29/2/2023", "date_impossible"),
        ("31/4/2020", "date_impossible"),
        ("0/5/2020", "date_impossible"),
        ("3/25/1990", "date_impossible"),
        ("5/13/2020", "date_impossible"),
        ("45/45/2020", "date_impossible"),
        ("22/11/2026", "date_future"),
        ("1/1/2027", "date_future"),
        ("1/1/1700", "date_far"),
        ("1/1/9999", "date_far"),
        ("abc", "date_unreadable"),
        ("ngày mai", "date_unreadable"),
        ("12/3/1990 và 13/3/1990", "date_unreadable"),
        ("{{ today }}", "date_unreadable"),
        ("không nhớ", "date_unreadable"),
        ("9" * 500, "date_unreadable"),
    ],
)
def test_what_is_no_date_is_told_with_its_reason(said, code):
    assert refusal(Kind.DATE, said) == code


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("31/2/2026", "Tháng 2 năm 2026 chỉ có 28 ngày, không có ngày 31. Anh/chị xem lại giúp."),
        ("3/25/1990", "Không có tháng 25. Anh/chị ghi ngày trước, tháng sau: 25/03/1990 phải không?"),
        ("12-3-90", "Năm 90 là 12/03/1990 hay 12/03/2090? Anh/chị ghi đủ bốn chữ số của năm giúp tôi."),
        ("22/11/2026", "22/11/2026 chưa tới; hôm nay là 21/11/2026. Anh/chị xem lại ngày giúp."),
    ],
)
def test_the_message_says_what_to_write(said, message):
    with pytest.raises(Unreadable) as error:
        read(blank(Kind.DATE), said, TODAY)

    assert error.value.message.vi == message


@pytest.mark.parametrize(
    ("said", "year", "doubts"),
    [
        ("1965", "1965", []),
        ("năm 1965", "1965", []),
        ("sinh năm 1965", "1965", []),
        ("khoảng 1965", "1965", ["date_about"]),
        ("một chín sáu lăm", "1965", []),
        ("năm một chín sáu mươi lăm", "1965", []),
        ("12/3/1965", "1965-03-12", []),
    ],
)
def test_the_year_is_enough_where_the_form_says_so(said, year, doubts):
    assert data_and_doubts(Kind.DATE, said, year_alone=True) == (year, doubts)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("65", "date_century"),
        ("năm 65", "date_century"),
        ("2030", "date_future"),
        ("3/1965", "date_day_missing"),
        ("1500", "date_far"),
    ],
)
def test_a_year_that_is_not_clear_is_asked_again(said, code):
    assert refusal(Kind.DATE, said, year_alone=True) == code


def test_a_day_to_come_is_taken_where_the_field_allows_it():
    assert data_and_doubts(Kind.DATE, "1/1/2027", future=True) == ("2027-01-01", [])


@pytest.mark.parametrize(
    ("said", "time", "doubts"),
    [
        ("14:30", "14:30", []),
        ("14h30", "14:30", []),
        ("14 giờ 30 phút", "14:30", []),
        ("14g30", "14:30", []),
        ("2 giờ chiều", "14:00", []),
        ("2h30 chiều", "14:30", []),
        ("hai giờ rưỡi chiều", "14:30", []),
        ("8 giờ sáng", "08:00", []),
        ("tám giờ tối", "20:00", []),
        ("11 giờ đêm", "23:00", []),
        ("2 giờ đêm", "02:00", []),
        ("12 giờ đêm", "00:00", []),
        ("12 giờ trưa", "12:00", []),
        ("1 giờ trưa", "13:00", []),
        ("0h15", "00:15", []),
        ("24:00", "00:00", []),
        ("2 pm", "14:00", []),
        ("2:30 PM", "14:30", []),
        ("12 am", "00:00", []),
        ("7 giờ kém 15 sáng", "06:45", []),
        ("mười bốn giờ ba mươi", "14:30", []),
        ("lúc 6 giờ 5 phút sáng", "06:05", []),
        ("3 giờ", "03:00", ["time_half"]),
        ("8h", "08:00", ["time_half"]),
    ],
)
def test_an_hour_is_read_in_the_ways_people_say_it(said, time, doubts):
    assert data_and_doubts(Kind.TIME, said) == (time, doubts)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("25:00", "time_impossible"),
        ("14:75", "time_impossible"),
        ("24:01", "time_impossible"),
        ("14", "time_unreadable"),
        ("chiều", "time_unreadable"),
        ("abc", "time_unreadable"),
        ("giờ", "time_unreadable"),
    ],
)
def test_what_is_no_hour_is_told(said, code):
    assert refusal(Kind.TIME, said) == code


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 5), "ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        (date(1990, 3, 12), "ngày mười hai tháng ba năm một nghìn chín trăm chín mươi"),
        (date(2000, 1, 1), "ngày một tháng một năm hai nghìn"),
        (date(2005, 4, 4), "ngày bốn tháng tư năm hai nghìn không trăm linh năm"),
        (date(2010, 12, 10), "ngày mười tháng mười hai năm hai nghìn không trăm mười"),
        (date(2021, 2, 21), "ngày hai mươi mốt tháng hai năm hai nghìn không trăm hai mươi mốt"),
        (date(1975, 4, 30), "ngày ba mươi tháng tư năm một nghìn chín trăm bảy mươi lăm"),
        (date(1985, 7, 15), "ngày mười lăm tháng bảy năm một nghìn chín trăm tám mươi lăm"),
        (date(2015, 8, 25), "ngày hai mươi lăm tháng tám năm hai nghìn không trăm mười lăm"),
        (date(1954, 5, 31), "ngày ba mươi mốt tháng năm năm một nghìn chín trăm năm mươi tư"),
        (date(1999, 9, 9), "ngày chín tháng chín năm một nghìn chín trăm chín mươi chín"),
        (date(2024, 2, 29), "ngày hai mươi chín tháng hai năm hai nghìn không trăm hai mươi tư"),
        (date(1900, 6, 24), "ngày hai mươi tư tháng sáu năm một nghìn chín trăm"),
        (date(1901, 10, 11), "ngày mười một tháng mười năm một nghìn chín trăm linh một"),
    ],
)
def test_a_date_is_written_in_words(day, words):
    assert date_in_words(day) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (9, "chín"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (19, "mười chín"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (31, "ba mươi mốt"),
        (44, "bốn mươi tư"),
        (55, "năm mươi lăm"),
        (99, "chín mươi chín"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (205, "hai trăm linh năm"),
        (500, "năm trăm"),
        (555, "năm trăm năm mươi lăm"),
        (999, "chín trăm chín mươi chín"),
        (1_000, "một nghìn"),
        (1_001, "một nghìn không trăm linh một"),
        (1_010, "một nghìn không trăm mười"),
        (1_100, "một nghìn một trăm"),
        (2_026, "hai nghìn không trăm hai mươi sáu"),
        (5_000, "năm nghìn"),
        (10_000, "mười nghìn"),
        (10_005, "mười nghìn không trăm linh năm"),
        (15_000, "mười lăm nghìn"),
        (21_000, "hai mươi mốt nghìn"),
        (50_000, "năm mươi nghìn"),
        (100_000, "một trăm nghìn"),
        (105_000, "một trăm linh năm nghìn"),
        (999_999, "chín trăm chín mươi chín nghìn chín trăm chín mươi chín"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_050_000, "một triệu không trăm năm mươi nghìn"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (2_000_500, "hai triệu năm trăm"),
        (12_345_678, "mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám"),
        (125_000_000, "một trăm hai mươi lăm triệu"),
        (1_000_000_000, "một tỷ"),
        (1_200_000_000, "một tỷ hai trăm triệu"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (3_004_005_006, "ba tỷ không trăm linh bốn triệu không trăm linh năm nghìn không trăm linh sáu"),
        (15_000_000_000, "mười lăm tỷ"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (2_500_000_000_000, "hai nghìn năm trăm tỷ"),
        (1_000_001_000_000_000, "một triệu không trăm linh một tỷ"),
    ],
)
def test_an_amount_is_written_in_words(amount, words):
    assert amount_in_words(amount) == f"{words} đồng"


def test_an_amount_below_nothing_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="negative"):
        amount_in_words(-1)


@pytest.mark.parametrize("amount", [0, 7, 15, 24, 105, 1_001, 50_000, 1_005_000, 125_000_000, 3_004_005_006, 10**15])
def test_an_amount_in_words_is_read_back(amount):
    assert read(blank(Kind.MONEY), amount_in_words(amount), TODAY).data == amount
