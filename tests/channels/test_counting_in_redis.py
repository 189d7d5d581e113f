"""Questions counted in a real Redis by many at once; and what happens while it is away."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from assistant.errors import SettingError
from assistant.settings import Settings
from channels.counting import Asked, OwnCount, Rates
from channels.counting_in_redis import SharedCount, version
from channels.fairness import Limits

AN = Asked("web an", "203.0.113.9", "web")
PLENTY = 10
"""Seconds: what is counted here must not depend on how busy the machine is."""

PROCESS = """
import sys
from channels.counting_in_redis import SharedCount
from channels.fairness import Limits

count = SharedCount(sys.argv[1], now=lambda: 1_000.0, seconds=10)
limits = Limits(person=50, address=0, channel=0, together=count)
print("ready", flush=True)
sys.stdin.readline()
print([limits.wait(person="an", channel="zalo") for _ in range(40)].count(0))
"""
"""Another worker: says that it is ready, waits for a line, asks 40 times, and prints how many were allowed."""


class Clock:
    """A clock that goes only when told."""

    def __init__(self):
        self.seconds = 1_000.0

    def __call__(self):
        """The time."""
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


def inline(work):
    """Connect at once, so that a test need not wait for it."""
    work()


def told(caplog):
    return [line for line in caplog.messages if "Redis" in line]


whose = some.builds(
    Asked,
    some.sampled_from(["", "an", "binh"]),
    some.sampled_from(["", "203.0.113.9"]),
    some.sampled_from(["web", "zalo"]),
)
bursts = some.lists(some.tuples(some.sampled_from([0.25, 7, 20, 60, 600]), whose, some.integers(1, 40)), max_size=10)
"""Seconds that go by, and then so many questions at once of one person."""
rates = some.builds(Rates, *[some.sampled_from([0, 1, 7, 30])] * 3)
_examples = itertools.count()


@pytest.mark.redis
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bursts=bursts, rates=rates)
def test_redis_counts_exactly_as_one_process_does(redis_server, bursts, rates):
    clock, example = Clock(), str(next(_examples))
    own = OwnCount(clock)
    shared = SharedCount(redis_server.url, key=example, now=clock, seconds=PLENTY, beside=inline)
    waits = []
    for later, asked, times in bursts:
        clock.seconds += later
        waits += [(own.take(asked, rates), shared.take(asked, rates)) for _ in range(times)]

    assert [round(seconds, 6) for _, seconds in waits] == [round(seconds, 6) for seconds, _ in waits]


@pytest.mark.redis
def test_two_processes_allow_together_exactly_what_one_may(redis_server):
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, redis_server.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert [worker.stdout.readline() for worker in workers] == ["ready\n", "ready\n"]
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    allowed = [int(worker.communicate(timeout=60)[0]) for worker in workers]

    assert sum(allowed) == 50


@pytest.mark.redis
def test_many_threads_on_several_connections_allow_exactly_what_one_may(redis_server):
    counts = [SharedCount(redis_server.url, now=lambda: 1_000.0, seconds=PLENTY) for _ in range(3)]
    together = threading.Barrier(8)

    def ask(number):
        together.wait(30)
        return [counts[number % 3].take(AN, Rates(0, 70, 0)) for _ in range(20)].count(0)

    with ThreadPoolExecutor(8) as pool:
        allowed = sum(pool.map(ask, range(8)))

    assert allowed == 70


@pytest.mark.redis
def test_by_itself_it_goes_by_the_clock_of_redis(redis_server):
    count = SharedCount(redis_server.url, seconds=PLENTY)
    first, second = count.take(AN, Rates(1, 0, 0)), count.take(AN, Rates(1, 0, 0))

    assert first == 0
    assert 30 < second < 60


@pytest.mark.redis
def test_a_clock_that_is_set_back_keeps_nobody_waiting_for_it(redis_server, clock):
    count = SharedCount(redis_server.url, now=clock, seconds=PLENTY)
    clock.seconds += 100_000
    before = [count.take(AN, Rates(1, 0, 0)) for _ in range(20)]
    clock.seconds -= 100_000

    assert (before[0], round(before[-1]), count.take(AN, Rates(1, 0, 0))) == (0, 600, 0)


@pytest.mark.redis
def test_nothing_in_redis_tells_who_asked_and_nothing_stays_long(redis_server):
    for key in ("", "", "a-key"):
        count = SharedCount(redis_server.url, key=key, seconds=PLENTY)
        for _ in range(2):
            count.take(AN, Rates(1, 5, 5))
    with redis_server.client() as client:
        names = sorted(client.keys())
        kinds = [name[: len("1022:p:")] for name in names]
        longest = {kind: max(client.ttl(name) for name in names if name.startswith(kind)) for kind in set(kinds)}

    assert kinds == ["1022:a:"] * 2 + ["1022:c:"] * 2 + ["1022:p:"] * 2 + ["1022:r:"] * 2
    assert not [name for name in names if any(word in name for word in (*AN, "an"))]
    assert all(0 < longest[f"1022:{kind}:"] <= most for kind, most in {"a": 60, "c": 60, "p": 60, "r": 600}.items())


@pytest.mark.redis
def test_a_redis_that_dies_costs_nobody_an_answer_and_is_used_again_when_it_is_back(redis_server, clock, caplog):
    caplog.set_level("INFO")
    count = SharedCount(redis_server.url, now=clock, clock=clock, seconds=PLENTY, beside=inline)
    limits = Limits(person=2, address=0, channel=0, clock=clock, together=count)

    def ask(times):
        return [limits.wait(person="an", channel="web") for _ in range(times)]

    together = ask(3)
    redis_server.kill()
    alone = ask(3)
    redis_server.run_empty()
    too_soon = ask(1)
    clock.seconds += 5
    while_connecting = ask(1)
    together_again = ask(3)
    messages = told(caplog)

    assert (together, alone, too_soon) == ([0, 0, 30], [0, 0, 30], [30])
    assert (while_connecting, together_again) == ([25], [0, 0, 30])
    assert [message.partition(": ")[0] for message in messages] == [
        "Redis cannot be used, so each process counts questions by itself",
        "Redis answers again",
    ]


@pytest.mark.redis
def test_while_redis_is_away_it_is_tried_now_and_then_and_told_of_once(redis_server, clock, caplog):
    count = SharedCount(redis_server.url, clock=clock, seconds=PLENTY, beside=inline)
    redis_server.kill()
    answers = []
    for _ in range(30):
        answers.append(count.take(AN, Rates(1, 1, 1)))
        clock.seconds += 1

    assert answers == [None] * 30
    assert len(told(caplog)) == 1


@pytest.mark.redis
def test_a_redis_that_hangs_is_waited_for_once_and_shortly(redis_server):
    count = SharedCount(redis_server.url, seconds=0.5)
    before = count.take(AN, Rates(5, 5, 5))
    redis_server.hold()
    begun = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        meanwhile = list(pool.map(lambda _: count.take(AN, Rates(5, 5, 5)), range(80)))
    took = time.monotonic() - begun
    redis_server.go_on()

    assert (before, meanwhile) == (0, [None] * 80)
    assert took < 3  # twice half a second, and what a busy machine adds


@pytest.mark.redis
def test_a_redis_that_wants_a_password_is_told_of_and_done_without(redis_server, caplog):
    with redis_server.client() as client:
        client.config_set("requirepass", "giau-kin")
        refused = SharedCount(redis_server.url).take(AN, Rates(1, 0, 0))
        accepted = SharedCount(f"{redis_server.url}?password=giau-kin", seconds=PLENTY).take(AN, Rates(1, 0, 0))
        client.config_set("requirepass", "")

    assert (refused, accepted) == (None, 0)
    assert told(caplog) == [
        "Redis cannot be used, so each process counts questions by itself: Authentication required."
    ]


@pytest.mark.redis
def test_the_doctor_is_told_the_version_or_the_remedy(redis_server):
    found = version(redis_server.url)
    with pytest.raises(ConnectionError) as missing:
        version("redis://127.0.0.1:1")

    assert found.split(".")[0].isdecimal()
    assert str(missing.value) == (
        "Error 111 connecting to 127.0.0.1:1. Connection refused. "
        "To mend it: start Redis, or set TROLY_REDIS_URL to where it is."
    )


@pytest.mark.parametrize(
    "url", ["redis://:k@host:6379/0", "rediss://an:k@host", "unix:///run/redis.sock", "redis://[::1]:6380"]
)
def test_an_address_of_redis_is_read_and_not_shown(url):
    read = Settings.read({"TROLY_REDIS_URL": f" {url} "})

    assert read.redis_url == url
    assert url not in repr(read)


@pytest.mark.parametrize("url", ["giau-kin", "giau-kin:6379", "http://giau-kin:6379", "redis://", "redis://giau-kin:x"])
def test_what_is_no_address_of_redis_is_told_and_not_repeated(url):
    with pytest.raises(SettingError) as wrong:
        Settings.read({"TROLY_REDIS_URL": url})

    assert str(wrong.value) == (
        "TROLY_REDIS_URL is no address of Redis: give one such as redis://:PASSWORD@host:6379/0."
    )
