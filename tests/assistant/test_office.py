"""Where to go: today's ward of an old name, its office, and what is said where that is not sure."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.act.office import unit_of
from assistant.conversation import Status
from assistant.draft import Finding, Plan, Whereabouts
from assistant.write.fields import tell, write
from assistant.write.office import office_lines
from knowledge.place_names import place_in
from knowledge.places import places
from knowledge.procedure import Agency, Caution, Level, OnlineLevel, Procedure, Section

TODAY = date(2026, 11, 22)
WARD = Agency(receives="UBND cấp xã")


@pytest.fixture
def bamboo(made):
    """Makes a procedure of the wards that somebody receives: `bamboo(Agency(receives="UBND cấp xã"))`."""

    def make(agency: Agency = WARD, **fields) -> Procedure:
        return made(agency=agency, **{"levels": (Level.WARD,), **fields})

    return make


def where(text: str, **fields) -> Whereabouts:
    """What a question says of places."""
    return Whereabouts(place_in(text), **fields)


def office(procedure: Procedure, found: Whereabouts, language: str = "vi", section: Section = Section.WHERE) -> list:
    """The lines under «Nơi anh/chị đến»."""
    answer = tell(procedure, (section,), language, TODAY, found, unit_of(found))
    heading = {"vi": "Nơi anh/chị đến", "en": "Where you go"}[language]
    return [line for block in answer.blocks if block.heading == heading for line in block.items]


def test_a_ward_of_today_gives_its_centre_its_address_and_a_map(bamboo):
    found = where("nộp ở phường Hải Châu")

    assert office(bamboo(), found) == [
        "Nơi nhận hồ sơ: Trung tâm Phục vụ hành chính công phường Hải Châu.",
        "Trụ sở UBND phường Hải Châu: Số 15 đường Lê Hồng Phong, phường Hải Châu.",
        "Bản đồ: https://www.google.com/maps/search/?api=1&query=16.06373,108.22247",
    ]
    assert office(bamboo(), found, "en") == [
        "It is filed at: Public Administration Service Centre of phường Hải Châu.",
        "People's Committee of phường Hải Châu: Số 15 đường Lê Hồng Phong, phường Hải Châu.",
        "Map: https://www.google.com/maps/search/?api=1&query=16.06373,108.22247",
    ]


def test_the_office_is_cited_beside_the_record(bamboo):
    found = where("nộp ở phường Hải Châu")
    answer = tell(bamboo(), (Section.WHERE,), "vi", TODAY, found, unit_of(found))

    assert [(block.heading, block.cites) for block in answer.blocks] == [
        ("", ()),
        ("Nơi nộp", (1,)),
        ("Nơi anh/chị đến", (2,)),
    ]
    assert [(c.number, c.source, c.as_of) for c in answer.citations] == [
        (1, "Cổng thử", "2026-07-18"),
        (2, places().offices_source.name, places().offices_source.as_of.isoformat()),
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("vi", "Phường Thanh Bình (quận Hải Châu cũ) nay thuộc phường Hải Châu."),
        ("en", "Phường Thanh Bình (former quận Hải Châu) is part of phường Hải Châu today."),
    ],
)
def test_an_old_name_is_told_with_its_district_and_what_it_is_today(bamboo, language, told):
    assert office(bamboo(), where("nhà ở phường Thanh Bình cũ"), language)[0] == told


def test_a_name_that_ended_earlier_is_told_with_the_year(bamboo):
    former, unit = next((f, u) for u in places().units.values() for f in u.was if f.until)
    found = where(f"nhà ở {former.full_name} cũ, {former.district}")
    (first, *_) = office(bamboo(), found)

    assert unit_of(found) == unit
    assert (
        f" nhập vào {former.into[:1].lower()}{former.into[1:]} năm {former.until}, nay thuộc {unit.full_name}." in first
    )


def test_where_two_sources_give_two_addresses_both_are_told():
    unit = next(unit for unit in places().units.values() if unit.office.other_address)
    lines = office_lines(unit, "vi")

    assert lines[1] == (
        f"Nguồn khác ghi {unit.office.other_address.rstrip('.')}; anh/chị gọi 1022 hỏi lại trước khi đi."
    )


@pytest.mark.parametrize(
    ("receives", "lines"),
    [
        (
            "Công an cấp xã",
            [
                "Nơi nhận hồ sơ: Công an phường Hải Châu.",
                "Tôi chưa có địa chỉ của Công an phường Hải Châu; anh/chị gọi 1022 hỏi.",
            ],
        ),
        (
            "Ban Chỉ huy quân sự cấp xã",
            [
                "Nơi nhận hồ sơ: Ban Chỉ huy quân sự phường Hải Châu.",
                "Tôi chưa có địa chỉ của Ban Chỉ huy quân sự phường Hải Châu; anh/chị gọi 1022 hỏi.",
            ],
        ),
        (
            "Phòng Cảnh sát giao thông Công an thành phố",
            ["Việc này không nộp ở phường Hải Châu mà ở nơi nhận nêu trên; chưa rõ địa chỉ thì anh/chị gọi 1022."],
        ),
        (
            {"vi": "Công an xã, phường có điểm nhận, hoặc Phòng Cảnh sát giao thông", "en": "Police"},
            [
                "Tùy trường hợp mới nộp ở phường Hải Châu; anh/chị xem nơi nhận nêu trên, "
                "hoặc gọi 1022 hỏi trước khi đi."
            ],
        ),
    ],
)
def test_who_else_receives_a_file_in_a_ward_is_told(bamboo, receives, lines):
    assert office(bamboo(Agency(receives=receives)), where("nộp ở phường Hải Châu")) == lines


@pytest.mark.parametrize(
    ("said", "question"),
    [
        (
            "nhà ở Hòa Liên cũ",
            "Hòa Liên cũ nay chia về 2 nơi, tùy thôn hay khu: phường Hải Vân, phường Liên Chiểu. "
            "Anh/chị ở nơi nào? Chưa biết thì gọi 1022.",
        ),
        ("tôi ở p. HC", "«p. HC» có thể là 2 nơi: phường Hải Châu, phường Hòa Cường. Anh/chị ở nơi nào?"),
        (
            "tôi ở quận Sơn Trà",
            "Quận Sơn Trà cũ nay chia về 2 nơi: phường Sơn Trà, phường An Hải. Anh/chị ở nơi nào?",
        ),
        (
            "tôi ở xã Tân Phú Trung",
            "Tôi không thấy «xã Tân Phú Trung» trong tên cũ và mới của 94 xã, phường, đặc khu ở Đà Nẵng. "
            "Anh/chị xem lại tên giúp, hoặc gọi 1022.",
        ),
    ],
)
def test_a_place_that_may_be_several_is_asked_about_and_never_guessed(bamboo, said, question):
    found = where(said)
    asked = Finding((Section.WHERE,), bamboo(), whereabouts=found)

    assert unit_of(found) is None
    assert office(bamboo(), found) == [question]
    assert [office(bamboo(), found, section=part) for part in (Section.OVERVIEW, Section.FEE)] == [[question], []]
    assert asked.unit is None


def test_which_ward_it_is_matters_only_where_wards_receive_the_file(bamboo):
    city = bamboo(Agency(receives="Sở Nội vụ"), levels=(Level.PROVINCE,))

    assert office(city, where("nhà ở Hòa Liên cũ")) == []


def test_the_places_that_may_be_meant_are_buttons(bamboo, draft):
    finding = Finding((Section.WHERE,), bamboo(), whereabouts=where("nhà ở Hòa Liên cũ"))
    answer = write(draft("x").but(plan=Plan(()), findings=(finding,))).answer

    assert [(button.label, button.text, button.about) for button in answer.suggestions[:2]] == [
        ("Phường Hải Vân", "phường Hải Vân", "1.000001"),
        ("Phường Liên Chiểu", "phường Liên Chiểu", "1.000001"),
    ]


@pytest.mark.parametrize("section", [Section.FEE, Section.TIME, Section.PAPERS])
def test_a_ward_named_in_passing_gives_its_office_but_no_more(bamboo, section):
    named = where("nộp ở phường Hải Châu")

    assert office(bamboo(), named, section=section)[0] == (
        "Nơi nhận hồ sơ: Trung tâm Phục vụ hành chính công phường Hải Châu."
    )
    assert office(bamboo(Agency(receives="Sở Nội vụ"), levels=(Level.PROVINCE,)), named, section=section) == []


def test_a_ward_named_before_is_used_again(bamboo):
    before = Whereabouts(unit=unit_of(where("nộp ở phường Hải Châu")).code)

    assert office(bamboo(), before) == office(bamboo(), where("nộp ở phường Hải Châu"))
    assert office(bamboo(), before, section=Section.OVERVIEW) == office(bamboo(), before)
    assert office(bamboo(), before, section=Section.FEE) == []


@pytest.mark.parametrize(
    ("fields", "vi", "en"),
    [
        (
            {"agency": Agency(receives="UBND cấp xã", anywhere=True, anywhere_source="Quyết định về tre")},
            "Nộp ở xã, phường khác được: thủ tục này không phụ thuộc nơi cư trú (nguồn: Quyết định về tre).",
            "Yes, another ward will do: this procedure does not depend on where you live (source: Quyết định về tre).",
        ),
        (
            {"field": "Hộ tịch"},
            "Anh/chị đến phường khác nơi thường trú, tạm trú thì phường đó phải giúp nộp trực tuyến đến đúng nơi có "
            "thẩm quyền (nguồn: lưu ý trong hồ sơ hộ tịch trên Cổng Dịch vụ công quốc gia).",
            "If you go to a ward other than where you reside, it must help you file online to the office in charge "
            "(source: the notes of the civil-status records on the national portal).",
        ),
        (
            {},
            "Nộp ở xã, phường khác: nguồn tôi có không ghi thủ tục này nhận được ở nơi khác. Thành phố có danh mục riêng "
            "các thủ tục nhận không theo địa giới mà tôi chưa có; anh/chị gọi 1022 hỏi trước khi đi.",
            "Another ward: my sources do not say that this one may be filed elsewhere. The city has its own list of such "
            "procedures, which I do not hold; call 1022 first.",
        ),
        (
            {"online": OnlineLevel.FULL},
            "Nộp ở xã, phường khác: nguồn tôi có không ghi thủ tục này nhận được ở nơi khác. Thành phố có danh mục riêng "
            "các thủ tục nhận không theo địa giới mà tôi chưa có; anh/chị gọi 1022 hỏi trước khi đi, "
            "hoặc nộp trực tuyến thì ở đâu cũng được.",
            "Another ward: my sources do not say that this one may be filed elsewhere. The city has its own list of such "
            "procedures, which I do not hold; call 1022 first, or file online from anywhere.",
        ),
    ],
)
def test_whether_another_ward_will_do_is_told_as_far_as_a_source_says(bamboo, fields, vi, en):
    procedure = bamboo(**fields)

    assert [office(procedure, Whereabouts(anywhere=True), language) for language in ("vi", "en")] == [[vi], [en]]


def test_what_was_filed_at_the_district_is_told_where_it_is_filed_now(bamboo):
    found = where("nộp ở phường Hải Châu", district=True)

    assert office(bamboo(), found)[:2] == [
        "Cấp quận, huyện đã bỏ từ ngày 01/07/2025. Trước đây nộp ở quận, huyện thì nay nộp tại: "
        "Trung tâm Phục vụ hành chính công phường Hải Châu.",
        "Trụ sở UBND phường Hải Châu: Số 15 đường Lê Hồng Phong, phường Hải Châu.",
    ]


def test_a_record_that_still_names_the_district_says_so_unasked(bamboo):
    assert office(bamboo(Agency(receives="Ủy ban nhân dân cấp huyện")), Whereabouts())[0] == (
        "Cấp quận, huyện đã bỏ từ ngày 01/07/2025. Trước đây nộp ở quận, huyện thì nay nộp tại: "
        "Trung tâm Phục vụ hành chính công xã, phường nơi anh/chị ở."
    )


def test_what_is_filed_online_only_is_said_once(bamboo):
    """The code of the birth registration is on the list; an entry that warns of it itself is not told twice."""
    warning = Caution(about=Section.ONLINE, text="Chỉ nhận trực tuyến.")
    silent, warned = bamboo(code="1.001193"), bamboo(code="1.001193", warnings=(warning,))
    named = where("nộp ở phường Hải Châu")
    told = {
        (name, section): any("nay nộp trực tuyến" in line for line in office(procedure, named, section=section))
        for name, procedure in (("silent", silent), ("warned", warned))
        for section in (Section.WHERE, Section.OVERVIEW)
    }

    assert told == {
        ("silent", Section.WHERE): True,
        ("silent", Section.OVERVIEW): True,
        ("warned", Section.WHERE): True,
        ("warned", Section.OVERVIEW): False,
    }


@pytest.mark.parametrize("code", ["1.013855", "1.001714", "1.014632"])
def test_an_entry_that_names_other_bodies_first_is_not_told_as_the_wards(shipped, code):
    """Food safety, pupils' scholarships, papers for social housing: the ward takes some of the files, not all."""
    procedure = shipped.catalogue.get(code)

    assert office(procedure, where("nộp ở phường Hải Châu")) == [
        "Tùy trường hợp mới nộp ở phường Hải Châu; anh/chị xem nơi nhận nêu trên, hoặc gọi 1022 hỏi trước khi đi."
    ]


