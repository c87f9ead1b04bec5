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
from desk.store.database import Database
from desk.store.migrate import migrate, migrations
from desk.store.tables import metadata
from tests.clocks import FrozenClock
from tests.conftest import WORKER
from tests.databases import empty_database
from tests.store.making import lease_next, message, put


@pytest.fixture
async def empty_url(engine_urls: Urls) -> AsyncIterator[str]:
    async with empty_database(engine_urls.database, f"empty_{WORKER}") as url:
        yield url


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
