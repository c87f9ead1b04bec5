"""Whose look it is, and how many looks an address has."""

from collections.abc import Mapping

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.web.limit import MOST_ADDRESSES, Limit
from bot.web.visitors import address_of


def seen_from(headers: Mapping[str, str], proxies: int) -> str:
    """The address that a request counts for; the connection itself comes from 192.0.2.1."""
    request = make_mocked_request("GET", "/t/x", headers).clone(remote="192.0.2.1")
    return address_of(request, proxies)


@pytest.mark.parametrize(
    ("told", "proxies", "address"),
    [
        ("", 0, "192.0.2.1"),
        ("203.0.113.7", 0, "192.0.2.1"),
        ("203.0.113.7", 1, "203.0.113.7"),
        ("10.9.9.9, 203.0.113.7", 1, "203.0.113.7"),
        ("10.9.9.9, 203.0.113.7, 10.0.0.2", 2, "203.0.113.7"),
        ("203.0.113.7", 2, "192.0.2.1"),
        ("", 1, "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(told: str, proxies: int, address: str) -> None:
    headers = {"X-Forwarded-For": told} if told else {}
    assert seen_from(headers, proxies) == address


class Seconds:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_fills_again_and_no_further_than_it_is_big() -> None:
    clock = Seconds()
    limit = Limit(3, 1.0, clock)
    assert [limit.wait("192.0.2.1") for _ in range(4)] == [0, 0, 0, 1.0]
    clock.now = 1.0
    assert [limit.wait("192.0.2.1") for _ in range(2)] == [0, 1.0]
    clock.now = 1000.0
    assert [limit.wait("192.0.2.1") for _ in range(4)] == [0, 0, 0, 1.0]


def test_who_is_refused_does_not_wait_longer_for_having_asked() -> None:
    clock = Seconds()
    limit = Limit(1, 1.0, clock)
    assert limit.wait("192.0.2.1") == 0
    assert [limit.wait("192.0.2.1") for _ in range(5)] == [1.0] * 5
    clock.now = 1.0
    assert limit.wait("192.0.2.1") == 0


def test_addresses_have_buckets_of_their_own_and_a_house_has_one() -> None:
    limit = Limit(1, 1.0, Seconds())
    assert limit.wait("192.0.2.1") == 0
    assert limit.wait("192.0.2.2") == 0
    assert limit.wait("2001:db8:1:2::1") == 0
    assert limit.wait("2001:db8:1:2:ffff::9") > 0
    assert limit.wait("2001:db8:1:3::1") == 0
    assert limit.wait("no address") == 0
    assert limit.wait("no address") > 0


def test_memory_has_an_end() -> None:
    limit = Limit(1, 1.0, Seconds())
    for number in range(MOST_ADDRESSES + 100):
        limit.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(limit._free_at) == MOST_ADDRESSES
