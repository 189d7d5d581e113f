"""A place is read however it is written, asked about where it may be several, and not seen where none is meant."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import yaml

from knowledge.place_names import Match, PlaceMention, Reading, choose_place, find_place, place_in
from knowledge.places import places, split_kind
from knowledge.text import fold

REPOSITORY = Path(__file__).parent.parent.parent

SHORT = {
    "phường": "p.",
    "xã": "x.",
    "thị trấn": "tt.",
    "quận": "q.",
    "huyện": "h.",
    "thị xã": "tx.",
    "thành phố": "tp.",
}

SPLIT = {"Hòa Liên"}
SAME_NAME = {"Phước Hòa", "Phước Mỹ", "Phước Ninh", "Tân An"}
"""In two districts; the kind or the district tells them apart."""
SAME_MARKS = {"Tam Đàn", "Tam Dân", "Tam Thanh", "Tam Thành", "Tam Thạnh", "Trà Dơn", "Trà Don"}
"""The same but for their marks, and of one kind."""
SAME_MARKS_IN_DISTRICT = {"Tam Đàn", "Tam Dân", "Trà Dơn", "Trà Don"}
DISTRICTS_TOO = {"Hải Châu", "Núi Thành"}
"""Old units whose name their district had too."""

_OLD = [(unit, former) for unit in places().units.values() for former in unit.was]


def _short(full_name):
    kind, name = split_kind(full_name)
    return f"{SHORT[kind]} {name}" if kind in SHORT else full_name


FORMS = {
    "full": lambda former: former.full_name,
    "old": lambda former: f"{former.full_name} cũ",
    "short": lambda former: _short(former.full_name),
    "short and old": lambda former: f"{_short(former.full_name)} (cũ)",
    "glued": lambda former: _short(former.full_name).replace(". ", "."),
    "bare": lambda former: former.name,
    "bare and old": lambda former: f"{former.name} cũ",
    "with district": lambda former: f"{former.full_name}, {former.district}",
    "no comma": lambda former: f"{former.full_name} {former.district}",
    "short district": lambda former: f"{_short(former.full_name)}, {_short(former.district)}",
    "bare district": lambda former: f"{former.name}, {split_kind(former.district)[1]}",
    "capitals": lambda former: f"{former.full_name}, {former.district}".upper(),
    "address": lambda former: f"K123/H45 Nguyễn Tri Phương, {former.full_name}, {former.district}, Đà Nẵng",
}
"""How people write an old address."""

ASKED = {
    **dict.fromkeys(FORMS, SPLIT),
    # «x. Tam Thanh» is written without a mark: which of three it is cannot be told.
    **dict.fromkeys(("short", "glued"), SPLIT | {"Tam Thanh"}),
    "bare": SPLIT | SAME_NAME | DISTRICTS_TOO | {"Tam Thanh"},
    "bare and old": SPLIT | SAME_NAME | DISTRICTS_TOO,
}
"""Of each form, the names that are asked about."""

ASKED_WITHOUT_MARKS = {
    **dict.fromkeys(FORMS, SPLIT | SAME_MARKS_IN_DISTRICT),
    **dict.fromkeys(("full", "old", "short", "short and old", "glued"), SPLIT | SAME_MARKS),
    **dict.fromkeys(("bare", "bare and old"), SPLIT | SAME_NAME | SAME_MARKS | DISTRICTS_TOO),
}
"""The same where no mark is typed; «thanh binh» alone may be Thanh Bình or Thạnh Bình."""
ASKED_WITHOUT_MARKS["bare"] = ASKED_WITHOUT_MARKS["bare"] | {"Thanh Bình"}


def _codes(mention: PlaceMention | None) -> set[str]:
    return {match.unit.code for match in mention.matches} if mention else set()


def _told(mention: PlaceMention | None):
    """What was read, short: the unit where it is sure, else how it was read and the units it may be."""
    if mention is None:
        return None
    names = [match.unit.full_name for match in mention.matches]
    return names[0] if mention.reading is Reading.FOUND else (mention.reading.value, *names)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("marks", [True, False], ids=["marks", "no marks"])
def test_every_old_name_gives_its_unit_or_is_asked_about(form, marks):
    asked = set()
    for unit, former in _OLD:
        text = FORMS[form](former)
        mention = find_place(text if marks else fold(text))
        assert unit.code in _codes(mention), text
        if mention.match is None:
            asked.add(former.name)
        else:
            assert mention.match.unit.code == unit.code, text

    assert asked == (ASKED if marks else ASKED_WITHOUT_MARKS)[form]


@pytest.mark.parametrize("form", ["full", "short", "with district"])
def test_every_old_name_is_found_inside_a_question(form):
    for unit, former in _OLD:
        mention = place_in(f"tôi ở {FORMS[form](former)} thì làm giấy khai sinh ở đâu")
        assert unit.code in _codes(mention), former
        assert former.name in SPLIT or mention.match.unit.code == unit.code, former


def test_every_unit_of_today_is_read_by_its_own_name():
    for unit in places().units.values():
        assert find_place(unit.full_name).match.unit.code == unit.code
        assert find_place(unit.full_name.upper()).match.unit.code == unit.code
        assert find_place(fold(unit.full_name)).match.unit.code == unit.code


def test_the_old_name_is_told_with_the_unit_of_today():
    mention = find_place("Phường Hoà Cường Bắc (cũ), quận Hải Châu")

    unit = places().units["20257"]
    (former,) = (former for former in unit.was if former.name == "Hòa Cường Bắc")
    assert mention == PlaceMention(Reading.FOUND, "Phường Hoà Cường Bắc (cũ)", 0, 25, (Match(unit, former),))


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Hoà Cường", "phường Hòa Cường"),
        ("hòa cường", "phường Hòa Cường"),
        ("hoà-cường", "phường Hòa Cường"),
        ("hoacuong", "phường Hòa Cường"),
        ("HÒA CƯỜNG", "phường Hòa Cường"),
        ("Hoa Cường", "phường Hòa Cường"),
        ("phường Hoà Cương Bắc", "phường Hòa Cường"),
        ("Hòa Quí", "phường Ngũ Hành Sơn"),
        ("hoa qui", "phường Ngũ Hành Sơn"),
        ("Mĩ An", "phường Ngũ Hành Sơn"),
        ("A Vương", "xã Avương"),
        ("Avương", "xã Avương"),
        ("a vuong", "xã Avương"),
        ("AVUONG", "xã Avương"),
        ("La Êê", "xã La Êê"),
        ("Laêê", "xã La Êê"),
        ("la ê ê", "xã La Êê"),
        ("xa laee", "xã La Êê"),
        ("La Dêê", "xã La Dêê"),
        ("Ch'ơm", "xã Hùng Sơn"),
        ("xã Chơm", "xã Hùng Sơn"),
        ("Tr'Hy", "xã Hùng Sơn"),
        ("trhy", "xã Hùng Sơn"),
        ("thị trấn P'rao", "xã Đông Giang"),
        ("Tam Xuân 1", "xã Tam Xuân"),
        ("Tam Xuân II", "xã Tam Xuân"),
        ("phường Hải Châu I", "phường Hải Châu"),
        ("p. HCB", "phường Hòa Cường"),
        ("P.NHĐ", "phường Sơn Trà"),
        ("huyện đảo Hoàng Sa", "đặc khu Hoàng Sa"),
        ("huyện Hoàng Sa", "đặc khu Hoàng Sa"),
        ("quận Ngũ Hành Sơn", "phường Ngũ Hành Sơn"),
        ("Hoa Khanh ward", "phường Hòa Khánh"),
        ("former Hoa Phong commune, Hoa Vang district", "xã Hòa Vang"),
        ("xã Hòa Liên nay là phường Hải Vân", "phường Hải Vân"),
        ("p.hoa tho dong q.cam le", "phường Cẩm Lệ"),
        ("Hòa Thọ Đông - Cẩm Lệ - Đà Nẵng", "phường Cẩm Lệ"),
        ("Hòa Thọ Đông\nCẩm Lệ", "phường Cẩm Lệ"),
        ("nai hien dong son tra", "phường Sơn Trà"),
        ("phường An Khê, Thanh Khê", "phường An Khê"),
        ("Phước Mỹ, Sơn Trà", "phường An Hải"),
        ("Phước Mỹ, Phước Sơn", "xã Phước Năng"),
        ("phường Phước Mỹ", "phường An Hải"),
        ("xã Phước Mỹ", "xã Phước Năng"),
        ("thi tran tan an", "xã Hiệp Đức"),
        ("xa thanh binh", "xã Thạnh Bình"),
        ("p thanh binh", "phường Hải Châu"),
        ("x. Tam An, h. Phú Ninh", "xã Tây Hồ"),
        ("x. Tam An h. Phú Ninh", "xã Tây Hồ"),
        ("Ba", "xã Sông Vàng"),
        ("xã Tư, Đông Giang", "xã Sông Vàng"),
        ("xa lang huyen tay giang", "xã Tây Giang"),
        ("Bình Dương, Thăng Bình", "xã Thăng An"),
        ("xã Bình Minh, huyện Thăng Bình, tỉnh Quảng Nam", "xã Thăng An"),
    ],
)
def test_spellings_of_one_name(written, unit):
    assert _told(find_place(written)) == unit


@pytest.mark.parametrize(
    ("address", "unit"),
    [
        ("K123/H45 Ông Ích Khiêm, phường Thanh Bình", "phường Hải Châu"),
        ("K123/H45 Ông Ích Khiêm, Thanh Bình, Hải Châu", "phường Hải Châu"),
        ("kiệt 45 Núi Thành, p. Hòa Thuận Đông, q. Hải Châu", "phường Hòa Cường"),
        ("24 Duy Tân, Hòa Thuận Tây, Hải Châu, Đà Nẵng", "phường Hòa Cường"),
        ("hẻm 5 đường Hoàng Sa, P. Mân Thái", "phường Sơn Trà"),
        ("tổ 12 Hòa Minh, Liên Chiểu", "phường Hòa Khánh"),
        ("thôn Phú Thuận, xã Đại Thắng, huyện Đại Lộc", "xã Phú Thuận"),
        ("thôn Tân An, xã Duy Nghĩa", "xã Duy Nghĩa"),
        ("12 Nguyễn Văn Linh, Thạc Gián, TP Đà Nẵng", "phường Thanh Khê"),
    ],
)
def test_an_address_is_read_by_its_ward_not_its_street(address, unit):
    assert _told(find_place(address)) == unit


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Hòa Liên", ("split", "phường Hải Vân", "phường Liên Chiểu")),
        ("xã Hòa Liên, huyện Hòa Vang", ("split", "phường Hải Vân", "phường Liên Chiểu")),
        ("hoa lien, hoa vang", ("split", "phường Hải Vân", "phường Liên Chiểu")),
        ("Phước Mỹ", ("same_name", "phường An Hải", "xã Phước Năng")),
        ("tan an", ("same_name", "phường Hội An Tây", "xã Hiệp Đức")),
        ("xa tam dan, phu ninh", ("same_name", "xã Chiên Đàn", "xã Phú Ninh")),
        ("xa tam thanh", ("same_name", "phường Quảng Phú", "xã Tây Hồ", "xã Đức Phú")),
        ("thanh binh", ("same_name", "xã Thạnh Bình", "phường Hải Châu")),
        ("Q. Cẩm Lệ", ("district", "phường Cẩm Lệ", "phường An Khê", "phường Hòa Xuân")),
        ("Cẩm Lệ", ("district", "phường Cẩm Lệ", "phường An Khê", "phường Hòa Xuân")),
        ("Sơn Trà, Đà Nẵng", ("district", "phường Sơn Trà", "phường An Hải")),
        ("p. HC", ("short_form", "phường Hải Châu", "phường Hòa Cường")),
        ("P.HC", ("short_form", "phường Hải Châu", "phường Hòa Cường")),
        ("phường Bến Nghé, quận 1", ("unknown",)),
        ("xã Không Tên Đó", ("unknown",)),
    ],
)
def test_a_name_that_may_be_several_is_asked_about(written, told):
    assert _told(find_place(written)) == told


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "🏠",
        "Đà Nẵng",
        "phường Đà Nẵng",
        "phường 9",
        "P9",
        "quận Tân Bình",
        "thị xã Hương Trà",
        "xã Bình Minh, tỉnh Thanh Hóa",
        "xã Bình Minh huyện Hoằng Hóa tỉnh Thanh Hóa",
        "phường Hòa An, Biên Hòa, Đồng Nai",
        "phuong hoa an, bien hoa, dong nai",
        "phường An Phú, TP Hồ Chí Minh",
        "12 Lê Lợi, Thuận An, Bình Dương",
        "đường Hoàng Sa",
        "24 Núi Thành",
        "chuyển từ phường Hòa Minh về phường Hải Châu",
    ],
)
def test_no_unit_of_ours_is_guessed(written):
    assert find_place(written) is None


@pytest.mark.parametrize(
    ("text", "said", "told"),
    [
        ("nhà em ở Hòa Cường Bắc thì nộp chỗ mô", "Hòa Cường Bắc", "phường Hòa Cường"),
        ("nha em o hoa cuong bac thi nop cho mo", "hoa cuong bac", "phường Hòa Cường"),
        ("NHA EM O HOA CUONG BAC THI NOP CHO MO", "HOA CUONG BAC", "phường Hòa Cường"),
        ("nhà em ở Hoa Khanh, muốn đăng ký tạm trú", "Hoa Khanh", "phường Hòa Khánh"),
        ("ubnd phường Thạc Gián cũ giờ ở đâu", "phường Thạc Gián cũ", "phường Thanh Khê"),
        ("Vĩnh Trung cũ giờ là phường nào", "Vĩnh Trung cũ", "phường Thanh Khê"),
        ("vinh trung cu gio la phuong nao", "vinh trung cu", "phường Thanh Khê"),
        ("khai sinh ở xã Ba cũ thì sao", "xã Ba cũ", "xã Sông Vàng"),
        ("khai sinh ở xã Tư, huyện Đông Giang", "xã Tư", "xã Sông Vàng"),
        ("khai sinh o xa dang huyen tay giang", "xa dang", "xã Tây Giang"),
        ("tui ở Hòa Liên, chừ làm giấy ở mô", "Hòa Liên", ("split", "phường Hải Vân", "phường Liên Chiểu")),
        ("nhà ở Hải Châu mới mua", "Hải Châu", ("district", "phường Hải Châu", "phường Hòa Cường")),
        ("tôi ở phường Hải Châu mới", "phường Hải Châu mới", "phường Hải Châu"),
        ("em ở P. Thanh Bình, Q. Hải Châu", "P. Thanh Bình", "phường Hải Châu"),
        ("toi o xa que minh huyen que son", "xa que minh", "xã Quế Sơn"),
        ("toi o Que Minh", "Que Minh", "xã Quế Sơn"),
        ("I live in Hoa Khanh ward", "Hoa Khanh ward", "phường Hòa Khánh"),
        ("we moved to An Hai last week", "An Hai", "phường An Hải"),
        ("tiệm dời từ Hòa Khánh xuống An Hải rồi", "An Hải", "phường An Hải"),
        ("xã Bình Dương làm giấy ở đâu", "xã Bình Dương", "xã Thăng An"),
        ("tôi ở xã Hoà Phú nay thuộc xã nào", "xã Hoà Phú", "xã Hòa Vang"),
        ("công an phường Hoà Minh làm việc mấy giờ", "phường Hoà Minh", "phường Hòa Khánh"),
    ],
)
def test_a_place_inside_a_question(text, said, told):
    mention = place_in(text)

    assert (mention.said, _told(mention)) == (said, told)
    assert text[mention.start : mention.end] == said


ORDINARY = """
ra phường làm giấy khai sinh cần gì
phường có đến tận nhà không
lên xã đăng ký kết hôn
xã đang sửa trụ sở thì nộp ở đâu
phường đã chứng hợp đồng rồi
chỗ phường đăng ký lại được không
xin giấy ở phường được k
xin giay o phuong dc k
ra phường, hk biết có trễ không
nộp ở phường hả em
XIN GIẤY Ở PHƯỜNG DC KHÔNG
RA PHƯỜNG LÀM GIẤY KHAI SINH CẦN GÌ
RA PHUONG CO DUOC KHONG
cán bộ xã tư vấn cho em với
can bo xa tu van cho em voi
len xa dang ky ket hon
lên xã ba lần rồi chưa xong
len xa ba lan roi chua xong
ở nhà ba mẹ thì nhập khẩu được không
o nha ba me thi nhap khau duoc khong
nhà ba tầng xin phép xây dựng ở đâu
căn nhà đang ở chưa có sổ
can nha dang o chua co so
xin xác nhận nơi đang ở
nơi đăng ký khai sinh ghi sai
giấy tờ đàng hoàng mà phường không nhận
đất ở từ năm 1980 chưa có sổ
sổ xã đàng hoàng
từ nay xin nghỉ bán
chứng tử cũ bị mất
lam lai giay chung tu cu
tấm dán cũ ghi sai
tam dan cu ghi sai
nộp thẻ tam dan cu o dau
phương án bồi thường xem ở đâu
phương ăn cưới ở nhà hàng
đi làm xa có phải khai tạm vắng không
di lam xa co phai khai tam vang khong
về quê ăn tết có phải khai tạm vắng không
ve que an tet co phai khai tam vang khong
nghỉ việc về quê làm ruộng
nghi viec ve que lam ruong
bé bị bỏ ở trạm y tế
be bi bo o tram y te
giay to cua nha tam lanh
lam gi o que minh bay gio
a lo phuong ha nha tui co khach
bảo hiểm xã hội nộp ở đâu
bao hiem xa hoi an toan khong
hợp tác xã này qua hợp tác xã khác
ông xã người Hàn muốn ở lại
cơ quan thuế ở đâu
co quan thue o dau
quán đang tạm nghỉ
quân đội cấp giấy gì
tôi đang làm ở Bình Dương
con học ở Bình Thuận
mẹ quê Phú Thọ
ở Trà Vinh mới về
em làm ở Bình Định cũ
đi Hà Nội thì khai ở đâu
chị Hòa An làm thủ tục ở đây
em tên Thanh Bình
anh Duy Tân hỏi
nhà ở đường Núi Thành
nhà ở 24 Duy Tân
quán ở kiệt 12 Hoàng Sa
gửi xe ở chợ Hội An
tiền ăn trưa có tính thuế không
tien cam cu co duoc tra khong
người mất thuộc diện phường chu cấp
mẹ vợ bà cụ ở quê ra
hồi trước khi sáp nhập làm ở đâu
tháng tư nộp thuế
ba căn nhà cho thuê ở ba phường
VNeID sai tt sửa ntn
h em muốn sửa tt cư trú
p xác nhận mấy tiền v
which ward do I go to
the ward police said no
a commune office near me
my old certificate is lost
""".strip().splitlines()


def test_the_ordinary_questions_are_many():
    assert len(set(ORDINARY)) == len(ORDINARY) >= 60


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_names_no_place(question):
    assert place_in(question) is None


TYPED_SMALL = {"mỹ an"}
"""Old names that somebody typed without a capital; each was looked at."""

WELL_KNOWN = {fold(unit.name) for unit in places().units.values()} | {
    fold(split_kind(district)[1]) for district in places().districts
}


@pytest.fixture(scope="module")
def sayings():
    """What people say, with the place it names: all questions of the evals, some thousands of the phrasings."""
    questions = [
        json.loads(line)["question"]
        for path in sorted((REPOSITORY / "evals" / "retrieval").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    phrasings = [
        phrase
        for path in sorted((REPOSITORY / "knowledge" / "phrasings").glob("*.yaml"))
        for said in (yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}).values()
        for phrase in said
    ]
    some = questions + phrasings[:: len(phrasings) // 3_000 + 1]
    return [(text, place_in(text)) for text in some]


def test_whatever_people_say_only_names_are_places(sayings):
    """Look at what this finds: a name that is meant goes into TYPED_SMALL, any other is a bug of the reader."""
    found, odd = 0, []
    for text, mention in sayings:
        if mention is None:
            continue
        found += 1
        kind, name = split_kind(mention.said)
        if not (name[0].isupper() or fold(name) in WELL_KNOWN | set(map(fold, TYPED_SMALL)) or kind):
            odd.append((mention.said, text))

    assert odd == []
    assert found >= 100


def test_without_marks_no_other_word_is_taken_for_a_name(sayings):
    """The same questions without their marks and capitals, where most words can be read as others."""
    marked = {fold(mention.said) for _, mention in sayings if mention and mention.match}
    flat = {mention.said for text, _ in sayings if (mention := place_in(fold(text))) and mention.match}

    assert flat <= marked


@pytest.mark.parametrize(
    ("said", "asked", "told"),
    [
        ("phường Hải Châu", ("20242", "20257"), "phường Hải Châu"),
        ("hai chau", ("20242", "20257"), "phường Hải Châu"),
        ("hòa cường", ("20242", "20257"), "phường Hòa Cường"),
        ("Hòa Minh", ("20242", "20257"), "phường Hòa Khánh"),
        ("quận Hải Châu", ("20242", "20257"), ("district", "phường Hải Châu", "phường Hòa Cường")),
        ("Hải Châu", ("20194", "20197"), ("district", "phường Hải Châu", "phường Hòa Cường")),
        ("không biết nữa", ("20242", "20257"), None),
    ],
)
def test_the_answer_to_which_of_these(said, asked, told):
    assert _told(choose_place(said, asked)) == told


def test_every_row_of_the_reference_gives_its_unit(shared_data):
    path = shared_data / "places" / "former-wards.csv"
    if not path.exists():
        pytest.skip(f"the old names are not here: {path.name}")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    for row in rows:
        text = ", ".join(filter(None, (row["old_ward"], row["old_district"], row["old_province"])))
        mention = find_place(text)
        assert row["new_code"] in _codes(mention), text
        assert mention.reading is (Reading.SPLIT if row["partial"] == "yes" else Reading.FOUND), text
    assert len(rows) == len(_OLD)
