"""Migrations lead from nothing, and from data, to just the schema that the code means."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

from bot.engines import Urls
from desk.customers.model import Evidence, buyer_name
from desk.shops.port import BuyerId
from desk.store.database import Database
from desk.store.migrate import migrate, migrations
from desk.store.tables import metadata
from tests.clocks import FrozenClock
from tests.conftest import WORKER
from tests.databases import administrator, empty_database
from tests.store.making import lease_next, message, put


@pytest.fixture
async def empty_url(engine_urls: Urls) -> AsyncIterator[str]:
    async with empty_database(engine_urls.database, f"empty_{WORKER}") as url:
        yield url


@pytest.mark.timeout(180)
async def test_many_processes_may_migrate_an_empty_database_at_once(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(5)))
    assert await _missing(empty_url) == []


async def test_autogenerate_finds_nothing_to_do(database_url: str) -> None:
    assert await _missing(database_url) == []


async def test_autogenerate_would_find_a_forgotten_migration(empty_url: str) -> None:
    assert await _missing(empty_url) != []


async def test_what_is_stored_is_there_after_every_upgrade(
    empty_url: str, clock: FrozenClock
) -> None:
    await migrate(empty_url, "0001")
    async with Database(empty_url) as library:
        await put(library, clock, message("m1"))
    await migrate(empty_url)
    async with Database(empty_url) as library:
        lease = await lease_next(library, clock)
    assert lease is not None
    assert [row.incoming for row in lease.rows] == [message("m1")]


OLD_CUSTOMER = """
INSERT INTO customers (id, created_at) VALUES (md5('c')::uuid, '2026-11-01T04:00:00Z');
INSERT INTO identities (namespace, value, customer_id, evidence, linked_at) VALUES
  ('external_userid', 'wm1', md5('c')::uuid, 'wecom', '2026-11-01T04:00:00Z'),
  ('shop:youzan', 'yz-guessed', md5('c')::uuid, 'order_and_phone', '2026-11-01T04:00:00Z'),
  ('shop:youzan', 'yz-bridged', md5('c')::uuid, 'platform_bridge', '2026-11-01T04:00:00Z');
INSERT INTO conversations (id, key, channel, account, person, customer_id, dialogue, created_at)
SELECT md5('v' || n)::uuid, n, 'wecom_kf', 'kf' || n, 'wm1', md5('c')::uuid, '{}',
  '2026-11-01T04:00:00Z' FROM generate_series(1, 2) n;
INSERT INTO proven_orders (customer_id, shop, order_no, proven_at)
VALUES (md5('c')::uuid, 'tmall', '2816', '2026-11-01T04:00:00Z');
"""


async def test_who_was_a_buyer_by_a_phone_tail_is_suggested_and_proven_orders_stay_open(
    empty_url: str,
) -> None:
    await migrate(empty_url, "0004")
    async with administrator(empty_url) as connection:
        await connection.execute(OLD_CUSTOMER)
    await migrate(empty_url)
    async with Database(empty_url) as library:
        customer = await library.customers.by_external_userid("wm1")
        assert customer is not None
        (suggestion,) = await library.customers.suggestions(customer.id, 5)
    assert [each.buyer for each in customer.links] == [BuyerId("youzan", "yz-bridged")]
    assert suggestion.like == buyer_name(BuyerId("youzan", "yz-guessed"))
    assert suggestion.evidence is Evidence.ORDER_AND_PHONE
    assert len({each.conversation for each in customer.proven_orders}) == 2
    assert {(each.order_no, each.until.isoformat()) for each in customer.proven_orders} == {
        ("2816", "2026-12-01T04:00:00+00:00")
    }


async def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(migrations()).get_heads()) == 1


async def _missing(url: str) -> list[object]:
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        differences: list[object] = await connection.run_sync(_compare)
    await engine.dispose()
    return differences


def _compare(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, metadata))
