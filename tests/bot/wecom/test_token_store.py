"""The token in a real Redis: shared, sealed, and no obstacle when Redis is away."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from redis.asyncio import Redis

from bot.wecom.token_store import RedisTokenStore, Token
from tests.bot.wecom.scripted_wecom import AGENT, CORP, SECRET, ScriptedWeCom, outfit

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOKEN = Token("a-token-of-wecom", NOW + timedelta(hours=2), NOW)
HOUR = timedelta(hours=1)


@pytest.fixture
async def empty(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    await client.aclose()


def store_of(redis: Redis, secret: str = SECRET) -> RedisTokenStore:
    return RedisTokenStore(redis, CORP, AGENT, secret)


async def test_what_one_process_stores_another_reads(empty: Redis) -> None:
    await store_of(empty).put(TOKEN, HOUR)
    assert await store_of(empty).get() == TOKEN


async def test_a_token_is_sealed_and_expires(empty: Redis) -> None:
    await store_of(empty).put(TOKEN, HOUR)
    [key] = await empty.keys("*")
    assert TOKEN.value.encode() not in await empty.get(key)
    assert SECRET.encode() not in key
    assert 0 < await empty.pttl(key) <= HOUR.total_seconds() * 1000


async def test_another_secret_meets_no_token(empty: Redis) -> None:
    await store_of(empty).put(TOKEN, HOUR)
    assert await store_of(empty, "a-new-secret").get() is None


async def test_rubbish_is_no_token(empty: Redis) -> None:
    await store_of(empty).put(TOKEN, HOUR)
    [key] = await empty.keys("*")
    await empty.set(key, b"rubbish")
    assert await store_of(empty).get() is None


async def test_only_one_holds_the_lock(empty: Redis) -> None:
    one, two = store_of(empty), store_of(empty)
    async with one.lock(5) as mine:
        async with two.lock(5) as other:
            assert (mine, other) == (True, False)
        async with two.lock(5) as still:
            assert not still
    async with two.lock(5) as free:
        assert free


async def test_a_lock_that_ran_out_is_not_taken_from_its_new_holder(empty: Redis) -> None:
    one, two = store_of(empty), store_of(empty)
    async with one.lock(0.02):
        await asyncio.sleep(0.05)
        held = two.lock(5)
        assert await held.__aenter__()
    async with one.lock(5) as again:
        assert not again
    await held.__aexit__(None, None, None)


async def test_many_processes_fetch_one_token(
    empty: Redis, session: aiohttp.ClientSession, wecom: ScriptedWeCom
) -> None:
    wecom.gettoken_seconds = 0.1
    kits = [outfit(session, wecom.base, store_of(empty)) for _ in range(4)]
    found = await asyncio.gather(*(kit.tokens.current() for kit in kits for _ in range(5)))
    assert set(found) == {"token-1"}
    assert wecom.tokens_issued == 1
    renewed = await asyncio.gather(*(kit.tokens.renew(refused="token-1") for kit in kits))
    assert set(renewed) == {"token-2"}
    assert wecom.tokens_issued == 2


async def test_without_redis_every_process_helps_itself(
    tmp_path: Path, session: aiohttp.ClientSession, wecom: ScriptedWeCom
) -> None:
    away = Redis.from_url(f"unix://{tmp_path}/nobody.sock")
    kit = outfit(session, wecom.base, store_of(away))
    assert await kit.tokens.current() == "token-1"
    assert await kit.tokens.current() == "token-1"
    await away.aclose()


def test_a_token_does_not_show_its_value() -> None:
    assert TOKEN.value not in repr(replace(TOKEN, forced=True))
