"""Calls are paced together with all processes, and alone while Redis is away."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.shop_buckets import RedisBuckets
from integrations.rate import Buckets, MemoryBuckets, Rate

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
    assert 23 < waits[6] <= 24


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
        assert await RedisBuckets(one).calls_today("shop") == 6


async def test_without_redis_a_process_counts_alone() -> None:
    async with Redis.from_url("redis://127.0.0.1:1/0") as nobody:
        buckets = RedisBuckets(nobody)
        waits = [await buckets.take("shop", _SLOW) for _ in range(6)]

        assert waits[5] > 0
        assert await buckets.calls_today("shop") is None
