"""The right procedure for what people say, in whatever way they say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from knowledge import embedder
from knowledge.features import FEATURES
from knowledge.index import open_index
from knowledge.index_build import build_index
from knowledge.search import Search

QUESTIONS = [
    pytest.param("Con tôi mới sinh, đi đăng ký khai sinh cần gì?", "1.001193", id="plain"),
    pytest.param("thu tuc dang ky ket hon can giay to gi", "1.000894", id="no marks"),
    pytest.param("e vs ny mún đkkh thì cần j ạ", "1.000894", id="teencode"),
    pytest.param("chừ muốn nhập khẩu vô nhà ba má thì làm răng", "1.004222", id="dialect"),
    pytest.param("Ông nội tui mới mất, làm giấy chứng tử ở mô", "1.000656", id="dialect and place"),
    pytest.param("how do I apply for a Vietnamese passport", "1.001456", id="English"),
    pytest.param("dạ alo cho em xin giấy xác nhận tình trạng hôn nhân", "1.004873", id="on the phone"),
    pytest.param("rớt mất thẻ cccd giờ lm lại sao", "1.014064", id="lost card"),
    pytest.param("mất passport rồi báo ở đâu", "1.010386", id="mixed languages"),
    pytest.param("sao y bản chính bằng đại học", "2.000815", id="everyday name"),
    pytest.param("mở quán cà phê nhỏ đăng ký hộ kinh doanh", "1.001612", id="situation"),
    pytest.param("nghỉ việc rồi xin trợ cấp thất nghiệp", "1.014748", id="after a job"),
    pytest.param("tách thửa đất cho con", "1.012784", id="short"),
    pytest.param("xin giấy phép xây nhà", "1.013225", id="shorter"),
    pytest.param("dang ky nghia vu quan su lan dau", "1.013133", id="no marks, short"),
]


@pytest.fixture(scope="module")
def search(shipped, shipped_home):
    """A search over the shipped catalogue."""
    return Search(open_index(shipped_home, embedder.build("static")))


@pytest.fixture(scope="module")
def wide_search(portal_home):
    """A search over the 5,665 records and the shipped catalogue."""
    return Search(open_index(portal_home, embedder.build("static")))


@pytest.mark.parametrize(("question", "code"), QUESTIONS)
def test_the_right_procedure_comes_first(search, question, code):
    result = search(question)

    assert result.codes[0] == code
    assert result.confidence > 0.5


@pytest.mark.parametrize(("question", "code"), QUESTIONS)
def test_the_right_procedure_comes_first_among_thousands(wide_search, question, code):
    assert code in wide_search(question).codes[:3]


@pytest.mark.parametrize("written", ["1.001193", "thủ tục 1.001193?", "1.001193.000.00.00.H17"])
def test_a_typed_code_is_certain(search, written):
    result = search(written)

    assert (result.codes, result.confidence) == (("1.001193",), 1.0)


def test_typed_codes_are_given_in_their_order(search):
    assert search("1.000894 hay 1.001193").codes == ("1.000894", "1.001193")


@pytest.mark.parametrize("question", ["9.999999", "1.0011930", "", "  ", "?!", "\u200b", "🎋", "a", "zxcvbn qwrtp"])
def test_nothing_to_look_up_finds_nothing(search, question):
    result = search(question)

    assert (result.hits, result.confidence) == ((), 0.0)


@pytest.mark.parametrize(
    "question",
    ["giá vàng hôm nay", "ai là tổng thống Mỹ", "viết bài thơ về biển", "hôm nay mưa hay nắng"],
)
def test_what_is_no_procedure_is_not_believed(search, question):
    assert search(question).confidence < 0.5


def test_another_provinces_code_is_not_found(wide_search, portal_home, new_store):
    foreign = new_store(home=portal_home).foreign_codes()

    assert len(foreign) > 700
    assert [code for code in sorted(foreign)[::50] if wide_search(code).hits] == []


def test_hits_are_as_many_as_asked_for_and_best_first(search):
    ten, three = search("giấy khai sinh"), search("giấy khai sinh", 3)
    scores = [hit.score for hit in ten.hits]

    assert len(ten.hits) == 10
    assert scores == sorted(scores, reverse=True)
    assert ten.hits[:3] == three.hits


def test_a_hit_shows_the_name_that_matched_and_why(search):
    hit = search("làm giấy khai sinh cho bé").hits[0]

    assert "khai sinh" in hit.passage
    assert tuple(hit.features) == FEATURES


def test_an_explanation_is_of_the_same_hits_and_names_the_features_that_moved_them(search):
    question = "làm lại giấy khai sinh cho con bị mất"
    explained = search.explain(question, 3)

    assert explained.result == search(question, 3)
    assert len(explained.reasons) == 3
    assert all(reasons and set(reasons) <= set(FEATURES) for reasons in explained.reasons)
    assert search.explain("1.001193").reasons == ({},)


def test_case_spaces_and_code_points_make_no_difference(search):
    """The same letters, typed composed or decomposed, old or new tone style, in capitals or not."""
    spellings = ["Thủ tục khai tử", "THỦ  TỤC KHAI TỬ ", "Thu\u0309 tu\u0323c khai tư\u0309"]
    found = [(result.hits, result.confidence) for result in map(search, spellings)]

    assert found[0] == found[1] == found[2]


def test_one_procedure_alone_can_be_searched(tmp_path, new_store, made):
    build_index(tmp_path, new_store(made()), embedder.build("static"))

    assert Search(open_index(tmp_path, embedder.build("static")))("thẻ tre").codes == ("1.000001",)


@given_settings(derandomize=True, database=None, deadline=None, max_examples=100)
@given(
    question=st.text()
    | st.lists(st.sampled_from("khai sinh 1.001193 ở đâu passport lost \x00 đ".split(" "))).map(" ".join)
)
def test_no_text_is_too_strange(search, question):
    result = search(question)

    assert 0 <= result.confidence <= 1
    assert len(set(result.codes)) == len(result.hits) <= 10


def test_a_very_long_text_is_searched_all_the_same(search):
    assert search("đăng ký khai sinh cho con " * 2_000).codes[0] == "1.001193"
