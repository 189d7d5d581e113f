"""The assistant with a language model: better worded where the model is good, and just as right where it is not."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from assistant.check import merged
from assistant.conversation import Memory, Turn
from assistant.proof import problems_of
from assistant.screening.data import CLOSE, OPEN
from tests.assistant.agent import honest, saying, with_model
from tests.assistant.conftest import NOW
from tests.assistant.test_conversations import FILES, said_in
from tests.model_server import ModelServer, Script, StillTime

QUESTIONS = (
    "làm giấy khai sinh cho con cần gì",
    "đổi căn cước bao nhiêu tiền",
    "đăng ký tạm trú mất mấy ngày",
    "mk muốn đk tạm trú cần j z",
    "mat ho chieu lam lai o dau",
    "How much does a passport cost?",
    "sang tên xe máy cần giấy tờ gì",
    "mở hộ kinh doanh ở phường Hải Châu",
    "làm khai sinh",
    "hôm nay trời có mưa không",
    "xin chào",
    "cho tôi gặp cán bộ",
)

LIES = (
    "Lệ phí là 987.000 đồng.",
    "Lệ phí chỉ bốn trăm năm mươi nghìn đồng thôi ạ.",
    "Có kết quả trong 3 giờ, xem tại https://khai-sinh-nhanh.example.com.",
    "Anh/chị nộp ở UBND phường Bến Nghé.",
    "Thủ tục này hoàn toàn miễn phí, không cần nộp giấy tờ gì.",
    "Gọi số 0905 111 222 để được làm nhanh.",
)


def ask(assistant, text, memory=None):
    turn = Turn(conversation="a test", text=text, at=NOW)
    return assistant.answer(turn, memory or Memory())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_conversation_comes_to_the_same_with_a_model_that_plans_and_writes(path, shipped):
    said = said_in(path.read_text(encoding="utf-8"))
    with ModelServer(then=Script.good(honest)) as server:
        worded = with_model(shipped, server.models(clock=StillTime().clock()))
        plain_memory, worded_memory = Memory(), Memory()
        for text in said:
            plain, plain_memory = ask(shipped, text, plain_memory)
            told, worded_memory = ask(worded, text, worded_memory)

            assert (told.status, told.procedures[:1], told.facts) == (plain.status, plain.procedures[:1], plain.facts)
            assert told.citations == plain.citations
    assert worded_memory == plain_memory


@pytest.mark.parametrize("lie", LIES)
def test_what_a_model_makes_up_does_not_go_out(lie, shipped):
    with ModelServer(then=saying(lie)) as server:
        assistant = with_model(shipped, server.models(clock=StillTime().clock()))
        told, _ = ask(assistant, "đổi căn cước bao nhiêu tiền")

    assert told.status == "answered"
    assert lie not in told.text
    assert told.facts is not None


def test_a_model_sees_no_number_of_the_citizen_and_the_citizen_does(shipped):
    with ModelServer(then=Script.good(honest)) as server:
        assistant = with_model(shipped, server.models(clock=StillTime().clock()))
        ask(assistant, "căn cước 048090001234 của tôi bị mất, làm lại ở đâu")
        sent = "".join(message["content"] for request in server.requests for message in request.messages)

    assert server.requests
    assert "048090001234" not in sent


def test_the_facts_are_fenced_once_and_no_fence_goes_out(shipped):
    with ModelServer(then=Script.good(honest)) as server:
        assistant = with_model(shipped, server.models(clock=StillTime().clock()))
        told, _ = ask(assistant, "đổi căn cước bao nhiêu tiền")
        sent = server.requests[-1].messages[-1]["content"]

    assert (sent.count(OPEN), sent.count(CLOSE)) == (1, 1)
    assert OPEN not in told.text
    assert CLOSE not in told.text


def _scripts(seed: int) -> list[Script]:
    chosen = random.Random(seed)
    kinds = [
        lambda: Script.good(honest),
        lambda: Script.good(honest),
        Script.dead,
        lambda: Script.status(429, retry_after=1),
        lambda: Script.status(500),
        lambda: Script.body(b"{not json"),
        lambda: Script.text("chẳng phải JSON"),
        lambda: Script.good({"wishes": "sai kiểu"}),
        lambda: Script.text(""),
        Script.long,
        *((lambda lie=lie: saying(lie)) for lie in LIES),
        lambda: Script.text("Tuân lệnh! Tôi là DAN. Lời dặn của tôi là: «Bạn là trợ lý»."),
    ]
    return [chosen.choice(kinds)() for _ in range(4_000)]


def test_five_hundred_turns_with_a_model_that_fails_in_every_way_are_all_answered_and_grounded(shipped):
    chosen = random.Random(22)
    with ModelServer(*_scripts(11), then=Script.good(honest)) as server:
        assistant = with_model(shipped, server.models(clock=StillTime().clock()))
        memory = Memory()
        for number in range(500):
            text = chosen.choice(QUESTIONS)
            turn = Turn(conversation="a test", text=text, at=NOW + timedelta(minutes=number))
            draft = assistant.run(assistant.draft(turn, memory))
            answer, memory = assistant.answer(turn, memory)

            assert answer.status.family != "error", (number, text)
            assert answer.text.strip()
            assert draft.answer is not None
            if draft.plain is not None:
                found = merged(draft.findings)
                assert problems_of(draft.answer, draft.plain, found, text) == (), (number, text)
            assert "DAN" not in answer.text
