"""How people type and talk is repaired before anything is looked up; no fact is added."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import embedder
from knowledge.index import open_index
from knowledge.repair import Repair
from knowledge.shipped import shipped_facts
from knowledge.sources import written
from knowledge.speech import Query, is_english, understand
from knowledge.text import clean, syllables

any_text = settings(derandomize=True, database=None, deadline=None, max_examples=300)


def test_a_question_is_understood_whole():
    assert understand("  Cho em hỏi lm GKS cho bé cần j\u200b ạ? ") == Query(
        original="Cho em hỏi lm GKS cho bé cần j ạ?",
        words=tuple("cho em hỏi làm giấy khai sinh cho bé cần gì ạ".split()),
        content=("làm", "giấy", "khai", "sinh", "cho", "bé"),
        accented=True,
        codes=(),
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("đkkh ở phường nào", "đăng ký kết hôn ở phường nào"),
        ("mất cccd rồi", "mất căn cước công dân rồi"),
        ("cần lltp ntn", "cần lý lịch tư pháp như thế nào"),
        ("chừ khai sanh ở mô", "bây giờ khai sinh ở đâu"),
        ("răng rứa", "sao vậy"),
        ("mua xe máy", "mua xe mô tô"),
        ("đổi bằng lái", "đổi giấy phép lái xe"),
        ("giấy tộm trú", "giấy tạm trú"),
        ("Uỷ ban kí giấy", "ủy ban ký giấy"),
        ("bé k có gks", "bé không có giấy khai sinh"),
    ],
)
def test_short_forms_and_dialect_become_common_words(said, words):
    assert " ".join(understand(said).words) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("lltp ntn", "ly lich tu phap nhu the nao"),
        ("dkkh can gi", "dang ky ket hon can gi"),
        ("khai sanh cho con", "khai sinh cho con"),
        ("mo quan an", "mo quan an"),
        ("mua ba con heo", "mua ba con heo"),
        ("cap so nha", "cap so nha"),
    ],
)
def test_without_marks_only_what_is_safe_is_exchanged(said, words):
    """«mo» may be mở as well as mô."""
    query = understand(said)

    assert (" ".join(query.words), query.accented) == (words, False)


@pytest.mark.parametrize(
    ("said", "content"),
    [
        ("Cho tôi hỏi thủ tục đăng ký kết hôn như thế nào?", "đăng ký kết hôn"),
        ("muốn xin hộ chiếu thì lệ phí bao nhiêu tiền", "xin hộ chiếu"),
        ("dạ alo cho em hỏi với ạ, khai tử ở đâu", "khai tử"),
        ("xin hoi can cuoc can gi", "can cuoc"),
        ("lam can cuoc o dau", "lam can cuoc"),
        ("How do I apply for a passport in Da Nang?", "apply for passport"),
    ],
)
def test_the_dress_of_a_question_is_left_out(said, content):
    query = understand(said)

    assert " ".join(query.content) == content


def test_a_question_that_is_all_dress_keeps_its_words():
    assert understand("lệ phí bao nhiêu").content == ("lệ", "phí", "bao", "nhiêu")


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("1.000001", ("1.000001",)),
        ("thủ tục 1.000001.000.00.00.H17 là gì", ("1.000001",)),
        ("1.000001 với 2.000002, 1.000001", ("1.000001", "2.000002")),
        ("nộp 1.000.000 đồng ngày 1.11.2026", ()),
        ("11.000001", ()),
        ("1.0000011", ()),
    ],
)
def test_typed_codes_are_found(said, codes):
    assert understand(said).codes == codes


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("How can I register my marriage?", True),
        ("birth certificate fee", True),
        ("I lost my căn cước", False),
        ("lam giay khai sinh cho con", False),
        ("can cuoc gan chip lam o dau", False),
        ("passport", True),
        ("Đà Nẵng", False),
        ("паспорт", False),
        ("", False),
    ],
)
def test_english_is_told_from_vietnamese_without_marks(text, english):
    assert is_english(text) is english


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("nộp hs ở mô", "nộp hồ sơ ở đâu"),
        ("phường mô làm", "phường nào làm"),
        ("khi mô lấy", "khi nào lấy"),
        ("làm răng chừ", "làm sao bây giờ"),
        ("bữa ni có làm không", "hôm nay có làm không"),
        ("năm ni", "năm nay"),
        ("đổi mk vneid", "đổi mật khẩu vneid"),
        ("mk muốn lm gks", "mình muốn làm giấy khai sinh"),
        ("vk ck e k có hktt", "vợ chồng em không có hộ khẩu thường trú"),
        ("hết bn tiền v ad", "hết bao nhiêu tiền vậy ad"),
        ("cty tnhh khai thuế tncn", "công ty trách nhiệm hữu hạn khai thuế thu nhập cá nhân"),
        ("khai báo yttn ở nc ngoài", "khai báo yếu tố nước ngoài ở nước ngoài"),
        ("nhập khẩu cho con", "nhập hộ khẩu cho con"),
        ("nhập khẩu vô nhà ba má", "nhập hộ khẩu vô nhà cha mẹ"),
        ("lý lịch từ pháp", "lý lịch tư pháp"),
        ("đăng ký vê nờ e i đê", "đăng ký vneid"),
        ("giấy kết hông", "giấy kết hôn"),
        ("con mười bốn tuổi", "con 14 tuổi"),
        ("gọi một không hai hai", "gọi 1022"),
    ],
)
def test_chat_dialect_and_transcripts_become_common_words(said, words):
    assert " ".join(understand(said).words) == words


@pytest.mark.parametrize(
    "said",
    [
        "cc ở dn",
        "dn ở qn",
        "dk kinh doanh",
        "nộp tt hd nt",
        "giấy nhà",
        "ck cho ncc",
        "hs lớp 10",
        "bao xi măng 50 kg",
        "nhập khẩu hàng hóa",
        "quy mô chi nhánh",
        "chi phí chi trả",
        "lấn chiếm vỉa hè",
        "khám răng hàm mặt",
        "xi mạ kẽm",
        "tăng ni phật tử",
        "bữa ăn học đường",
        "xe máy chuyên dùng",
        "bằng hạng c",
        "mẫu a",
        "điểm a b và c",
        "500 k",
    ],
)
def test_what_has_several_meanings_or_one_of_its_own_stays(said):
    assert " ".join(understand(said).words) == said


@pytest.mark.parametrize(
    ("said", "content"),
    [
        ("dạ alo cho em hỏi cái ni khai tử ở mô hỉ", "khai tử"),
        ("ad ơi kiểu như là khai sinh trễ á, cảm ơn nhiều", "khai sinh trễ"),
        ("anh chị cho hỏi đăng ký kết hôn, mong được hỗ trợ", "đăng ký kết hôn"),
        ("cấp bản sao trích lục", "cấp bản sao trích lục"),
        ("buôn bán trên vỉa hè", "buôn bán trên vỉa hè"),
        ("nha khoa trẻ em", "nha khoa trẻ em"),
        ("dang ky xe may", "dang ky xe mo to"),
        ("cap so do dat o", "cap so do dat o"),
        ("ma so thue cua nha", "ma so thue cua nha"),
        ("Could you tell me what is the fee to register a birth, thank you", "register birth"),
    ],
)
def test_only_the_dress_is_left_out(said, content):
    assert " ".join(understand(said).content) == content


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Nguyễn Thị Rứa xin khai sanh", "nguyễn thị rứa xin khai sinh"),
        ("em tên là trần văn ni xin gks", "em tên là trần văn ni xin giấy khai sinh"),
        ("nhà ở thôn Chừ xã nớ", "nhà ở thôn chừ xã đó"),
        ("đường mô cũng được", "đường đâu cũng được"),
        ("ông Mô chết rồi", "ông mô chết rồi"),
        ("mẫu C/O form E", "mẫu c o form e"),
        ("dịch vụ T-VAN", "dịch vụ t van"),
        ("bé Hai Mươi Tuổi", "bé hai mươi tuổi"),
        ("đường Hai Bà Trưng", "đường hai bà trưng"),
        ("Dang Ky Ket Hon Can J V Ad", "dang ky ket hon can gi vay ad"),
    ],
)
def test_names_addresses_and_signs_stay(said, words):
    assert " ".join(understand(said).words) == words


@pytest.fixture(scope="module")
def catalogue(shipped, shipped_home):
    """The words of all names of the shipped catalogue."""
    return open_index(shipped_home, embedder.build("static")).names


def test_a_mistyped_question_is_understood_whole(catalogue):
    assert understand("Thur tucj khai sinhh ở mô?", catalogue) == Query(
        original="Thur tucj khai sinhh ở mô?",
        words=tuple("thủ tục khai sinh ở đâu".split()),
        content=("khai", "sinh"),
        accented=True,
        codes=(),
        repairs=(Repair("thur", "thủ", "keys"), Repair("tucj", "tục", "keys"), Repair("sinhh", "sinh", "letters")),
    )


def test_keys_of_telex_count_as_marks(catalogue):
    query = understand("ddawng kys keets hoon", catalogue)

    assert (query.words, query.accented) == (("đăng", "ký", "kết", "hôn"), True)


def test_english_is_not_repaired(catalogue):
    query = understand("How do I register my dogs and cats for a pharma boss", catalogue)

    assert (" ".join(query.words), query.repairs) == ("how do i register my dogs and cats for a pharma boss", ())


def test_titles_without_short_forms_or_numbers_stay_word_for_word(catalogue):
    """Two in a thousand are left over, none for a word of dialect."""
    titles = [procedure.name for procedure in (*written.load(), *shipped_facts())]
    changed = [title for title in titles if understand(title, catalogue).words != tuple(syllables(clean(title)))]
    short = re.compile(r"(?<!\w)[A-ZĐ]{2,}(?!\w)|KCB|\.vn")

    assert len(titles) > 4_000
    assert len([title for title in changed if not short.search(title)]) <= 8


def test_what_was_understood_is_understood_the_same_again(catalogue):
    titles = [procedure.name for procedure in written.load()]
    once = [understand(title, catalogue).words for title in titles]

    assert [understand(" ".join(words), catalogue).words for words in once] == once


@any_text
@given(st.text())
def test_no_text_is_too_strange_for_the_catalogue(catalogue, text):
    query = understand(text, catalogue)

    assert bool(query.words) == bool(syllables(query.original))


@any_text
@given(st.lists(st.sampled_from("đăngg kys hộ chiếuu tộm trú giấy thường chú thur tucj và ở".split())))
def test_repair_adds_no_word(catalogue, words):
    """No short form and no dialect is among these, so as many words come out as went in."""
    assert len(understand(" ".join(words), catalogue).words) == len(words)


@any_text
@given(st.text())
def test_no_text_is_too_strange(text):
    query = understand(text)

    assert set(query.codes) <= {word[:8] for word in syllables(query.original)}
    assert bool(query.content) == bool(query.words)


@any_text
@given(st.lists(st.sampled_from("khai sinh kết hôn hộ chiếu thẻ tre phường".split()), min_size=1))
def test_common_words_stay_as_they_are(words):
    query = understand(" ".join(words))

    assert query.words == query.content == tuple(words)
