"""Mistyped and misheard words are repaired by the words of the catalogue, and nothing else is touched."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import embedder, phrasings, shipped
from knowledge.index import open_index
from knowledge.repair import Repair, repaired
from knowledge.sources import written
from knowledge.spans import protected
from knowledge.speech import is_english
from knowledge.terms import document_terms
from knowledge.text import clean, syllables

any_text = settings(derandomize=True, database=None, deadline=None, max_examples=300)

NAMES = """
đăng ký thường trú
đăng ký tạm trú cho người nước ngoài
gia hạn tạm trú
xóa đăng ký tạm trú
làm giấy tạm trú
thủ tục đăng ký khai sinh
thủ tục đăng ký kết hôn ở ủy ban nhân dân phường
cấp giấy xác nhận tình trạng hôn nhân
cấp thẻ căn cước
cấp lại căn cước công dân
trích lục hộ tịch
bản sao trích lục khai sinh
chứng thực bản sao
cấp giấy phép xây dựng nhà ở
cấp giấy phép kinh doanh
đổi giấy phép lái xe
đi xe đạp ở đường phố
hưởng lương hưu khi về hưu
quyết toán thuế
nộp hồ sơ ở đâu
bảo hiểm xã hội
giáo dục ở trường
học bổng hỗ trợ người học
sổ đỏ đất ở
không có quyền sử dụng đất
"""


class Names:
    """A vocabulary of a few names, each of which stands for ten like it."""

    def __init__(self, names: str) -> None:
        self._counts = Counter(
            term for name in names.strip().splitlines() for term in set(document_terms(syllables(name)))
        )

    def count(self, term: str) -> int:
        """In how many names a term stands."""
        return self._counts[term] * 10


SMALL = Names(NAMES)


def mended(text: str, vocabulary: Names = SMALL) -> str:
    """The words of a text after repair."""
    return " ".join(repaired(syllables(text), vocabulary, protected(text))[0])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thur tucj ddawng kys khai sinh", "thủ tục đăng ký khai sinh"),
        ("thu3 tuc5 d9a8ng ky1 khai sinh", "thủ tục đăng ký khai sinh"),
        ("giaays pheps xaay duwngj", "giấy phép xây dựng"),
        ("giaays phesp lais xe", "giấy phép lái xe"),
        ("ddoori giaays phesp", "đổi giấy phép"),
        ("nguowif nuowcs ngoaif", "người nước ngoài"),
        ("cawn cuwowcs coong daan", "căn cước công dân"),
        ("can8 cuoc71", "căn cước"),
        ("tamj truws", "tạm truws"),
        ("tamj trus", "tạm trú"),
        ("truwowngf", "trường"),
        ("dduowngf phoos", "đường phố"),
        ("quyeenf suwr dungj ddaats", "quyền sử dụng đất"),
        ("khoong cos", "không có"),
        ("khong6 co1", "không có"),
        ("hoof sow", "hồ sơ"),
        ("keets hoon", "kết hôn"),
        ("baor hieemr xax hooij", "bảo hiểm xã hội"),
    ],
)
def test_keys_left_in_words_are_undone(typed, meant):
    assert mended(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thủ tụccc", "thủ tục"),
        ("không cóoo", "không có"),
        ("ddawngg kyss", "đăng ký"),
        ("ởooo đâu", "ở đâu"),
        ("xeee đạp", "xe đạp"),
    ],
)
def test_letters_held_down_are_let_go(typed, meant):
    assert mended(typed) == meant


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("giấy tộm trú", "giấy tạm trú"),
        ("đăng ký tộm chú", "đăng ký tạm trú"),
        ("thường chú", "thường trú"),
        ("tạm chú", "tạm trú"),
        ("thẻ căng cước", "thẻ căn cước"),
        ("trích lụt", "trích lục"),
        ("đi xe độp", "đi xe đạp"),
        ("cốp giấy phép", "cấp giấy phép"),
        ("khi dề hưu", "khi về hưu"),
        ("dấy phép lái xe", "giấy phép lái xe"),
        ("quyết toáng thuế", "quyết toán thuế"),
        ("giáo dụt", "giáo dục"),
        ("xổ đỏ", "sổ đỏ"),
        ("hổ trợ", "hỗ trợ"),
        ("bảo hiễm", "bảo hiểm"),
        ("sữ dụng đất", "sử dụng đất"),
        ("lồm giấy", "làm giấy"),
        ("bảng sao", "bản sao"),
        ("kết hông", "kết hôn"),
        ("giấy khai xinh", "giấy khai sinh"),
    ],
)
def test_each_sound_is_undone_beside_words_that_tell(heard, meant):
    assert mended(heard) == meant


@pytest.mark.parametrize(
    "text",
    [
        "tộm",
        "chú tôi",
        "chú ở phường",
        "vui dẻ",
        "độp phá",
        "dề",
        "tham chú",
        "ăn cá ở chợ",
    ],
)
def test_without_neighbours_that_tell_nothing_is_changed(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "visa passport online web app logo karaoke taxi gas internet vneid",
        "bằng lái a1 b2 c1e",
        "tờ khai ct01 tk01 na1 m2 co2",
        "mã 1.001193 ngày 21/11/2026 số 0905123456",
        "1000000 đồng năm 2000",
        "dnnn ccv tttt ncc",
        "thủ tục đăng ký khai sinh",
        "thu tuc dang ky tam chu",
        "hồ sơ ở đâu",
        "",
    ],
)
def test_loans_codes_dates_and_good_words_stay(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "con tên là tộm trú",
        "ông Chú Tộm",
        "gặp Thường Chú ở chợ",
        "thôn tộm trú",
        "đường xổ đỏ",
    ],
)
def test_names_and_addresses_stay(text):
    assert mended(text) == " ".join(syllables(text))


def test_what_was_changed_is_told_with_its_reason():
    words = "thur tục khai sinhh tộm trú".split()

    assert repaired(words, SMALL) == (
        "thủ tục khai sinh tạm trú".split(),
        (Repair("thur", "thủ", "keys"), Repair("sinhh", "sinh", "letters"), Repair("tộm", "tạm", "sound")),
    )


def test_protected_places_stay():
    assert repaired("thur tucj".split(), SMALL, {0}) == (["thur", "tục"], (Repair("tucj", "tục", "keys"),))


def test_an_empty_catalogue_repairs_nothing():
    assert mended("thur tucj tộm trú", Names("x")) == "thur tucj tộm trú"


@any_text
@given(st.lists(st.text(alphabet="abcdđeghiklmnopqrstuvxyfjwzáạảãàăâêôơư12", min_size=1, max_size=8)))
def test_no_word_is_added_or_lost(words):
    out, changes = repaired(words, SMALL)

    assert len(out) == len(words)
    assert sum(before != after for before, after in zip(words, out, strict=True)) == len(changes)


@pytest.fixture(scope="module")
def catalogue(shipped, shipped_home):
    """The words of all names of the shipped catalogue."""
    return open_index(shipped_home, embedder.build("static")).names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thur tucj ddawng kys khai sinh", "thủ tục đăng ký khai sinh"),
        ("ddawng kys thuwowngf trus", "đăng ký thường trú"),
        ("lamf cawn cuwowcs", "làm căn cước"),
        ("d9a8ng ky1 ke6t1 ho6n", "đăng ký kết hôn"),
        ("gia61y phe1p la1i xe", "giấy phép lái xe"),
        ("truowngf tieeur hocj", "trường tiểu học"),
        ("nguowif nuowcs ngoaif", "người nước ngoài"),
        ("baor hieemr thaats nghieepj", "bảo hiểm thất nghiệp"),
        ("hooj khaaur", "hộ khẩu"),
        ("truwowcs khi keets hoon", "trước khi kết hôn"),
        ("muốnnn làm hộ chiếuuu", "muốn làm hộ chiếu"),
        ("khai sinhh", "khai sinh"),
        ("giấy tộm trú", "giấy tạm trú"),
        ("giáo dụt nghề nghiệp", "giáo dục nghề nghiệp"),
        ("dấy phép lái xe", "giấy phép lái xe"),
        ("dề hưu", "về hưu"),
        ("sở xây dựn", "sở xây dựng"),
        ("quyết toáng thuế", "quyết toán thuế"),
        ("bảo hiễm xã hội", "bảo hiểm xã hội"),
        ("hổ trợ chi phí", "hỗ trợ chi phí"),
        ("thanh niên xun phong", "thanh niên xung phong"),
        ("trợ dúp pháp lý", "trợ giúp pháp lý"),
        ("đóng cữa", "đóng cửa"),
    ],
)
def test_the_real_catalogue_repairs(catalogue, typed, meant):
    assert " ".join(repaired(syllables(typed), catalogue)[0]) == meant


@pytest.mark.parametrize(
    "text",
    [
        "làm visa online qua vneid",
        "bằng lái a1 hạng b2 c1e",
        "tờ khai ct01 mẫu tk01 đơn na5",
        "quán karaoke ở đường bạch đằng",
        "xe taxi chở gas",
        "trưởng thôn ký giấy",
        "hàn điện ở cảng",
        "chú tôi ở quê",
        "xe quá khổ quá tải",
        "vay ngang hàng",
        "cát sỏi lòng sông",
        "bị oan sai",
    ],
)
def test_the_real_catalogue_leaves_what_is_right(catalogue, text):
    assert " ".join(repaired(syllables(text), catalogue)[0]) == text


def changed_in(texts, vocabulary) -> Counter:
    """How often each word of some texts is changed for which."""
    changes: Counter[tuple[str, str]] = Counter()
    for text in map(clean, texts):
        if not is_english(text):
            changes.update((r.typed, r.became) for r in repaired(syllables(text), vocabulary, protected(text))[1])
    return changes


def test_no_official_title_is_changed(catalogue):
    titles = [procedure.name for procedure in (*written.load(), *shipped.shipped_facts())]

    assert len(titles) > 4_000
    assert changed_in(titles, catalogue) == Counter()


def test_hardly_a_saying_is_changed(catalogue):
    sayings = [saying for lines in phrasings.load().values() for saying in lines]

    changes = changed_in(sayings, catalogue)

    assert len(sayings) > 20_000
    assert sum(changes.values()) < len(sayings) / 300
