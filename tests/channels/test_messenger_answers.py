"""What a person of a messenger is sent: for words, buttons, places, edits, what cannot be read; and every kind of answer."""

from __future__ import annotations

import json

import pytest

from assistant.assistant import now
from assistant.conversation import Answer, Block, Choice, Citation, FactCard, FormView, Status, Suggestion
from assistant.forms.buttons import button_text
from assistant.forms.definition import forms
from assistant.forms.store import AFTER_DOWNLOAD
from assistant.wording_forms import FORM_SAID
from channels.fairness import Limits
from channels.messenger.contract import Button, Document, Kind, Outgoing
from channels.messenger.rendering import render
from channels.messenger.splitting import utf16
from knowledge.database import Database
from knowledge.procedure import Section
from tests.channels.messenger_script import NARROW, WIDE, ScriptedSender, office_of

TURN = "0b8e7f0e-6f0e-4c5e-9f0e-0e6f0e4c5e9f"
FEE = "Đăng ký tạm trú hết bao nhiêu tiền?"


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'tro-ly.db'}")
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def office(shipped, database):
    return office_of(shipped, database)


def labels(sent):
    return [button.label for button in sent.message.buttons]


def test_who_starts_is_greeted_with_questions_to_press(office):
    [greeting] = office.say("7", kind=Kind.STARTED)

    assert greeting.text.startswith("Chào anh/chị! Tôi là trợ lý AI của tổng đài 1022 Đà Nẵng.")
    assert labels(greeting) == [
        "Làm giấy khai sinh cho con cần gì?",
        "Mất căn cước, làm lại ở đâu?",
        "Đăng ký tạm trú mất mấy ngày?",
        "Sao y giấy tờ bao nhiêu tiền một trang?",
    ]
    [told] = office.press("7", greeting, "Đăng ký tạm trú")
    assert told.text.startswith("Đăng ký tạm trú (mã 1.004194).")


def test_a_choice_and_a_suggestion_are_answered_as_if_they_had_been_typed(office):
    [asked] = office.say("7", "làm giấy khai sinh cần gì")
    [told] = office.press("7", asked, "1. ")
    [fee] = office.press("7", told, "Lệ phí")

    assert told.text.startswith("Đăng ký khai sinh cho con (mã 1.001193).")
    assert fee.text.startswith("Đăng ký khai sinh cho con (mã 1.001193).")
    assert "Phí, lệ phí" in fee.text


@pytest.mark.parametrize(
    "data", ["", "x", f"{TURN}:c1", f"{TURN}:s1", "start:9", "again:1", "again:x", "again:" + "9" * 40, f"{TURN}:w9"]
)
def test_an_old_or_forged_button_is_told_so_kindly(office, data):
    office.say("7", "chào")

    [told] = office.say("7", data, Kind.PRESSED)

    assert told.text == "Nút này của câu trả lời cũ, tôi không còn mở lại được. Anh/chị gõ giúp câu cần hỏi."


def test_nobody_can_press_the_buttons_of_another(office):
    [asked] = office.say("7", "làm giấy khai sinh cần gì")
    office.say("8", "chào")

    [told] = office.press("8", asked, "1. ")

    assert told.text.startswith("Nút này của câu trả lời cũ")


def test_a_wrong_answer_is_reported_with_a_reason(office):
    [told] = office.say("7", FEE)
    [asked] = office.press("7", told, "Trả lời sai?")
    [thanks] = office.press("7", asked, "Sai số liệu")

    assert asked.text == "Câu trả lời đó sai chỗ nào?"
    assert labels(asked) == ["Không đúng thủ tục tôi hỏi", "Sai số liệu, giấy tờ", "Còn thiếu", "Khó hiểu"]
    assert thanks.text == "Cảm ơn anh/chị. Người phụ trách sẽ xem lại câu trả lời này."
    conversation = office.mailbox.conversation_of("telegram", "7")
    assert [line["reason"] for line in office.assistant.effects.held(conversation)["feedback"]] == ["wrong_fact"]


