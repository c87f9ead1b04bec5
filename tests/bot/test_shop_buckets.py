"""Calls are paced together with all processes, and alone while Redis is away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from redis.asyncio import Redis

from bot.shop_buckets import RedisBuckets
from integrations.rate import LONGEST_WAIT, Buckets, MemoryBuckets, Rate

_SLOW = Rate(10, seconds=60)


@pytest.fixture(params=["redis", "memory"])
async def buckets(request: pytest.FixtureRequest, redis_url: str) -> AsyncIterator[Buckets]:
    async with Redis.from_url(redis_url) as redis:
        yield MemoryBuckets() if request.param == "memory" else RedisBuckets(redis)


async def test_half_of_the_grant_comes_in_one_burst_and_the_rest_is_spread(
    buckets: Buckets,
) -> None:
    waits = [await buckets.take("shop", _SLOW) for _ in range(7)]

    assert waits[:5] == [0.0] * 5
    assert 11 < waits[5] <= 12
    assert 11 < waits[6] <= 12


async def test_who_waits_makes_the_next_wait_longer(buckets: Buckets) -> None:
    waits = [await buckets.take("shop", Rate(4)) for _ in range(4)]

    assert waits[:2] == [0.0, 0.0]
    assert 0.4 < waits[2] <= 0.5
    assert 0.9 < waits[3] <= 1.0


async def test_those_who_are_turned_away_do_not_make_the_queue_longer(buckets: Buckets) -> None:
    waits = [await buckets.take("shop", Rate(4)) for _ in range(100)]

    assert sum(wait <= LONGEST_WAIT for wait in waits) == 6
    assert max(waits) <= LONGEST_WAIT + 0.5


async def test_a_patient_caller_leaves_half_of_the_burst_to_people(buckets: Buckets) -> None:
    patient = [await buckets.take("shop", _SLOW, patient=True) for _ in range(4)]
    person = [await buckets.take("shop", _SLOW) for _ in range(4)]

    assert patient[:2] == [0.0, 0.0]
    assert 5 < patient[2] <= 6
    assert 5 < patient[3] <= 6
    assert person[:3] == [0.0] * 3
    assert person[3] > 0


async def test_shops_have_buckets_of_their_own(buckets: Buckets) -> None:
    for _ in range(6):
        await buckets.take("one", _SLOW)

    assert await buckets.take("other", _SLOW) == 0.0


async def test_one_call_a_minute_is_one_call_a_minute(buckets: Buckets) -> None:
    first, second = [await buckets.take("shop", Rate(1, seconds=60)) for _ in range(2)]

    assert first == 0.0
    assert 59 < second <= 60


async def test_two_processes_count_together(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as one, Redis.from_url(redis_url) as two:
        waits = [await RedisBuckets(each).take("shop", _SLOW) for each in (one, two) * 3]

        assert waits[:5] == [0.0] * 5
        assert waits[5] > 0
        assert await RedisBuckets(one).calls_today("shop") == 5


async def test_without_redis_a_process_counts_alone() -> None:
    async with Redis.from_url("redis://127.0.0.1:1/0") as nobody:
        buckets = RedisBuckets(nobody)
        waits = [await buckets.take("shop", _SLOW) for _ in range(6)]

        assert waits[5] > 0
        assert await buckets.calls_today("shop") is None


async def test_a_redis_that_says_nothing_counts_as_away() -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            await reader.read(-1)

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Redis.from_url(f"redis://127.0.0.1:{port}/0") as silent, asyncio.timeout(5):
        assert await RedisBuckets(silent).take("shop", _SLOW) == 0.0
        assert await RedisBuckets(silent).calls_today("shop") is None
