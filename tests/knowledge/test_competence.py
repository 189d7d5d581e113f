"""Who receives it now: what a record says of offices is read as the body of today's Da Nang, or left as it stands."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.competence import Body, Competence, competence
from knowledge.places import places
from knowledge.procedure import Agency, Level, Source, Text

HERE = "xã, phường nơi anh/chị ở"
CENTRE = "Trung tâm Phục vụ hành chính công"
CITY = f"{CENTRE} thành phố Đà Nẵng"
HAI_CHAU = places().units["20242"]
SONG_VANG = places().units["20485"]


@pytest.fixture
def filed(made):
    """Makes a procedure whose record names these offices."""

    def make(receives=None, levels=(Level.WARD,), settles=None, **fields):
        agency = Agency(receives=_text(receives), settles=_text(settles))
        return made(agency=agency, levels=levels, **fields)

    return make


def _text(words):
    return Text(vi=words) if isinstance(words, str) else words


@pytest.mark.parametrize(
    ("record", "told", "in_hai_chau", "kind"),
    [
        ("Ủy ban nhân dân cấp xã", f"{CENTRE} {HERE}", f"{CENTRE} phường Hải Châu", "ward"),
        ("UBND xã, phường, thị trấn", f"{CENTRE} {HERE}", f"{CENTRE} phường Hải Châu", "ward"),
        ("Chủ tịch Uỷ ban nhân dân cấp xã", f"{CENTRE} {HERE}", f"{CENTRE} phường Hải Châu", "ward"),
        ("Ủy ban nhân dân cấp huyện", f"{CENTRE} {HERE}", f"{CENTRE} phường Hải Châu", "ward"),
        ("UBND cấp xã - tỉnh Quảng Trị", f"{CENTRE} {HERE}", f"{CENTRE} phường Hải Châu", "ward"),
        ("Công an cấp xã", f"Công an {HERE}", "Công an phường Hải Châu", "ward_police"),
        ("Công an xã/phường/đặc khu", f"Công an {HERE}", "Công an phường Hải Châu", "ward_police"),
        (
            "Ban chỉ huy quân sự cấp xã",
            f"Ban Chỉ huy quân sự {HERE}",
            "Ban Chỉ huy quân sự phường Hải Châu",
            "ward_military",
        ),
        (
            "Chi nhánh Văn phòng đăng ký đất đai",
            f"Chi nhánh Văn phòng đăng ký đất đai khu vực, nộp qua {CENTRE} {HERE}",
            f"Chi nhánh Văn phòng đăng ký đất đai khu vực, nộp qua {CENTRE} phường Hải Châu",
            "land_office",
        ),
        ("Trung tâm Phục vụ hành chính công", f"{CENTRE} {HERE}", f"{CENTRE} phường Hải Châu", "ward"),
    ],
)
def test_a_body_of_the_ward_takes_the_name_of_the_ward(filed, record, told, in_hai_chau, kind):
    procedure = filed(record)

    assert competence(procedure).receives.name.vi == told
    there = competence(procedure, HAI_CHAU).receives
    assert (there.name.vi, there.kind, there.at_ward) == (in_hai_chau, kind, True)


@pytest.mark.parametrize(
    ("record", "told", "kind"),
    [
        ("Ủy ban nhân dân cấp tỉnh", CITY, "city"),
        ("Công an cấp tỉnh", "Công an thành phố Đà Nẵng", "city_police"),
        ("Công an tỉnh", "Công an thành phố Đà Nẵng", "city_police"),
        (
            "Phòng Quản lý xuất nhập cảnh",
            "Phòng Quản lý xuất nhập cảnh, Công an thành phố Đà Nẵng",
            "immigration",
        ),
        (
            "Phòng Cảnh sát giao thông",
            "Phòng Cảnh sát giao thông, Công an thành phố Đà Nẵng",
            "traffic_police",
        ),
        (
            "Phòng Cảnh sát phòng cháy, chữa cháy TP. HCM",
            "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ, Công an thành phố Đà Nẵng",
            "fire_police",
        ),
        ("Bộ Chỉ huy quân sự cấp tỉnh", "Bộ Chỉ huy quân sự thành phố Đà Nẵng", "city_military"),
        (
            "Thuế tỉnh, thành phố",
            "cơ quan thuế quản lý nơi anh/chị ở hoặc kinh doanh (Thuế cơ sở)",
            "tax",
        ),
        (
            "Bảo hiểm xã hội cấp huyện",
            "cơ quan Bảo hiểm xã hội nơi anh/chị ở hoặc làm việc",
            "social_insurance",
        ),
        ("Trung tâm Dịch vụ việc làm", "Trung tâm Dịch vụ việc làm Đà Nẵng", "employment"),
        ("Sở Tư pháp", "Sở Tư pháp thành phố Đà Nẵng", "department"),
        ("Sở Y tế TP. Đà Nẵng", "Sở Y tế thành phố Đà Nẵng", "department"),
        (
            "Sở Nông nghiệp và Môi trường Thành phố Hà Nội",
            "Sở Nông nghiệp và Môi trường thành phố Đà Nẵng",
            "department",
        ),
        ("Sở Xây dựng - tỉnh Quảng Ninh", "Sở Xây dựng thành phố Đà Nẵng", "department"),
        ("Trường Trung học cơ sở", "trường nơi học sinh theo học", "school"),
    ],
)
def test_a_body_of_the_city_is_the_same_in_every_ward(filed, record, told, kind):
    procedure = filed(record, levels=(Level.PROVINCE,))

    for unit in (None, HAI_CHAU):
        body = competence(procedure, unit).receives
        assert (body.name.vi, body.kind, body.at_ward) == (told, kind, False)


@pytest.mark.parametrize(
    ("merged", "now"),
    [
        ("Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ"),
        ("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường"),
        ("Sở Nông nghiệp và Phát triển nông thôn tỉnh Sơn La", "Sở Nông nghiệp và Môi trường"),
        ("Cơ quan quản lý nhà nước về thủy sản cấp tỉnh", "Sở Nông nghiệp và Môi trường"),
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính"),
        ("Sở Giao thông vận tải", "Sở Xây dựng"),
        ("Sở Giao thông công chánh - TP.HCM", "Sở Xây dựng"),
        ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"),
        ("Sở Du lịch Thành phố Hà Nội", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Văn hoá và Thể thao", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở văn hóa - Thể thao và Du lịch - TP Hải Phòng", "Sở Văn hóa, Thể thao và Du lịch"),
    ],
)
def test_a_merged_department_is_the_one_that_has_its_work(filed, merged, now):
    body = competence(filed(merged, levels=(Level.PROVINCE,))).receives

    assert body == Body("department", Text(vi=f"{now} thành phố Đà Nẵng", en=f"{now} of Da Nang"), at_ward=False)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (
            "Sở Y tế; Ủy ban nhân dân cấp xã",
            f"Sở Y tế thành phố Đà Nẵng; {CENTRE} phường Hải Châu (tùy trường hợp)",
        ),
        ("Thuế tỉnh, thành phố; Thuế cơ sở", "cơ quan thuế quản lý nơi anh/chị ở hoặc kinh doanh (Thuế cơ sở)"),
        ("Cục Thuế - Bộ Tài chính; Sở Tài chính", "Sở Tài chính thành phố Đà Nẵng"),
        ("Bộ Công an; Công an cấp xã", "Công an phường Hải Châu"),
        ("Sở Tư pháp; Sở Tư pháp Thành phố Hà Nội", "Sở Tư pháp thành phố Đà Nẵng"),
        ("Sở Văn hóa và Thể thao; Sở Du lịch TP Huế", "Sở Văn hóa, Thể thao và Du lịch thành phố Đà Nẵng"),
        (
            "Sở Giáo dục và Đào tạo; Cơ sở giáo dục",
            "Sở Giáo dục và Đào tạo thành phố Đà Nẵng; Cơ sở giáo dục (tùy trường hợp)",
        ),
        ("Cảng vụ hàng hải; Cảng vụ đường thủy", "Cảng vụ hàng hải; Cảng vụ đường thủy"),
        ("Ngân hàng tỉnh Sơn La; Cảng vụ hàng hải", "Cảng vụ hàng hải"),
    ],
)
def test_of_several_bodies_those_of_the_city_are_told(filed, record, told):
    """A ministry's beside them is for cases that are not filed here, another province's never is."""
    body = competence(filed(record, levels=(Level.PROVINCE, Level.WARD)), HAI_CHAU).receives

    assert body.name.vi == told


@pytest.mark.parametrize("side", ["receives", "settles"])
def test_where_only_other_provinces_are_named_none_is_told(filed, side):
    """Honest rather than wrong: a branch in Hà Nội is not where a citizen of Da Nang goes."""
    words = "Ngân hàng chi nhánh thành phố Hà Nội; Ngân hàng chi nhánh TP HCM"
    offices = {"receives": "Công an cấp xã", side: words}

    told = competence(filed(levels=(Level.WARD, Level.PROVINCE), **offices))

    assert getattr(told, side) is None


@pytest.mark.parametrize(
    "words",
    [
        "Cảng vụ hàng hải",
        "Cơ sở y tế",
        "Công an cấp huyện",
        "Hội đồng giám định y khoa cấp tỉnh",
        "Bảo hiểm xã hội Quân đội",
        "Chi cục Hải quan khu vực",
        "UBND Thành phố Đà Nẵng",
    ],
)
def test_what_cannot_be_read_as_a_body_of_today_stands_as_written(filed, words):
    body = competence(filed(words, levels=(Level.PROVINCE,)), HAI_CHAU).receives

    assert body == Body("", Text(vi=words), at_ward=False)


@pytest.mark.parametrize("levels", [(), (Level.MINISTRY,), (Level.OTHER,), (Level.MINISTRY, Level.OTHER)])
@pytest.mark.parametrize("words", ["Cục Đường sắt; Ủy ban nhân dân cấp xã", "Bộ Tư lệnh Thủ đô Hà Nội", "Công an tỉnh"])
def test_a_matter_of_a_ministry_is_left_untouched(filed, levels, words):
    told = competence(filed(words, levels=levels, settles=words), HAI_CHAU)

    assert told.receives == told.settles == Body("", Text(vi=words), at_ward=False)


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ((Level.WARD,), f"{CENTRE} xã Sông Vàng"),
        ((Level.PROVINCE, Level.WARD), f"{CENTRE} xã Sông Vàng"),
        ((Level.PROVINCE,), CITY),
        ((Level.MINISTRY,), None),
        ((), None),
    ],
)
def test_where_no_office_is_named_the_level_decides(filed, levels, told):
    receives = competence(filed(levels=levels), SONG_VANG).receives

    assert (receives.name.vi if receives else None) == told


@pytest.mark.parametrize(
    ("record", "levels", "receives", "settles"),
    [
        ("Ủy ban nhân dân cấp xã", (Level.WARD,), f"{CENTRE} phường Hải Châu", "UBND phường Hải Châu"),
        ("Ủy ban nhân dân cấp tỉnh", (Level.PROVINCE,), CITY, "UBND thành phố Đà Nẵng"),
        ("Công an cấp xã", (Level.WARD,), "Công an phường Hải Châu", "Công an phường Hải Châu"),
    ],
)
def test_a_centre_receives_and_a_committee_decides(filed, record, levels, receives, settles):
    told = competence(filed(record, levels=levels, settles=record), HAI_CHAU)

    assert (told.receives.name.vi, told.settles.name.vi) == (receives, settles)


@pytest.mark.parametrize(
    ("record", "english"),
    [
        ("Ủy ban nhân dân cấp xã", "Public Administration Service Centre of phường Hải Châu"),
        ("Công an cấp xã", "Police of phường Hải Châu"),
        ("Công an tỉnh", "Da Nang City Police"),
        ("Công an cấp xã; Công an tỉnh", "Police of phường Hải Châu; Da Nang City Police (it depends on the case)"),
        ("Cảng vụ hàng hải", "Cảng vụ hàng hải"),
    ],
)
def test_it_is_told_in_english(filed, record, english):
    procedure = filed(record, levels=(Level.WARD, Level.PROVINCE))

    assert competence(procedure, HAI_CHAU).receives.said_in("en") == english


def test_without_a_ward_english_says_where_you_live(filed):
    told = competence(filed("Công an cấp xã")).receives

    assert told.said_in("en") == "Police of the ward or commune where you live"


def test_a_written_entry_keeps_its_own_words_until_a_ward_is_known(filed):
    words = Text(vi="Công an phường nơi ở; con dưới 6 tuổi cũng vậy", en="The ward police where you live")
    procedure = filed(words)

    assert competence(procedure).receives == Body("ward_police", words, at_ward=True)
    assert competence(procedure, HAI_CHAU).receives.name.vi == "Công an phường Hải Châu"


def test_a_written_entry_about_the_city_keeps_its_words_in_every_ward(filed):
    words = Text(vi="Sở Tư pháp, 24 đường Tre", en="Department of Justice, 24 Bamboo Street")
    procedure = filed(words, levels=(Level.PROVINCE,))

    for unit in (None, HAI_CHAU):
        assert competence(procedure, unit).receives == Body("department", words, at_ward=False)


@pytest.mark.parametrize(
    ("record", "was"),
    [
        ("Ủy ban nhân dân cấp huyện", True),
        ("UBND quận, huyện", True),
        ("Công an huyện", True),
        ("Ủy ban nhân dân cấp xã", False),
        ("Cục Quản lý xuất nhập cảnh", False),
        ("Bộ Tư lệnh Quân khu", False),
    ],
)
def test_the_abolished_district_is_noticed_on_both_sides(filed, record, was):
    assert competence(filed(record)).was_district is was
    assert competence(filed(settles=record)).was_district is was


def test_what_else_is_known_is_handed_on(made):
    agency = Agency(anywhere=True, anywhere_source="Quyết định 9/QĐ-TRE")
    plain = Agency()

    told = competence(made("1.001193", agency=agency, field="Hộ tịch", levels=(Level.WARD,)))

    assert (told.anywhere, told.anywhere_source) == (True, "Quyết định 9/QĐ-TRE")
    assert all((told.elsewhere.vi, told.elsewhere.en))
    assert isinstance(told.online_only, Source)
    assert told.online_only.as_of == date(2025, 10, 2)
    assert competence(made(agency=plain, field="Tre trúc")) == Competence(None, None, None, "", None, None, False)