def test_a_place_is_answered_with_the_three_nearest_offices(office):
    [told] = office.say("7", kind=Kind.LOCATION, latitude=16.0604, longitude=108.2230)

    parts = told.text.split("\n\n")
    assert parts[0] == "Trụ sở gần anh/chị nhất, tính theo đường chim bay:"
    assert parts[1] == (
        "Phường Hải Châu – 370 m\n"
        "Trụ sở UBND phường Hải Châu: Số 15 đường Lê Hồng Phong, phường Hải Châu.\n"
        "Bản đồ: https://www.google.com/maps/search/?api=1&query=16.06373,108.22247"
    )
    assert [part.split("\n")[0] for part in parts[2:4]] == ["Phường An Hải – 2,1 km", "Phường Hòa Cường – 2,4 km"]
    assert parts[4].startswith("Gần nhất chưa chắc là nơi nhận hồ sơ")


def test_a_place_outside_the_city_or_on_no_map_is_told_so(office):
    [hanoi] = office.say("7", kind=Kind.LOCATION, latitude=21.03, longitude=105.85)
    [nowhere] = office.say("7", kind=Kind.LOCATION, latitude=float("nan"), longitude=400)

    assert hanoi.text.startswith("Vị trí này ở ngoài Đà Nẵng, trụ sở gần nhất của thành phố cách ")
    assert nowhere.text == "Tôi không đọc được vị trí này. Anh/chị nhắn tên xã, phường giúp."


def test_english_speakers_are_answered_in_english_whatever_they_send(office):
    office.say("7", "How much does temporary residence registration cost?")

    [voice] = office.say("7", "voice", Kind.UNSUPPORTED)
    [place] = office.say("7", kind=Kind.LOCATION, latitude=16.0604, longitude=108.2230)
    [button] = office.say("7", "x", Kind.PRESSED)

    assert voice.text.startswith("I cannot listen to voice messages yet. Please type what you need")
    assert "0.4 km" in place.text or "370 m" in place.text
    assert button.text.startswith("This button belongs to an old answer")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("photo", "Tôi chưa xem được ảnh."),
        ("voice", "Tôi chưa nghe được tin thoại."),
        ("sticker", "Cảm ơn anh/chị đã gửi hình."),
        ("unheard-of", "Tôi chưa đọc được tin dạng này."),
    ],
)
def test_what_cannot_be_read_is_declined_kindly_by_what_it_was(office, what, words):
    [told] = office.say("7", what, Kind.UNSUPPORTED)

    assert told.text == (
        f"{words} Anh/chị gõ chữ giúp: cần làm giấy tờ gì, đang vướng ở đâu. "
        "Muốn gặp cán bộ, anh/chị nhắn «gặp cán bộ» hoặc gọi 1022."
    )


def test_the_words_below_a_picture_are_answered_and_the_picture_is_said_to_be_unread(office):
    note, told = office.say("7", FEE, unread="photo")

    assert note.text == "Tôi chưa xem được ảnh. Tôi trả lời theo phần chữ."
    assert told.text.startswith("Đăng ký tạm trú (mã 1.004194).")


def test_an_edit_of_the_last_message_is_answered_anew_only_if_its_words_differ(office):
    office.say("7", "tạm trú", message="5")

    assert office.say("7", "tạm trú", message="5", edited=True) == []
    [told] = office.say("7", FEE, message="5", edited=True)
    assert told.text.startswith("Đăng ký tạm trú (mã 1.004194).")


def test_an_edit_of_an_earlier_message_is_let_be(office):
    office.say("7", "chào", message="5")
    office.say("7", "cảm ơn", message="6")

    assert office.say("7", FEE, message="5", edited=True) == []


def test_an_edit_of_what_a_form_was_told_says_how_to_change_it(office):
    office.say("7", "điền giúp tờ khai khai sinh", message="1")
    office.say("7", "đồng ý", message="2")
    office.say("7", "Nguyễn Văn An", message="3")

    [told] = office.say("7", "Nguyễn Văn Ân", message="3", edited=True)

    assert told.text.startswith("Tôi thấy anh/chị vừa sửa tin cũ, nhưng tờ khai giữ theo tin đầu.")


