"""The mailbox: each update once, one of a person at a time, nobody behind a talkative person, nothing kept for longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.forms.sealing import Seal, new_key
from channels.messenger.contract import Incoming, Kind, Outgoing, Sound
from channels.messenger.mailbox import KEPT, LEASE, MOST_WAITING, Mailbox
from channels.messenger.rows import OutgoingRow, UpdateRow
from tests.channels.messenger_script import CHANNEL, Clock

HERE = (CHANNEL,)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def mailbox(database, clock):
    return Mailbox(database, Seal(), clock)


def text(clock, person, words, key, **parts):
    return Incoming(CHANNEL, person, key, parts.pop("at", clock()), Kind.TEXT, words, **parts)


def rows(database, table):
    with database.session() as session:
        return list(session.scalars(select(table).order_by(table.id)))


def claimed(mailbox):
    claim = mailbox.claim(HERE)
    return (claim.incoming.person, claim.incoming.text) if claim else None


def test_an_update_comes_out_as_it_went_in(mailbox, clock):
    at = clock() - timedelta(milliseconds=1500)
    came = Incoming(CHANNEL, "007", "k", at, Kind.LOCATION, "", 16.06, 108.22, edited=True, message="5", unread="photo")
    said = Incoming(CHANNEL, "008", "l", at, Kind.VOICE, sound=Sound("AwACAgUA", 4, 9_000), language="en", shared=True)

    mailbox.put(came)
    mailbox.put(said)

    assert [mailbox.claim(HERE).incoming, mailbox.claim(HERE).incoming] == [came, said]


def test_nothing_is_left_of_where_something_said_lies_once_it_is_answered(mailbox, clock, database):
    mailbox.put(Incoming(CHANNEL, "7", "k", clock(), Kind.VOICE, sound=Sound("https://voice.zdn.vn/1.aac")))
    waiting = [row.body for row in rows(database, UpdateRow)]
    mailbox.finish(mailbox.claim(HERE))

    assert ["voice.zdn.vn" in body for body in waiting] == [True]
    assert [(row.person, row.body) for row in rows(database, UpdateRow)] == [("", "")]


def test_the_same_key_is_taken_once_and_stays_known_after_the_answer(mailbox, clock):
    first = mailbox.put(text(clock, "7", "chào", "k"))
    again = mailbox.put(text(clock, "7", "chào", "k"))
    mailbox.finish(mailbox.claim(HERE))

    assert (first, again, mailbox.put(text(clock, "7", "chào", "k"))) == (True, False, False)
    assert mailbox.claim(HERE) is None


def test_a_key_belongs_to_its_channel_and_may_be_long(mailbox, clock):
    long = "k" * 400
    other = Incoming("zalo", "7", long, clock(), Kind.TEXT, "chào")

    assert [mailbox.put(text(clock, "7", "chào", long)), mailbox.put(other), mailbox.put(other)] == [True, True, False]


def test_of_one_person_one_update_at_a_time_the_oldest_first_whenever_it_came_in(mailbox, clock):
    mailbox.put(text(clock, "7", "hai", "2"))
    mailbox.put(text(clock, "7", "một", "1", at=clock() - timedelta(seconds=2)))

    first = mailbox.claim(HERE)
    assert first.incoming.text == "một"
    assert mailbox.claim(HERE) is None
    mailbox.put(text(clock, "7", "không", "0", at=clock() - timedelta(seconds=9)))
    assert mailbox.claim(HERE) is None
    mailbox.finish(first)
    assert claimed(mailbox) == ("7", "không")


def test_nobody_waits_behind_a_talkative_person(mailbox, clock):
    for number in range(4):
        mailbox.put(text(clock, "nhiều", str(number), f"n{number}"))
    clock.pass_by(1)
    mailbox.put(text(clock, "ít", "chào", "i"))

    order = []
    while (claim := mailbox.claim(HERE)) is not None:
        order.append((claim.incoming.person, claim.incoming.text))
        clock.pass_by(1)
        mailbox.finish(claim)

    assert order == [("nhiều", "0"), ("ít", "chào"), ("nhiều", "1"), ("nhiều", "2"), ("nhiều", "3")]


def test_people_are_answered_side_by_side(mailbox, clock):
    for person in "abc":
        mailbox.put(text(clock, person, "chào", person))

    assert [claimed(mailbox), claimed(mailbox), claimed(mailbox), claimed(mailbox)] == [
        ("a", "chào"),
        ("b", "chào"),
        ("c", "chào"),
        None,
    ]


def test_a_claim_runs_out_unless_it_is_renewed_and_then_counts_no_more(mailbox, clock):
    mailbox.put(text(clock, "7", "chào", "k"))
    first = mailbox.claim(HERE)
    clock.pass_by(LEASE.total_seconds() - 1)
    mailbox.renew([first])
    clock.pass_by(LEASE.total_seconds() - 1)
    assert mailbox.claim(HERE) is None
    clock.pass_by(2)

    second = mailbox.claim(HERE)

    assert second.incoming == first.incoming
    assert mailbox.finish(first, (Outgoing("của người trước"),)) is False
    assert mailbox.finish(second, (Outgoing("của người sau"),)) is True
    assert mailbox.outbox.take(HERE).message == Outgoing("của người sau")
    assert mailbox.outbox.take(HERE) is None


def test_what_was_given_back_is_taken_up_at_once(mailbox, clock):
    mailbox.put(text(clock, "7", "chào", "k"))
    mailbox.release(mailbox.claim(HERE))

    assert claimed(mailbox) == ("7", "chào")


def test_updates_of_channels_that_are_not_served_here_are_left_to_others(mailbox, clock):
    mailbox.put(text(clock, "7", "chào", "k"))

    assert mailbox.claim(("zalo",)) is None


def test_too_many_waiting_are_refused_with_one_word_about_it_but_leaving_is_heard(mailbox, clock, database):
    taken = [mailbox.put(text(clock, "7", str(number), str(number))) for number in range(MOST_WAITING + 3)]
    mailbox.put(Incoming(CHANNEL, "7", "left", clock(), Kind.LEFT))

    states = [row.state for row in rows(database, UpdateRow)]
    told = mailbox.outbox.take(HERE)

    assert all(taken)
    assert states == ["new"] * MOST_WAITING + ["refused"] * 3 + ["new"]
    assert told.message.text == (
        "Tôi còn 20 tin của anh/chị chưa kịp đọc nên chưa nhận thêm được. Anh/chị đợi khoảng 60 giây rồi nhắn lại giúp."
    )
    mailbox.outbox.sent(told)
    assert mailbox.outbox.take(HERE) is None


def test_once_answered_nothing_but_the_key_is_left(mailbox, clock, database):
    mailbox.put(text(clock, "7", "số căn cước 048090001234", "k"))
    mailbox.finish(mailbox.claim(HERE), (Outgoing("Đã ghi 048090001234."),))
    mailbox.outbox.sent(mailbox.outbox.take(HERE))

    [update], [outgoing] = rows(database, UpdateRow), rows(database, OutgoingRow)

    assert (update.key, update.state, update.person, update.body, update.turn) == ("k", "answered", "", "", "")
    assert (outgoing.state, outgoing.person, outgoing.body) == ("sent", "", "")


def test_what_waits_is_sealed_where_there_is_a_key(database, clock):
    mailbox = Mailbox(database, Seal.read({"TROLY_DATA_KEY": new_key()}), clock)
    mailbox.put(text(clock, "7", "048090001234", "k"))
    mailbox.put(text(clock, "8", "048090001234", "l"))
    mailbox.finish(mailbox.claim(HERE), (Outgoing("048090001234"),))

    bodies = [row.body for row in (*rows(database, UpdateRow), *rows(database, OutgoingRow)) if row.body]

    assert len(bodies) == 2
    assert not any("048090001234" in body for body in bodies)


def test_what_cannot_be_opened_holds_nothing_up(database, clock):
    Mailbox(database, Seal.read({"TROLY_DATA_KEY": new_key()}), clock).put(text(clock, "7", "chào", "k"))
    mailbox = Mailbox(database, Seal.read({"TROLY_DATA_KEY": new_key()}), clock)
    mailbox.put(text(clock, "7", "còn đó không", "l"))

    assert claimed(mailbox) == ("7", "còn đó không")


def test_keys_and_sent_messages_go_after_two_days_and_what_waits_stays(mailbox, clock, database):
    for key in "ab":
        mailbox.put(text(clock, key, "chào", key))
    mailbox.finish(mailbox.claim(HERE), (Outgoing("một"), Outgoing("hai")))
    mailbox.outbox.sent(mailbox.outbox.take(HERE))
    clock.pass_by(KEPT.total_seconds() + 1)

    assert [mailbox.sweep(), mailbox.sweep()] == [1, 0]
    assert [row.key for row in rows(database, UpdateRow)] == ["b"]
    assert [row.state for row in rows(database, OutgoingRow)] == ["waiting"]
