"""What is wrong with a saying: each rule finds its fault, and lets pass what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge import phrasings, phrasings_check
from knowledge.errors import CatalogueError
from knowledge.phrasings_check import Severity
from knowledge.procedure import Procedure, Source
from knowledge.shipped import shipped_facts
from knowledge.sources import written

TRE, TRUC, DOI = "1.000001", "1.000002", "1.000003"
LONG_TITLE = "Cấp, cấp lại, gia hạn thẻ trồng tre, trúc, nứa và vầu cho hộ gia đình ở vùng ven sông có nguy cơ sạt lở"


@pytest.fixture
def check(tmp_path):
    """Checks files of sayings: `check(tre={code: [saying]})` gives (rule, code, saying, detail) of every finding."""
    procedures = [
        _procedure(TRE, "Thủ tục cấp thẻ trồng tre ven sông (Cấp xã)", "Tre"),
        _procedure(TRUC, LONG_TITLE, "Tre"),
        _procedure(DOI, "Đổi tên bụi tre", "Bụi"),
    ]

    def run(*, heads=("# Tre", "# Bụi"), **files):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))  # what was read of a folder is kept
        folder.mkdir()
        for (stem, codes), head in zip(files.items(), heads, strict=False):
            lines = [head, *(f'"{code}": {_listed(sayings)}' for code, sayings in _pairs(codes))]
            (folder / f"{stem}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = phrasings_check.check(procedures, folder)
        return [(f.rule.id, f.found.code, f.found.saying, f.found.detail) for f in found]

    return run


def _procedure(code, name, field):
    source = Source(name="Cổng", url="https://example.org", as_of=date(2026, 7, 18))
    return Procedure(code=code, name=name, field=field, sources=(source,))


def _pairs(codes):
    return codes.items() if isinstance(codes, dict) else codes


def _listed(sayings):
    return "[" + ", ".join('"' + saying.replace("\n", "\\n") + '"' for saying in sayings) + "]"


CLEAN = ["làm giấy mấy bụi lũy", "nhà sát bờ nước muốn có giấy", "bamboo card"]


def test_good_sayings_are_let_pass(check):
    assert check(tre={TRE: CLEAN}) == []


def test_an_empty_folder_is_let_pass(check):
    assert check() == []


@pytest.mark.parametrize(
    ("saying", "found"),
    [
        ("nhà  có tre", ("untidy", "viết là «nhà có tre»")),
        ("nhà có tre\nngoài đê", ("untidy", "viết là «nhà có tre ngoài đê»")),
        ("hoà giải bụi lũy", ("untidy", "viết là «hòa giải bụi lũy»")),
        ("nhà co\u0301 tre", ("untidy", "viết là «nhà có tre»")),
        ("nhà\u200b có tre", ("untidy", "viết là «nhà có tre»")),
        ("", ("length", "không có chữ nào")),
        ("?!", ("length", "không có chữ nào")),
        ("lũy " * 75 + "tre", ("length", "303 ký tự, nhiều nhất là 300")),
        ("tui số 048099012345 làm giấy", ("personal_data", "«048099012345»")),
        ("tui số 201234567 làm giấy", ("personal_data", "«201234567»")),
        ("gọi tui 0905 123 456 nghe", ("personal_data", "«0905 123 456»")),
        ("gọi tui +84905123456 nghe", ("personal_data", "«+84905123456»")),
        ("gởi qua tre@example.org nghe", ("personal_data", "«e@e»")),
        (
            "Cấp thẻ trồng tre ven sông",
            ("title_copied", "tên chính thức «Thủ tục cấp thẻ trồng tre ven sông (Cấp xã)»"),
        ),
        (
            "cap the trong tre ven song",
            ("title_copied", "tên chính thức «Thủ tục cấp thẻ trồng tre ven sông (Cấp xã)»"),
        ),
        (
            "xin cấp thẻ trồng tre ven sông với",
            ("title_copied", "tên chính thức «Thủ tục cấp thẻ trồng tre ven sông (Cấp xã)»"),
        ),
        (
            "thẻ trồng tre ven sông xã",
            ("title_copied", "tên chính thức «Thủ tục cấp thẻ trồng tre ven sông (Cấp xã)»"),
        ),
    ],
)
def test_a_saying_that_must_not_go_out_is_an_error(check, saying, found):
    rule, detail = found

    assert (rule, TRE, saying, detail) in check(tre={TRE: [*CLEAN, saying]})
    assert phrasings_check.rules()[rule].severity is Severity.ERROR


@pytest.mark.parametrize(
    "saying",
    [
        "gọi 1022 hỏi chuyện lũy bụi",
        "trồng lũy hết 100.000.000 đồng",
        "ba má tui mới làm nhà sát bờ Cẩm Lệ, chừ xã bắt phải cấp thẻ trồng tre ven sông mới cho ở",
        "dong mo mấy cụm nứa của mi",
    ],
)
def test_what_only_looks_like_an_error_is_let_pass(check, saying):
    errors = [name for name, rule in phrasings_check.rules().items() if rule.severity is Severity.ERROR]

    assert [found for found in check(tre={TRE: [*CLEAN, saying]}) if found[0] in errors] == []


def test_words_far_apart_in_a_long_title_are_advice_only(check):
    saying = "cấp thẻ trúc, vầu gia đình ven sông"

    assert [(rule, words) for rule, _, words, _ in check(tre={TRUC: [*CLEAN, saying]})] == [("title_echo", saying)]


def test_an_unknown_code_is_told(check):
    assert check(tre={"1.999999": CLEAN}) == [("code_unknown", "1.999999", "", "mã không có trong danh mục")]


def test_a_code_among_another_field_is_told(check):
    assert check(tre={DOI: CLEAN}) == [("code_elsewhere", DOI, "", "lĩnh vực «Bụi», tệp dành cho «Tre»")]


def test_a_file_that_names_no_field_is_told(check):
    found = [("code_elsewhere", TRE, "", "lĩnh vực «Tre», tệp dành cho «dòng đầu không ghi lĩnh vực»")]

    assert check(heads=("", ""), tre={TRE: CLEAN}) == found


def test_a_file_may_serve_several_fields(check):
    assert check(heads=("# Lũy; Tre",), tre={TRE: CLEAN}) == []


def test_a_code_twice_in_a_file_is_told_for_the_first_would_be_lost(check):
    found = check(tre=[(TRE, ["mất trắng lời ni", *CLEAN]), (TRE, CLEAN)])

    assert found == [("code_twice", TRE, "", "còn ở tre.yaml")]


def test_a_code_in_two_files_is_told(check):
    assert check(heads=("# Tre", "# Tre"), bui={TRE: CLEAN[:2]}, tre={TRE: CLEAN[2:]}) == [
        ("code_twice", TRE, "", "còn ở tre.yaml")
    ]


def test_too_few_sayings_are_told(check):
    assert check(tre={TRE: CLEAN[:2]}) == [("too_few", TRE, "", "2 lời, cần ít nhất 3")]


@pytest.mark.parametrize("again", ["bamboo card", "Bamboo card!", "bamboo, card"])
def test_a_saying_under_two_codes_is_told(check, again):
    found = check(tre={TRE: CLEAN}, bui={DOI: ["bụi ni đổi tên", "tên xấu quá", again]})

    assert found == [("said_twice", TRE, "bamboo card", f"trùng với bui.yaml {DOI}: «{again}»")]


def test_a_saying_twice_under_one_code_is_told_whatever_its_marks(check):
    found = check(tre={TRE: [*CLEAN, "lam giay may bui luy"]})

    assert found == [("said_twice", TRE, "lam giay may bui luy", f"trùng với tre.yaml {TRE}: «{CLEAN[0]}»")]


def test_near_twins_under_two_codes_are_advice(check):
    one, other = "mấy bụi lũy sau hè nhà ngoại đổ", "mấy bụi lũy sau hè nhà ngoại"
    found = check(tre={TRE: [*CLEAN, one]}, bui={DOI: ["bụi ni đổi tên", "tên xấu quá", other]})

    assert found == [("near_twin", TRE, one, f"gần như bui.yaml {DOI}: «{other}»")]


def test_short_and_different_sayings_are_no_twins(check):
    found = check(tre={TRE: [*CLEAN, "mất giấy lũy"]}, bui={DOI: ["bụi ni đổi tên", "tên xấu quá", "giấy lũy mất"]})

    assert found == []


@pytest.mark.parametrize(
    "other", ["nhà sát bờ nước muốn làm giấy", "nhà sát bờ nước muốn có giấy chi", "sát bờ nước muốn có giấy"]
)
def test_one_word_exchanged_added_or_left_out_is_advice(check, other):
    found = check(tre={TRE: [*CLEAN, other]})

    assert found == [("one_word_apart", TRE, other, f"chỉ khác một chữ với «{CLEAN[1]}»")]


def test_one_opening_of_many_sayings_in_a_file_is_advice(check):
    alike = [f"bờ nước nhà {name} ưng có giấy {name}" for name in "tui ngoại nội dì cậu mợ".split()]
    found = check(tre={TRE: [*CLEAN, *alike]})

    assert [found[0] for found in check(tre={TRE: [*CLEAN, *alike[:5]]})] == []
    assert found == [
        ("one_opening", "", "bo nuoc nha", f"6 trên 9 lời, như {'; '.join(f'{TRE} «{text}»' for text in alike[:3])}")
    ]


def test_one_skeleton_around_the_title_is_advice(check):
    title_words = "trồng tre ven sông cấp thẻ xã trồng tre cấp sông thẻ tre".split()
    alike = [f"{word} {'tre ' * number}thì mần răng nờ" for number, word in enumerate(title_words)]
    found = [found for found in check(tre={TRE: [*CLEAN, *alike]}) if found[0] == "one_skeleton"]

    assert found == [
        ("one_skeleton", TRE, "thi man rang no", f"13 lời, như {'; '.join(f'{TRE} «{text}»' for text in alike[:3])}")
    ]


def test_a_saying_mostly_of_the_words_of_the_title_is_advice(check):
    saying = "sông ven tre trồng chậu"

    assert check(tre={TRE: [*CLEAN, saying]}) == [
        ("title_echo", TRE, saying, "80% số chữ có trong «Thủ tục cấp thẻ trồng tre ven sông (Cấp xã)»")
    ]


STIFF = [
    f"Người dân {verb} bụi lũy sau hè cần đến nơi nào để nộp hồ sơ" for verb in "đào chặt đốn tỉa bứng ghép".split()
]


@pytest.mark.parametrize(
    "voice", ["bụi lũy đổ", "tôi ở sát bờ nước nên phải đốn bớt lũy", "don bot luy sat bo nuoc thi nop o mo"]
)
def test_eight_sayings_of_one_voice_are_advice_until_another_speaks(check, voice):
    stiff = [
        *STIFF,
        "Đốn lũy sát bờ nước phải báo trước cho nơi nào",
        "Hồ sơ đốn lũy gồm những giấy tờ nào theo quy định",
    ]
    found = [(rule, code, detail) for rule, code, _, detail in check(tre={TRE: stiff}) if rule == "one_voice"]

    assert found == [("one_voice", TRE, "8 lời một giọng")]
    assert "one_voice" not in [found[0] for found in check(tre={TRE: [*stiff[:7], voice]})]


def test_a_file_of_another_shape_is_told(check):
    with pytest.raises(CatalogueError, match=r"^tre\.yaml: «1.000001» must be a quoted code with a list of sayings"):
        check(tre={DOI: CLEAN}, heads=('"1.000001": một lời',))


def test_a_finding_tells_where_what_and_how_to_mend_it(tmp_path):
    (tmp_path / "tre.yaml").write_text(f'# Tre\n"{TRE}": [thẻ lũy, bamboo card, thẻ  nứa]\n', encoding="utf-8")
    (found,) = phrasings_check.check([_procedure(TRE, "Cấp thẻ trồng tre", "Tre")], tmp_path)

    assert str(found) == (
        f"tre.yaml {TRE}: «thẻ  nứa» – error untidy: viết là «thẻ nứa». Chép lại lời đúng như máy gợi ý."
    )


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({}, True),
        ({"code": TRE}, True),
        ({"code": DOI}, True),
        ({"code": TRUC}, False),
        ({"stem": "tre"}, True),
        ({"stem": "bui"}, True),
        ({"stem": "truc"}, False),
        ({"code": TRE, "stem": "tre"}, True),
        ({"code": TRE, "stem": "bui"}, False),
    ],
)
def test_a_finding_concerns_both_sides_of_a_collision(tmp_path, asked, answer):
    (tmp_path / "bui.yaml").write_text(f'# Bụi\n"{DOI}": [bụi xấu, đổi tên, thẻ lũy]\n', encoding="utf-8")
    (tmp_path / "tre.yaml").write_text(f'# Tre\n"{TRE}": [thẻ lũy, bamboo card, thẻ nứa]\n', encoding="utf-8")
    procedures = [_procedure(TRE, "Cấp thẻ trồng tre", "Tre"), _procedure(DOI, "Đổi tên bụi tre", "Bụi")]
    (found,) = phrasings_check.check(procedures, tmp_path)

    assert found.concerns(**asked) is answer


def test_the_shipped_sayings_have_no_error():
    found = phrasings_check.check([*written.load(), *shipped_facts()], phrasings.PHRASINGS)

    assert [str(finding) for finding in found if finding.rule.severity is Severity.ERROR] == []
