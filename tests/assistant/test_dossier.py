"""The code of a dossier as people type it; what is no such code is left alone."""

from __future__ import annotations

import pytest

from assistant.dossier import dossier_code, is_ours, mask_name, place_of_code, short_code, unit_of_code

WHOLE = "000.00.00.H17-260718-0001"
SHORT = "H17-260718-0001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (WHOLE, WHOLE),
        ("hồ sơ 000.00.00.H17-260718-0001 tới đâu rồi?", WHOLE),
        ("ma ho so: 000.00.00.h17-260718-0001.", WHOLE),
        ("0000000H17-260718-0001", WHOLE),
        ("0000000h172607180001", WHOLE),
        ("000.00.00.H17 - 260718 - 0001", WHOLE),
        ("000 00 00 H17 260718 0001", WHOLE),
        ("000.00.00.H17.260718.0001", WHOLE),
        ("000.00.00.H17–260718–0001", WHOLE),
        ("000.00.00.H17\u2011260718\u20110001", WHOLE),
        ("000.00.00.\u200bH17-260718-0001", WHOLE),
        ("000.22.15.H17-260718-000123", "000.22.15.H17-260718-000123"),
        (SHORT, SHORT),
        ("kiểm tra giúp h17-260718-0001 với", SHORT),
        ("(H17-260718-0001)", SHORT),
        ("mã:H17-260718-0001,", SHORT),
        ("H17 260718 0001", SHORT),
        ("h 17-260718-0001", SHORT),
        ("H172607180001", SHORT),
        ("H17_260718_0001", SHORT),
        ("H17.23.5-260718-0001", "H17.23.5-260718-0001"),
        ("H36-260718-0001", "H36-260718-0001"),
        ("000.00.19.H36-260718-12345", "000.00.19.H36-260718-12345"),
        ("G01.899.109-260718-0001", "G01.899.109-260718-0001"),
        ("H17-260718-0001 và H17-260719-0002", SHORT),
        ("H17 260719 0002, H17-260718-0001", "H17-260719-0002"),
        ("tôi 0905123456, hồ sơ H17-260718-0001", SHORT),
        ("status of H17-260718-0001?", SHORT),
    ],
)
def test_a_code_is_found_however_it_is_typed(text, code):
    assert dossier_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hồ sơ của tôi tới đâu rồi?",
        "1.013225.H17",
        "1.001193.000.00.00.H17",
        "1.001193.000.00.00.H17 260718 0001",
        "thủ tục 1.013225.H17-260718",
        "048099001234",
        "048 099 001 234",
        "0905 123 456",
        "căn hộ H17 0905123456",
        "căn hộ H17 090512 3456",
        "căn hộ H17 048099 001234",
        "số nhà H17, 201234567",
        "H17201234567",
        "H17-26718-0001",
        "H17-260718-01",
        "H17-260718-0001234",
        "260718-0001",
        "XH17-260718-0001",
        "Nghị định 118/2025/NĐ-CP",
        "H17 261340 0001",
        "quận H17",
    ],
)
def test_what_is_no_dossier_code_is_left_alone(text):
    assert dossier_code(text) == ""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (WHOLE, ("H17", True, "Đà Nẵng", SHORT)),
        (SHORT, ("H17", True, "Đà Nẵng", SHORT)),
        ("H17.23.5-260718-0001", ("H17", True, "Đà Nẵng", SHORT)),
        ("000.00.19.H36-260718-0001", ("H36", False, "Lâm Đồng", "H36-260718-0001")),
        ("H47-260718-0001", ("H47", False, "", "H47-260718-0001")),
        ("", ("", False, "", "")),
        ("no code", ("", False, "", "")),
    ],
)
def test_a_code_tells_whose_it_is(code, told):
    assert (unit_of_code(code), is_ours(code), place_of_code(code), short_code(code)) == told


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Văn A", "N*** V** A"),
        ("NGUYỄN THỊ ÁNH", "N*** T** Á**"),
        ("Y Ỷ", "Y Ỷ"),
        ("Nguye\u0302\u0303n  Văn\nAn", "N*** V** A*"),
        ("Bhling A Viết", "B*** A V***"),
        ("0905123456", "0***"),
        ("", ""),
    ],
)
def test_a_name_is_masked(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    "text", ["H17-" * 25_000, "0" * 100_000, "000.00.00." * 10_000, "H17.1" * 20_000, " H17 " * 20_000]
)
def test_long_input_is_read_to_its_end(text):
    assert dossier_code(f"{text} H17-260718-0001") == SHORT