@pytest.mark.parametrize(
    ("said", "status", "text"),
    [
        (
            "trụ sở phường Hải Châu ở đâu",
            Status.ANSWERED_OFFICE,
            "Phường Hải Châu, theo địa giới từ ngày 01/07/2025. [1]\n"
            "• Trụ sở UBND phường Hải Châu: Số 15 đường Lê Hồng Phong, phường Hải Châu.\n"
            "• Bản đồ: https://www.google.com/maps/search/?api=1&query=16.06373,108.22247",
        ),
        (
            "xã Tân Phú Trung ở đâu",
            Status.CLARIFICATION_PLACE,
            "Tôi không thấy «xã Tân Phú Trung» trong tên cũ và mới của 94 xã, phường, đặc khu ở Đà Nẵng. "
            "Anh/chị xem lại tên giúp, hoặc gọi 1022.",
        ),
    ],
)
def test_a_question_about_a_place_alone_is_answered(talk, said, status, text):
    answer = talk.say(said)

    assert (answer.status, answer.text, answer.procedures, answer.facts) == (status, text, (), None)


def test_the_ward_is_remembered_over_a_question_back(talk):
    offered = talk.say("khai sinh, nhà tôi ở phường Hải Châu")
    chosen = talk.say("1")

    assert offered.status is Status.CLARIFICATION_PROCEDURE
    assert "Trụ sở UBND phường Hải Châu" in chosen.text


def test_the_last_ward_named_counts(talk):
    talk.say("tôi ở phường Hải Châu, làm giấy khai sinh ở đâu")
    moved = talk.say("giờ tôi dọn qua Hòa Khánh rồi")
    later = talk.say("đăng ký kết hôn nộp ở đâu")

    assert ["phường Hòa Khánh" in answer.text for answer in (moved, later)] == [True, True]
    assert "phường Hải Châu" not in moved.text + later.text
