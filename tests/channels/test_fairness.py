"""Limits by person, address and channel, and places among those who wait; time stands still unless a test moves it."""

from __future__ import annotations

import pytest

from assistant.errors import SettingError
from assistant.settings import Settings
from channels.counting_in_redis import SharedCount
from channels.fairness import Limits, Places, asked_to_wait, duration, household, seconds_to_wait
from knowledge.procedure import Text


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


class Surely:
    """A count that is never away: a test of Redis is none where the process counts in its place."""

    def __init__(self, count):
        self._count = count

    def take(self, asked, rates):
        """What the count says."""
        seconds = self._count.take(asked, rates)
        assert seconds is not None
        return seconds


@pytest.fixture(params=["in one process", pytest.param("in Redis", marks=pytest.mark.redis)])
def limits(request, clock):
    """Makes limits on that clock: `limits(person=2)`; what is not named is not limited."""
    together = None
    if request.param == "in Redis":
        url = request.getfixturevalue("redis_server").url
        together = Surely(SharedCount(url, now=clock, seconds=10))

    def make(*, person=0, address=0, channel=0):
        return Limits(person=person, address=address, channel=channel, clock=clock, together=together)

    return make


def waits(limits, times, **whose):
    return [limits.wait(**whose) for _ in range(times)]


def test_a_bucket_holds_a_minutes_questions_and_fills_evenly(limits, clock):
    of_three = limits(address=3)
    at_once = waits(of_three, 4, address="1.2.3.4")
    clock.seconds += 19
    too_early = of_three.wait(address="1.2.3.4")
    clock.seconds += 1
    later = waits(of_three, 2, address="1.2.3.4")
    clock.seconds += 3_600
    after_an_hour = waits(of_three, 4, address="1.2.3.4")

    assert (at_once, too_early, later, after_an_hour) == ([0, 0, 0, 20], 1, [0, 20], [0, 0, 0, 20])


def test_whoever_waits_as_told_is_answered(limits, clock):
    of_seven = limits(person=7)
    told = waits(of_seven, 8, person="a", channel="zalo")[-1]
    refused = []
    for _ in range(200):
        clock.seconds += told
        refused.append(of_seven.wait(person="a", channel="zalo"))

    assert set(refused) == {0}


def test_one_person_at_an_address_does_not_use_up_what_others_there_may_ask(limits):
    both = limits(person=2, address=5)

    assert waits(both, 3, person="an", address="1.2.3.4", channel="web") == [0, 0, 30]
    assert waits(both, 3, person="binh", address="1.2.3.4", channel="web") == [0, 0, 30]
    assert waits(both, 2, person="cuc", address="1.2.3.4", channel="web") == [0, 12]
    assert waits(both, 1, person="an", address="5.6.7.8", channel="web") == [30]


def test_the_same_name_on_two_channels_is_two_persons(limits):
    of_one = limits(person=1)

    assert [of_one.wait(person="77", channel=channel) for channel in ("zalo", "telegram", "zalo")] == [0, 0, 60]


def test_a_busy_channel_leaves_the_others_alone_and_is_nobodys_fault(limits, clock):
    of_two = limits(person=100, channel=2)
    refused = waits(of_two, 22, person="an", channel="web")
    elsewhere = of_two.wait(person="an", channel="zalo")
    clock.seconds += 30

    assert (set(refused[2:]), elsewhere, of_two.wait(person="an", channel="web")) == ({30}, 0, 0)


def test_who_is_refused_again_and_again_waits_twice_as_long_each_time_up_to_ten_minutes(limits):
    of_sixty = limits(person=60)

    refused = waits(of_sixty, 75, person="an", channel="web")[60:]

    assert refused == [1, 1, 1, 10, 20, 40, 80, 160, 320, 600, 600, 600, 600, 600, 600]


def test_a_penalty_ends_when_told_and_is_forgotten(limits, clock):
    of_sixty = limits(person=60)
    told = waits(of_sixty, 64, person="an", channel="web")[-1]
    clock.seconds += told - 1
    too_early = of_sixty.wait(person="an", channel="web")
    clock.seconds += too_early
    on_time = of_sixty.wait(person="an", channel="web")
    clock.seconds += 600
    afresh = waits(of_sixty, 63, person="an", channel="web")

    assert (told, too_early, on_time) == (10, 19, 0)
    assert (afresh[:60], afresh[60:]) == ([0] * 60, [1, 1, 1])


