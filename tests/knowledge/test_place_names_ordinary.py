"""Ordinary words that look like the name of a place name none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from knowledge.place_names import place_in
from knowledge.places import places, split_kind
from knowledge.text import fold

REPOSITORY = Path(__file__).parent.parent.parent

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
