"""Identity papers in forms: number, day and office, however they are said."""

from __future__ import annotations

import pytest

from assistant.forms.definition import Kind
from assistant.forms.values import read
from tests.assistant.forms.blanks import TODAY, blank, refusal

FULL = "Căn cước số 048190001234, cấp ngày 20/11/2021, nơi cấp: Bộ Công an"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("căn cước 048190001234 cấp 20/11/2021 do Bộ Công an", FULL),
        ("Căn cước 048190001234 cấp 20/11/2021, Bộ Công an", FULL),
        ("can cuoc 048190001234 cap 20/11/2021 do bo cong an", FULL),
        ("048190001234, 20/11/2021, Bộ Công an", FULL),
        ("048 190 001 234 cấp ngày 20-11-2021 nơi cấp bộ công an", FULL),
        ("căn cước của tôi là 048190001234, ngày cấp: 20/11/2021, nơi cấp: BCA", FULL),
        ("Bộ Công an cấp căn cước 048190001234 ngày 20 tháng 11 năm 2021", FULL),
        (FULL, FULL),
        (
            "cccd 048190001234 ngày cấp 20/11/2021 nơi cấp Cục Cảnh sát QLHC về TTXH",
            "Căn cước công dân số 048190001234, cấp ngày 20/11/2021, nơi cấp: Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        ),
        (
            "hộ chiếu C1234567 cấp 1/1/2020 tại Cục Quản lý xuất nhập cảnh",
            "Hộ chiếu số C1234567, cấp ngày 01/01/2020, nơi cấp: Cục Quản lý xuất nhập cảnh",
        ),
        (
            "cmnd 201234567 do công an Đà Nẵng cấp ngày 5/6/2010",
            "Chứng minh nhân dân số 201234567, cấp ngày 05/06/2010, nơi cấp: Công an thành phố Đà Nẵng",
        ),
        (
            "passport C1234567 issued 1 May 2020 by Immigration Department",
            "Hộ chiếu số C1234567, cấp ngày 01/05/2020, nơi cấp: Cục Quản lý xuất nhập cảnh",
        ),
        ("số định danh 048190001234", "Số định danh cá nhân 048190001234"),
        (
            "Giấy khai sinh 87/2025 cấp 10/08/2025, UBND phường Hòa Khánh",
            "Giấy khai sinh số 87/2025, cấp ngày 10/08/2025, nơi cấp: UBND phường Hòa Khánh",
        ),
    ],
)
def test_a_paper_is_read_with_number_day_and_office(said, shown):
    value = read(blank(Kind.DOCUMENT), said, TODAY)

    assert (value.shown, value.warnings) == (shown, ())


def test_a_paper_is_kept_in_its_parts():
    assert read(blank(Kind.DOCUMENT), FULL, TODAY).data == {
        "type": "can_cuoc",
        "number": "048190001234",
        "issued_on": "2021-11-20",
        "issued_by": "Bộ Công an",
    }


@pytest.mark.parametrize(
    ("said", "paper", "doubts"),
    [
        ("048190001234", "can_cuoc", ["document_date_missing", "document_issuer_missing"]),
        ("cmnd 201234567", "cmnd", ["document_date_missing", "document_issuer_missing"]),
        ("201234567", "cmnd", ["document_date_missing", "document_issuer_missing"]),
        ("C1234567", "ho_chieu", ["document_date_missing", "document_issuer_missing"]),
        ("căn cước 048190001234 cấp 20/11/2021", "can_cuoc", ["document_issuer_missing"]),
        ("căn cước 048190001234 do Bộ Công an cấp", "can_cuoc", ["document_date_missing"]),
        ("passport AB12C345", "ho_chieu", ["document_passport", "document_date_missing", "document_issuer_missing"]),
        ("căn cước 048190001234 cấp năm 2021", "can_cuoc", ["document_date_missing", "document_issuer_missing"]),
        ("căn cước 999190001234 cấp 20/11/2021 Bộ Công an", "can_cuoc", ["identity_province"]),
    ],
)
def test_what_was_not_said_of_a_paper_is_doubted(said, paper, doubts):
    value = read(blank(Kind.DOCUMENT), said, TODAY)

    assert (value.data["type"], [doubt.code for doubt in value.warnings]) == (paper, doubts)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("căn cước 04819000123", "identity_length"),
        ("căn cước 201234567", "identity_old"),
        ("căn cước 048190001234 cấp 31/2/2021", "date_impossible"),
        ("căn cước 048190001234 cấp 20/11/2027", "date_future"),
        ("căn cước 048190001234 cấp 20/11/21", "date_century"),
        ("cccd 048190001234, cmnd 201234567", "document_several"),
        ("cmnd 2012345678", "document_number"),
        ("căn cước của tôi", "document_number"),
        ("mất rồi", "document_number"),
        ("", "empty"),
    ],
)
def test_a_paper_that_cannot_be_is_told(said, code):
    assert refusal(Kind.DOCUMENT, said) == code
