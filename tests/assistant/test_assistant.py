"""Every turn ends in an answer, whatever breaks underneath."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import update

from assistant import graph
from assistant.act.ask import Act
from assistant.assistant import CITY_TIME, Assistant, Reply
from assistant.conversation import Answer, Memory, Status, Turn
from assistant.draft import Draft
from assistant.operator_hours import OperatorHours
from assistant.plan.rules import plan
from assistant.settings import Settings
from assistant.store import TurnRow
from assistant.write.fields import write
from assistant.write.figures import money
from knowledge.procedure import Layer, Section, Source

SORRY = (
    "Hệ thống đang gặp trục trặc nên tôi chưa trả lời được. Anh/chị thử lại sau ít phút nhé. "
    "Anh/chị gọi 1022 (từ ngoài thành phố: 0236.1022) để cán bộ giúp."
)


class Kept:
    """A conversation that is kept: `say` gives the reply."""

    def __init__(self, assistant: Assistant, now: datetime) -> None:
        self.assistant = assistant
        self.now = now
        self.id, self.token = assistant.conversations.open("web", now)

    def say(self, text: str, about: str = "", by: Assistant | None = None) -> Reply:
        """The reply to the next message, by another assistant over the same store if one is given."""
        return (by or self.assistant).reply(Turn(conversation=self.id, text=text, at=self.now, about=about))

    def past(self) -> list[tuple[str, Status]]:
        """What was said, and how it ended."""
        return [(turn.question, turn.answer.status) for turn in self.assistant.conversations.turns(self.id)]


@pytest.fixture
def kept(own: Assistant, now: datetime) -> Kept:
    return Kept(own, now)


@pytest.fixture
def with_step(own: Assistant) -> Callable[..., Assistant]:
    """The same assistant with one step exchanged: `with_step(act=…)`."""

    def build(**steps: graph.Step) -> Assistant:
        return replace(
            own,
            run=graph.build(
                **{"plan": plan, "act": Act(own.catalogue, OperatorHours.read({})), "write": write, **steps}
            ),
        )

    return build


def fail(_: Draft) -> Draft:
    """A step that breaks."""
    raise RuntimeError("the step broke")


def database_of(home: Path) -> Path:
    """The database file of a home."""
    return Path(Settings.read({"TROLY_HOME": str(home)}).database_url.removeprefix("sqlite:///"))


def test_turns_are_kept_and_lean_on_each_other(kept):
    birth = kept.say("làm giấy khai sinh cho con")
    fee = kept.say("lệ phí bao nhiêu?")

    assert [birth.answer.procedures[0], *fee.answer.procedures] == ["1.001193", "1.001193"]
    assert fee.memory == Memory(current="1.001193", sections=(Section.FEE,))
    assert kept.past() == [
        ("làm giấy khai sinh cho con", Status.ANSWERED),
        ("lệ phí bao nhiêu?", Status.ANSWERED),
    ]


def test_an_answer_without_keeping_says_the_same_and_keeps_nothing(kept):
    turn = Turn(conversation=kept.id, text="làm giấy khai sinh cho con", at=kept.now)
    answer, memory = kept.assistant.answer(turn, Memory())
    unkept = kept.past()
    reply = kept.assistant.reply(turn)

    assert unkept == []
    assert (reply.answer, reply.memory) == (answer, memory)


def test_the_steps_are_told_as_they_end(kept):
    text = "Con tôi mới sinh, đi đăng ký khai sinh cần gì?"
    told = list(kept.assistant.stream(Turn(conversation=kept.id, text=text, at=kept.now)))

    assert [name for name, _ in told] == ["screen", "plan", "act", "write", "check", "reply"]
    assert [reply is None for _, reply in told] == [True, True, True, True, True, False]
    assert kept.past() == [(text, Status.ANSWERED)]


@pytest.mark.parametrize("step", ["plan", "act", "write"])
def test_a_step_that_breaks_ends_in_an_apology(kept, with_step, step):
    kept.say("làm giấy khai sinh cho con")
    broken = kept.say("lệ phí bao nhiêu?", by=with_step(**{step: fail}))
    mended = kept.say("lệ phí bao nhiêu?")

    assert (broken.answer.status, broken.answer.text, broken.memory.current) == (
        Status.ERROR_INTERNAL,
        SORRY,
        "1.001193",
    )
    assert mended.answer.procedures == ("1.001193",)
    assert [status for _, status in kept.past()] == [Status.ANSWERED, Status.ERROR_INTERNAL, Status.ANSWERED]


def test_an_apology_is_in_the_language_of_the_conversation(kept, with_step):
    kept.say("how do I register a birth")
    broken = kept.say("how much does it cost?", by=with_step(act=fail))

    assert broken.answer.text.startswith("Something went wrong and I could not answer.")


def test_a_writer_that_leaves_no_answer_ends_in_an_apology(kept, with_step):
    assert kept.say("làm hộ chiếu", by=with_step(write=lambda draft: draft)).answer.text == SORRY


def test_a_turn_of_an_unknown_conversation_is_answered_and_not_kept(own, now):
    reply = own.reply(Turn(conversation="nobody", text="làm giấy khai sinh cho con", at=now))

    assert (reply.answer.status, reply.turn) == (Status.ANSWERED, "")


def test_a_memory_that_cannot_be_read_is_a_new_beginning(kept):
    kept.say("làm giấy khai sinh cho con")
    database = kept.assistant.catalogue.store._database
    with database.session() as session:
        session.execute(update(TurnRow).values(memory='{"sections": ["of another release"]}'))

    assert kept.say("lệ phí bao nhiêu?").answer.status is Status.CLARIFICATION_SUBJECT


@pytest.mark.parametrize("left", [None, b"", b"no database at all " * 100], ids=["gone", "empty", "damaged"])
def test_with_its_database_lost_the_assistant_still_answers(kept, copied_home, left):
    known = kept.say("làm giấy khai sinh cho con hết bao nhiêu tiền").answer
    kept.assistant.catalogue.store._database.close()
    for file in copied_home.glob("tro-ly.db*"):
        file.unlink()
    if left is not None:
        database_of(copied_home).write_bytes(left)
    again = kept.say("làm giấy khai sinh cho con hết bao nhiêu tiền")
    other = kept.say("đăng ký kết hôn hết bao nhiêu tiền")
    hello = kept.say("xin chào")

    assert (again.answer.text, again.turn) == (known.text, "")
    assert other.answer.text == SORRY
    assert hello.answer.status is Status.SMALLTALK_GREETING


def test_with_its_whole_home_lost_the_assistant_still_answers(kept, copied_home):
    kept.assistant.catalogue.store._database.close()
    shutil.rmtree(copied_home)

    assert kept.say("đăng ký kết hôn").answer.text == SORRY
    assert kept.say("nhà đang cháy").answer.status is Status.EMERGENCY


def test_a_question_between_offer_and_choice_is_kept_for_the_choice(kept):
    offered = kept.say("đăng ký xe").answer
    again = kept.say("mấy ngày có?").answer
    chosen = kept.say("cái thứ hai").answer

    assert again.choices == offered.choices
    assert chosen.procedures == (offered.choices[1].code,)
    assert [block.section for block in chosen.blocks][1] is Section.TIME


def test_offers_that_are_gone_from_the_catalogue_are_not_put_again(own, now):
    memory = Memory(offered=("9.999998", "9.999999"))
    answer, _ = own.answer(Turn(conversation="none", text="lệ phí bao nhiêu?", at=now), memory)

    assert answer.status is Status.CLARIFICATION_SUBJECT


@pytest.mark.parametrize("about", ["9.999999", "no code", "' OR 1=1 --", "1.001193 "])
def test_a_button_of_no_procedure_finds_nothing(kept, about):
    assert kept.say("Lệ phí bao nhiêu?", about=about).answer.status is Status.UNANSWERABLE_NOT_FOUND


def test_a_year_that_ends_in_da_nang_ends_the_fee(own):
    """17:00 in Greenwich on the last day of December is the first of January here."""
    question = {"conversation": "none", "text": "lệ phí cấp lại thẻ căn cước bị mất", "about": "1.014064"}
    told = {
        hour: own.answer(Turn(**question, at=datetime.fromisoformat(f"2026-12-31T{hour}+00:00")), Memory())[0].text
        for hour in ("16:59", "17:00")
    }

    assert "35.000 đồng/thẻ; áp dụng đến hết ngày 31/12/2026" in told["16:59"]
    assert "35.000 đồng/thẻ" not in told["17:00"]
    assert "70.000 đồng/thẻ" in told["17:00"]


LAST_DAY, NEW_YEAR = (
    datetime(2026, 12, 31, 23, 59, tzinfo=CITY_TIME),
    datetime(2027, 1, 1, 0, 0, tzinfo=CITY_TIME),
)


@pytest.mark.parametrize(
    ("code", "layer"), [("1.014063", Layer.WRITTEN), ("1.001993", Layer.FACTS)], ids=["written", "facts"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_fee_is_quoted_to_its_last_day_and_not_after(shipped, talk, code, layer, language):
    """The renewal of an identity card, and a record of which only the facts are held: amounts as they are held."""
    question = {"vi": "lệ phí bao nhiêu", "en": "how much does it cost"}[language]
    fees = [fee for method in shipped.catalogue.get(code).methods for fee in method.fees]
    ending = {money(fee, language) for fee in fees if fee.valid_to == LAST_DAY.date()}
    coming = {money(fee, language) for fee in fees if fee.valid_from == NEW_YEAR.date()}
    told = {at: _fees_said(talk.say(question, about=code, at=at)) for at in (LAST_DAY, NEW_YEAR)}

    assert shipped.catalogue.get(code).layer is layer
    assert ending
    assert all(amount in told[LAST_DAY] for amount in ending)
    assert not any(amount in told[NEW_YEAR] for amount in ending - coming)
    assert all(amount in told[NEW_YEAR] for amount in coming)


def _fees_said(answer: Answer) -> str:
    """What an answer and its card say of fees, without the cautions."""
    return "\n".join([*(block.plain() for block in answer.blocks if block.section is Section.FEE), *answer.facts.fee])


def test_a_fee_without_a_successor_is_said_to_have_ended(talk):
    assert "mức thu ghi trong nguồn đã hết hiệu lực ngày 31/12/2026; chưa có mức mới" in _fees_said(
        talk.say("lệ phí bao nhiêu", about="1.001993", at=NEW_YEAR)
    )


@pytest.mark.parametrize(
    ("month", "said"), [(11, False), (6, True)], ids=["four months after it was read", "eleven months after"]
)
@pytest.mark.parametrize("code", ["1.001193", "1.004359"], ids=["written", "facts"])
def test_an_old_record_says_its_age(talk, code, month, said):
    at = datetime(2026 if month == 11 else 2027, month, 22, tzinfo=CITY_TIME)
    answer = talk.say("nộp ở đâu", about=code, at=at)

    assert ("Dữ liệu đọc ngày 18/07/2026, có thể đã đổi; anh/chị nên hỏi lại trước khi đi." in answer.text) is said


def test_every_layer_is_told_as_what_it_is(talk_with, made, method):
    """National and city records as an import leaves them; entries and facts records as they are shipped."""
    fee, limit = {"status": "exact", "amount": 40_000}, {"quantity": 7, "unit": "working_day"}
    own = Source(name="Cổng thành phố", url="https://example.vn/da-nang", as_of=date(2026, 8, 1))
    talk = talk_with(
        made("1.900001", "Cấp thẻ tre"),
        made("1.900002", "Cấp thẻ nứa", methods=(method(time_limits=[limit]),)),
        made(
            "1.900002",
            "Cấp thẻ nứa (Đà Nẵng)",
            methods=(method(fees=[fee]),),
            layer=Layer.CITY,
            jurisdiction="da-nang",
            sources=(own,),
        ),
    )
    told = {
        code: {citation.told_by for citation in talk.say("lệ phí bao nhiêu, mấy ngày", about=code).citations}
        for code in ("1.900001", "1.900002", "1.001193", "1.004359")
    }

    assert told == {
        "1.900001": {"bản ghi chung cả nước"},
        "1.900002": {"bản ghi riêng của thành phố", "bản ghi chung cả nước"},
        "1.001193": {"mục biên soạn từ nguồn này"},
        "1.004359": {"dữ kiện gọn từ nguồn này"},
    }
    assert talk.say("lệ phí bao nhiêu, mấy ngày", about="1.900002").blocks[-1].items == (
        "Phần phí, lệ phí theo quy định riêng của thành phố; phần còn lại theo quy định chung cả nước.",
    )


def test_a_procedure_that_ended_says_so(talk_with, made):
    talk = talk_with(made("1.900001", "Cấp thẻ tre", effective_to=date(2026, 9, 30)))

    assert "Thủ tục này đã hết hiệu lực ngày 30/09/2026" in talk.say("cấp thẻ tre", about="1.900001").text


@pytest.mark.parametrize("text", ["mã 9.999999", "9.999999", "thủ tục mã số 9.999999", "1.999999 là thủ tục gì"])
def test_a_code_that_nobody_publishes_is_not_found_whatever_its_words_resemble(talk, text):
    assert talk.say(text).status is Status.UNANSWERABLE_NOT_FOUND


def test_a_wrong_code_beside_clear_words_does_not_hide_them(talk):
    assert "1.000894" in talk.say("đăng ký kết hôn mã 9.999999 cần giấy tờ gì").procedures


@pytest.mark.parametrize(
    ("text", "first"),
    [("khai sinh", "1.001193"), ("tạm trú", "1.004194"), ("kết hôn", "1.000894"), ("passport", "1.001456")],
)
def test_one_word_that_many_procedures_bear_is_asked_about_the_plainest_first(talk, text, first):
    answer = talk.say(text)

    assert (answer.status, answer.choices[0].code) == (Status.CLARIFICATION_PROCEDURE, first)


def test_procedures_of_one_name_are_offered_once(talk):
    labels = [choice.label for choice in talk.say("thủ tục phòng cháy chữa cháy").choices]

    assert len(labels) == len(set(labels)) > 1


def test_no_message_makes_it_fail(own, now):
    random = Random(1022)
    scraps = [
        "lệ phí",
        "1.001193",
        "không, ý tôi là",
        "2",
        "số ",
        "<b>",
        "\u0000",
        "\ud83d",
        "😀",
        "結婚",
        "%s {most}",
        "\n",
    ]
    scraps += ["how much", "ở mô", chr(0xE0041), "'", '"', "\\", "а́", "٣", "１２", "…", "birth " * 40, "đ" * 500]
    messages = ["".join(random.choices(scraps, k=random.randint(1, 6))) for _ in range(250)]
    memory = Memory(current="1.001193", offered=("1.001193", "gone"), sections=(Section.FEE,))
    ended = {
        own.answer(Turn(conversation="none", text=text, at=now), random.choice([memory, Memory()]))[0].status
        for text in [*messages, "a" * 100_000]
    }

    assert Status.ERROR_INTERNAL not in ended
    assert {Status.ANSWERED, Status.REFUSED_TOO_LONG, Status.CLARIFICATION_EMPTY} <= ended


def test_many_at_once_are_each_answered_and_kept(own, now):
    questions = {"làm giấy khai sinh cho con": "1.001193", "làm hộ chiếu": "1.001456", "đăng ký tạm trú": "1.004194"}
    talks = [(Kept(own, now), *pair) for pair in list(questions.items()) * 8]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda talk: talk[0].say(talk[1]), talks))

    assert [reply.answer.procedures[0] for reply in replies] == [code for _, _, code in talks]
    assert all(reply.turn for reply in replies)