def test_own_data_comes_as_a_file(office):
    [told] = office.say("7", "cho tôi xem dữ liệu của tôi")
    [handed] = office.press("7", told, "Tải dữ liệu của tôi")

    name, body = handed.document
    held = json.loads(body)
    assert (name, handed.text) == ("du-lieu-cua-toi.json", "Dữ liệu tôi đang giữ của anh/chị.")
    assert held["messenger"] == {"channel": "telegram", "person": "7"}
    assert [turn["question"] for turn in held["turns"]] == ["cho tôi xem dữ liệu của tôi"]


def test_own_data_comes_as_lines_where_no_file_can_be_sent(shipped, database):
    office = office_of(shipped, database, sender=ScriptedSender(NARROW))
    office.say("7", FEE)
    [told] = office.say("7", "cho tôi xem dữ liệu của tôi")
    [handed] = office.press("7", told, "Tải dữ liệu của tôi")

    assert handed.text.startswith("Tôi đang giữ 2 lượt hỏi đáp của anh/chị ở đây")
    assert f": {FEE}" in handed.text


def test_who_asks_too_fast_is_told_once_how_long_to_wait_but_danger_is_answered(shipped, database):
    moment = [0.0]
    limits = Limits(person=1, address=0, channel=0, clock=lambda: moment[0])
    office = office_of(shipped, database, pace=limits, clock_seconds=lambda: moment[0])

    assert len(office.say("7", "chào")) == 1
    [told] = office.say("7", "chào")
    assert told.text == "Anh/chị hỏi hơi nhanh, tôi chưa trả lời tin vừa rồi. Xin đợi 60 giây rồi gửi lại."
    assert office.say("7", "chào") == []
    assert office.say("7", "cháy nhà cứu với")[0].text.startswith("Gọi ngay: 114")
    assert len(office.say("8", "chào")) == 1
    moment[0] = 100
    assert len(office.say("7", "chào")) == 1


ANSWER = Answer(
    status=Status.ANSWERED,
    blocks=(
        Block(text="Đăng ký khai sinh (mã 1.001193)."),
        Block(heading="Thời hạn giải quyết", text="Trong ngày.", section=Section.TIME, cites=(1,)),
        Block(heading="Giấy tờ cần có", items=("Giấy chứng sinh",), section=Section.PAPERS, on_card=True),
        Block(text="Nơi nhận có thể đổi.", caution=True),
    ),
    facts=FactCard(
        code="1.001193",
        name="Đăng ký khai sinh",
        papers=("Tờ khai", "Giấy chứng sinh", "Ba", "Bốn", "Năm"),
        fee=("Không thu",),
        time=("Trong ngày",),
        where="UBND cấp xã",
    ),
    citations=(
        Citation(
            code="1.001193",
            section=Section.TIME,
            url="https://dichvucong.gov.vn/x",
            source="Cổng Dịch vụ công quốc gia",
            version=1,
            as_of="2026-07-18",
        ),
    ),
    suggestions=(Suggestion(label="Lệ phí", text="Lệ phí bao nhiêu?", about="1.001193"),),
)


def test_an_answer_tells_its_facts_on_lines_and_its_sources_with_their_address():
    assert render(ANSWER, TURN, WIDE) == (
        Outgoing(
            "Đăng ký khai sinh (mã 1.001193).\n\n"
            "Thời hạn giải quyết: Trong ngày. [1]\n\n"
            "Nơi nhận có thể đổi.\n\n"
            "Giấy tờ:\n• Tờ khai\n• Giấy chứng sinh\n• Ba\n• Bốn\n… và 1 mục nữa\n"
            "Lệ phí: Không thu\n"
            "Nơi nộp: UBND cấp xã\n\n"
            "Nguồn:\n[1] Cổng Dịch vụ công quốc gia, mã 1.001193; đọc ngày 18/07/2026\nhttps://dichvucong.gov.vn/x",
            (Button("Lệ phí", f"{TURN}:s1"), Button("Trả lời sai?", f"{TURN}:w")),
        ),
    )