def test_who_comes_as_told_is_not_refused_for_a_blink(limits, clock):
    of_sixty = limits(person=60)
    told = waits(of_sixty, 64, person="an", channel="web")[-1]
    clock.seconds += told - 0.0005

    assert waits(of_sixty, 11, person="an", channel="web") == [0] * 10 + [18]


def test_a_flood_of_newcomers_keeps_no_one_out_who_talks_there_already(limits, clock):
    of_sixty = limits(person=60, address=60)
    flood = waits(of_sixty, 75, address="1.2.3.4", channel="web")
    clock.seconds += 5

    assert flood[-1] == 600
    assert of_sixty.wait(address="1.2.3.4", channel="web") == 600
    assert waits(of_sixty, 2, person="an", address="1.2.3.4", channel="web") == [0, 0]
    assert of_sixty.wait(address="1.2.3.5", channel="web") == 0


def test_what_is_refused_takes_nothing_from_the_others(limits):
    both = limits(person=1, address=3)
    waits(both, 20, person="an", address="1.2.3.4", channel="web")

    assert waits(both, 3, address="1.2.3.4", channel="web") == [0, 0, 20]


def test_a_danger_is_told_at_any_time(limits):
    of_one = limits(person=1)
    said = ("mất căn cước làm lại ở đâu", "mất căn cước làm lại ở đâu", "cháy nhà rồi cứu với", "my house is on fire")

    told = [seconds_to_wait(of_one, text, person="an", channel="zalo") for text in said]

    assert told == [0, 60, 0, 0]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_what_counts_as_one_address(address, counted):
    assert household(address) == counted


def test_places_of_one_address_are_few_whatever_others_do():
    places = Places(2)
    taken = [places.enter(address) for address in ("1.1.1.1", "1.1.1.1", "1.1.1.1", "2.2.2.2")]
    urgent = places.enter("1.1.1.1", urgent=True)
    for _ in range(2):
        places.leave("1.1.1.1")

    assert (taken, urgent) == ([True, True, False, True], True)
    assert [places.enter("1.1.1.1") for _ in range(2)] == [True, False]


def test_zero_switches_a_limit_off_and_no_limit_for_an_address_all_of_them(limits):
    settings = {"TROLY_QUESTIONS_A_MINUTE": "0", "TROLY_QUESTIONS_A_MINUTE_EACH": "1"}
    off = Limits.of(Settings.read(settings))
    whose = {"person": "an", "address": "1.2.3.4", "channel": "web"}

    assert set(waits(limits(), 500, **whose)) == {0}
    assert set(waits(off, 500, **whose)) == {0}
    assert all(Places(0).enter("1.2.3.4") for _ in range(500))


def test_the_settings_limits_are_those_of_the_limits():
    set_to = {"": "7", "_EACH": "3", "_CHANNEL": "5"}
    limits = Limits.of(Settings.read({f"TROLY_QUESTIONS_A_MINUTE{name}": number for name, number in set_to.items()}))

    asked = {
        "person": waits(limits, 4, person="an", channel="telegram"),
        "address": waits(limits, 8, address="1.2.3.4"),
        "channel": waits(limits, 6, channel="web"),
    }

    assert {what: answered.count(0) for what, answered in asked.items()} == {"person": 3, "address": 7, "channel": 5}


def test_the_time_is_told_in_seconds_or_minutes():
    assert [duration(seconds) for seconds in (1, 99, 100, 600)] == [
        Text(vi="1 giây", en="1 second"),
        Text(vi="99 giây", en="99 seconds"),
        Text(vi="2 phút", en="2 minutes"),
        Text(vi="10 phút", en="10 minutes"),
    ]
    assert asked_to_wait(600) == Text(
        vi="Anh/chị hỏi hơi nhanh, xin đợi 10 phút rồi gửi lại.",
        en="Too many questions; please wait 10 minutes and send it again.",
    )


def test_proxies_are_addresses_or_networks_and_never_everybody():
    named = Settings.read({"TROLY_TRUSTED_PROXIES": " 10.0.0.7, 10.1.0.0/24,,2001:db8::/32 "}).trusted_proxies
    with pytest.raises(SettingError) as everybody:
        Settings.read({"TROLY_TRUSTED_PROXIES": "10.0.0.7,*"})

    assert named == ("10.0.0.7", "10.1.0.0/24", "2001:db8::/32")
    assert str(everybody.value) == (
        "TROLY_TRUSTED_PROXIES: * is no address: give addresses or networks such as 10.0.0.7, 10.1.0.0/24."
    )
