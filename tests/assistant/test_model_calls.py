"""A model that fails is left alone, and tried again; a turn has so much time and so many calls."""

from __future__ import annotations

import pytest

from assistant.model import Calls, Clock, Deadline, ModelLate, TooManyCalls
from assistant.model_calls import Breaker


class Time:
    """Time that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """The time it is."""
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def breaker(time):
    return Breaker(Clock(monotonic=time), failures=3, cool_down=30)


def test_failures_in_a_row_open_it_and_others_do_not(breaker):
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()

    assert breaker.allows()

    for _ in range(3):
        breaker.failed()

    assert not breaker.allows()


def test_after_the_cool_down_one_alone_tries(breaker, time):
    for _ in range(3):
        breaker.failed()

    time.now += 29.9
    assert [breaker.allows(), breaker.allows()] == [False, False]
    time.now += 0.1
    assert [breaker.allows(), breaker.allows()] == [True, False]


@pytest.mark.parametrize("well", [True, False])
def test_the_one_decides_for_all(breaker, time, well):
    for _ in range(3):
        breaker.failed()
    time.now += 30
    breaker.allows()

    (breaker.succeeded if well else breaker.failed)()

    assert breaker.allows() is well


def test_a_trial_that_never_ends_is_not_the_last(breaker, time):
    for _ in range(3):
        breaker.failed()
    time.now += 30
    breaker.allows()

    time.now += 30

    assert breaker.allows()


def test_it_rests_as_long_as_the_server_asks_within_reason(breaker, time):
    breaker.failed(rest=20)
    time.now += 19
    assert not breaker.allows()
    time.now += 1
    assert breaker.allows()

    breaker.failed(rest=86_400)
    time.now += 300
    assert breaker.allows()


def test_a_turn_has_so_much_time(time):
    deadline = Deadline(112.0, time)

    time.now = 111.0
    deadline.check()
    assert deadline.left() == 1.0

    time.now = 113.0
    assert deadline.left() == 0.0
    with pytest.raises(ModelLate):
        deadline.check()


def test_a_turn_has_so_many_calls():
    calls = Calls()
    for _ in range(4):
        calls.take()

    with pytest.raises(TooManyCalls):
        calls.take()
    assert calls.asked == 4