def test_a_form_that_is_put_off_is_gone_on_with_by_words_where_no_link_can_be_given():
    view = FormView(id="draft", title="Tờ khai", settled=1, of=2, link="bi-mat")
    paused = Answer(status=Status.FORM_PAUSED, blocks=(Block(text=FORM_SAID[Status.FORM_PAUSED].vi),), form=view)

    [told] = render(paused, TURN, WIDE)
    [linked] = render(paused, TURN, WIDE, address="https://1022.example.vn")

    assert told.text == "Tôi giữ phần đã khai. Khi nào làm tiếp, anh/chị nhắn «tiếp tục tờ khai»."
    assert linked.text.endswith("\nhttps://1022.example.vn/to-khai/l/bi-mat")


def test_an_answer_that_was_not_kept_has_no_buttons_that_lead_nowhere():
    assert render(ANSWER, "", WIDE)[-1].buttons == ()


def test_of_too_many_buttons_the_first_stay_and_the_report_of_an_error():
    many = tuple(Suggestion(label=f"Việc {number}", text="…") for number in range(9))

    [told] = render(ANSWER.model_copy(update={"suggestions": many}), TURN, NARROW)

    assert [button.label for button in told.buttons] == ["Việc 0", "Việc 1", "Việc 2", "Việc 3", "Trả lời sai?"]


@pytest.mark.parametrize("place", [0, 4, 8])
def test_of_too_many_buttons_the_one_that_begins_a_form_stays_in_its_place(place):
    many = [Suggestion(label=f"Việc {number}", text="…") for number in range(8)]
    many.insert(place, Suggestion(label="Điền sẵn tờ khai", text=button_text(forms()["khai-sinh"], "vi")))

    [told] = render(ANSWER.model_copy(update={"suggestions": tuple(many)}), TURN, NARROW)
    pressed = {button.label: button.data for button in told.buttons}

    assert [label for label in pressed if label.startswith("Việc")] == ["Việc 0", "Việc 1", "Việc 2"]
    assert pressed["Điền sẵn tờ khai"] == f"{TURN}:s{place + 1}"
    assert list(pressed)[-1] == "Trả lời sai?"


def test_choices_come_before_the_button_that_begins_a_form():
    choices = tuple(Choice(code=f"1.00000{number}", label=f"Việc {number}") for number in range(5))
    fill = Suggestion(label="Điền sẵn tờ khai", text=button_text(forms()["khai-sinh"], "vi"))

    [told] = render(Answer(status=Status.ANSWERED_EVENT, choices=choices, suggestions=(fill,)), TURN, NARROW)

    assert [button.label for button in told.buttons] == [f"{number + 1}. Việc {number}" for number in range(5)]


def test_a_finished_form_comes_as_files_or_by_its_private_link():
    view = FormView(id="draft", title="Tờ khai", settled=1, of=1, ready=True)
    ready = Answer(status=Status.FORM_READY, blocks=(Block(text="Xong tờ khai."),), form=view)
    linked = ready.model_copy(update={"form": view.model_copy(update={"link": "bi-mat"})})

    assert [message.document for message in render(ready, TURN, WIDE)] == [
        None,
        Document("draft", "docx"),
        Document("draft", "pdf"),
    ]
    [told] = render(linked, TURN, NARROW, address="https://1022.example.vn")
    assert told.text.endswith("\nhttps://1022.example.vn/to-khai/l/bi-mat")
    [none] = render(ready, TURN, NARROW)
    assert none.text.endswith("Anh/chị gọi 1022 để được hướng dẫn lấy tờ khai đã điền.")


def fill_in(office):
    """A person fills a form in, leaving most of it for the pen."""
    for words in ("điền giấy ủy quyền giúp tôi", "đồng ý", "phường Thanh Khê", "xem lại"):
        office.say("7", words)
    return office.say("7", "đúng hết, xuất tờ khai")


