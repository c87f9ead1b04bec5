"""App messages keep below what WeCom would silently drop."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from bot.turn.pace import PER_MINUTE, Pace
from tests.clocks import FrozenClock

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    await client.aclose()


async def test_the_first_of_a_minute_go_out_and_the_next_waits_for_the_oldest(
    redis: Redis,
) -> None:
    clock = FrozenClock(NOW)
    pace = Pace(redis, clock)
    for number in range(PER_MINUTE):
        assert await pace.wait(["amei"], f"m{number}") == timedelta()
    clock.at = NOW + timedelta(seconds=20)
    assert await pace.wait(["amei"], "late") == timedelta(seconds=40)
    clock.at = NOW + timedelta(seconds=60)
    assert await pace.wait(["amei"], "late") == timedelta()


async def test_one_member_at_the_limit_holds_back_a_message_to_several(redis: Redis) -> None:
    pace = Pace(redis, FrozenClock(NOW))
    for number in range(PER_MINUTE):
        await pace.wait(["amei"], f"m{number}")
    assert await pace.wait(["xiaolu", "amei"], "both") > timedelta()
    for number in range(PER_MINUTE):
        assert await pace.wait(["xiaolu"], f"x{number}") == timedelta()


async def test_the_same_message_tried_again_takes_one_place(redis: Redis) -> None:
    pace = Pace(redis, FrozenClock(NOW))
    for _ in range(3 * PER_MINUTE):
        assert await pace.wait(["amei"], "same") == timedelta()


async def test_nobody_waits_while_redis_is_away() -> None:
    away = Redis.from_url("redis://127.0.0.1:1/0")
    pace = Pace(away, FrozenClock(NOW))
    for number in range(2 * PER_MINUTE):
        assert await pace.wait(["amei"], f"m{number}") == timedelta()
    await away.aclose()
