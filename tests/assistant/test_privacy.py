"""What identifies a person is hidden; what a question needs stays."""

from __future__ import annotations

import pytest

from assistant.privacy import mask


@pytest.mark.parametrize(
    "written",
    [
        "048099001234",
        "048 099 001 234",
        "048.099.001.234",
        "048-099-001-234",
        "201234567",
        "201 234 567",
    ],
)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("CCCD số ", "."),
        ("số định danh:", ", sinh năm 1999"),
        ("cccd ", " đăng ký tạm trú"),
        ("tôi là An (", ")"),
        ("cccd ", "\nđi làm lại"),
        ("tôi có số ", " đó"),
    ],
)
def test_an_identity_number_is_hidden(before, written, after):
    assert mask(before + written + after) == f"{before}[số định danh]{after}"


@pytest.mark.parametrize(
    "written",
    [
        "0905123456",
        "0905 123 456",
        "0905.123.456",
        "0905-123-456",
        "+84905123456",
        "+84 905 123 456",
        "84905123456",
        "0363821234",
        "02363821234",
        "0236 3821 234",
        "0235.3821.234",
    ],
)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("gọi ", " nhé"), ("ĐT.", "."), ("sđt:", ", gấp"), ("(", ")")])
def test_a_phone_number_is_hidden(before, written, after):
    assert mask(before + written + after) == f"{before}[số điện thoại]{after}"


@pytest.mark.parametrize("written", ["an@example.vn", "tran.thi-an+1@mail.example.com", "AN_99@example.com.vn"])
@pytest.mark.parametrize(("before", "after"), [("", ""), ("thư: ", "."), ("<", ">"), ("mail ", ", cảm ơn")])
def test_a_mail_address_is_hidden(before, written, after):
    assert mask(before + written + after) == f"{before}[email]{after}"


@pytest.mark.parametrize(
    "written", ["000.00.01.H17-261122-0001", "H17-261122-0001", "h17.52-261122-000123", "0000001H17-261122-0001"]
)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("hồ sơ ", " tới đâu rồi"), ("mã: ", ".")])
def test_the_number_of_a_file_is_hidden(before, written, after):
    assert mask(before + written + after) == f"{before}[mã hồ sơ]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "lệ phí 50.000 đồng hay 1.250.000đ",
        "đóng 123456789 đồng thì sao",
        "vay 100.000.000.000 đồng",
        "100000000000 VND",
        "khai sinh ngày 21/11/2026, cưới 01-01-2020",
        "mã 1.001193, 2.000815.H17, 1.001193.000.00.00.H17",
        "Thông tư 281/2016/TT-BTC, Nghị định 123/2015/NĐ-CP",
        "gọi 1022 hoặc 0236.1022, cháy gọi 114",
        "mẫu CT01, 3 ngày, 2 bản, 15 giờ",
        "K123/45 Ông Ích Khiêm, tổ 12",
        "năm 1999 đến 2026",
        "",
    ],
)
def test_figures_that_name_nobody_stay(text):
    assert mask(text) == text


def test_several_in_one_message_are_all_hidden():
    assert mask("An, 048099001234, 0905123456, an@example.vn, cha 201234567.") == (
        "An, [số định danh], [số điện thoại], [email], cha [số định danh]."
    )


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("tôi tên là Nguyễn Văn An", "tôi tên là [họ tên]"),
        ("con toi la le minh an", "con toi la [họ tên]"),
        ("sinh ngày 21/11/1990", "sinh ngày [ngày sinh]"),
        ("xe 43A-123.45", "xe [biển số xe]"),
        ("hộ chiếu B1234567", "hộ chiếu [số hộ chiếu]"),
        ("stk 0041000123456", "stk [số tài khoản]"),
        ("thẻ DN4480123456789", "thẻ [số bảo hiểm]"),
        ("mst cá nhân 8123456789", "mst cá nhân [mã số thuế]"),
        ("tôi ở K123/45 Trần Cao Vân, phường Thanh Khê", "tôi ở [địa chỉ], phường Thanh Khê"),
        ("gọi không chín không năm một hai ba bốn năm sáu", "gọi [số điện thoại]"),
    ],
)
def test_every_kind_is_exchanged_for_what_it_is(said, read):
    assert mask(said) == read


NASTY = [
    *("1 ", "0905 ", "43A-", "H17-261122-", "khong chin ", "chin muoi ", "sinh ngay 1 ", "12 thang 3 nam "),
    *("toi ten la ", "con toi la Le ", "nguyen van an ", "ong ba ", "o 12/", "o so nha 12 ", "nha nha ", "cccd "),
    *("an a cong b cham ", "a\u0301\u0323\u200b", "(", "dia chi cua toi cua toi "),
]


@pytest.mark.parametrize("piece", NASTY)
def test_a_long_text_of_one_piece_is_read_to_its_end(piece):
    """A pattern that tries every pair of places would sit here for minutes."""
    text = f"{piece * (20_000 // len(piece))}.\nmail an@example.vn"

    assert mask(text).endswith(".\nmail [email]")


@pytest.mark.parametrize("text", ["a" * 100_000, "1" * 100_000, "a@" * 50_000, "." * 100_000, "H17-" * 25_000])
def test_a_very_long_text_that_names_nobody_stays_and_takes_no_time(text):
    """A pattern that looks at every pair of characters would sit here for minutes."""
    assert mask(text) == text