def test_a_form_filled_in_comes_in_word_and_pdf_and_can_be_kept(office):
    told, word, pdf = fill_in(office)
    conversation = office.mailbox.conversation_of("telegram", "7")

    assert [sent.document[0].rsplit(".")[-1] for sent in (word, pdf)] == ["docx", "pdf"]
    assert (word.document[1][:2], pdf.document[1][:5]) == (b"PK", b"%PDF-")
    assert office.assistant.effects.forms.of(conversation, now() + 2 * AFTER_DOWNLOAD) is None
    [gone] = office.press("7", told, "Giữ lại tờ khai")
    assert gone.text.startswith("Hiện không có tờ khai nào đang làm dở.")


def test_a_form_that_is_kept_outlives_its_documents(office):
    told, _, _ = fill_in(office)
    conversation = office.mailbox.conversation_of("telegram", "7")

    [kept] = office.press("7", told, "Giữ lại tờ khai")

    assert kept.text == "Đã giữ lại tờ khai này."
    assert office.assistant.effects.forms.of(conversation, now() + 2 * AFTER_DOWNLOAD) is not None


def test_where_no_file_can_be_sent_the_private_link_leads_to_the_form(shipped, database):
    office = office_of(shipped, database, sender=ScriptedSender(NARROW), address="https://1022.example.vn")

    [told] = fill_in(office)
    link = told.text.rsplit("https://1022.example.vn/to-khai/l/")[1]

    draft = office.assistant.effects.forms.by_link(link, now())
    assert draft.conversation == office.mailbox.conversation_of("telegram", "7")


def test_a_document_whose_form_was_deleted_meanwhile_is_not_sent(shipped, database):
    office = office_of(shipped, database)
    for words in ("điền giấy ủy quyền giúp tôi", "đồng ý", "phường Thanh Khê", "xem lại"):
        office.say("7", words)
    office.put("7", "đúng hết, xuất tờ khai")
    office.postman.answer_once()
    office.assistant.conversations.forget(office.mailbox.conversation_of("telegram", "7"))
    office.work()

    assert [sent.document for sent in office.sender.sent] == [None]


@pytest.mark.parametrize("limits", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("status", Status)
def test_every_kind_of_answer_fits_and_loses_nothing(status, language, limits):
    words = "Một câu trả lời dài. " * 300
    answer = ANSWER.model_copy(
        update={
            "status": status,
            "language": language,
            "blocks": (Block(text=words),),
            "choices": tuple(Choice(code="1.001193", label="Một việc có tên rất dài " * 9) for _ in range(12)),
            "calls": ("115",) if status.family == "emergency" else (),
            "form": FormView(id="draft", title="Tờ khai", settled=1, of=2, question="Họ tên?", link="bi-mat"),
        }
    )

    messages = render(answer, TURN, limits, address="https://1022.example.vn")
    told = " ".join(message.text for message in messages)

    assert all(0 < utf16(message.text) <= limits.text for message in messages)
    assert all(not message.buttons for message in messages if message is not _last_text(messages))
    assert len(_last_text(messages).buttons) == limits.buttons
    for button in _last_text(messages).buttons:
        assert utf16(button.label) <= limits.label
        assert len(button.data.encode()) <= 64
    assert told.count("Một câu trả lời dài.") == 300, status
    assert "https://dichvucong.gov.vn/x" in told
    assert ("115" in messages[0].text) is (status.family == "emergency")


def _last_text(messages):
    return [message for message in messages if message.document is None][-1]


@pytest.mark.parametrize("text", ["điền giúp tờ khai khai sinh", "xoá dữ liệu của tôi", "tải dữ liệu của tôi"])
def test_where_others_read_along_nothing_of_ones_own_is_asked_or_told(office, text):
    [told] = office.say("-100:7", text, shared=True)
    [answered, *_] = office.say("-100:7", FEE, shared=True)

    assert told.text == (
        "Việc này có thông tin riêng của anh/chị, mà trong nhóm ai cũng đọc được. Anh/chị nhắn riêng cho tôi để làm tiếp."
    )
    assert told.message.buttons == ()
    assert "Đăng ký tạm trú" in answered.text
