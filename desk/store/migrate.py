"""Brings a database to the newest schema; many processes may start at once."""

import asyncio
from contextlib import aclosing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, pool, select
from sqlalchemy.ext.asyncio import create_async_engine

from desk.store.database import asyncpg_url
from desk.store.errors import connecting, unavailable

_ONE_AT_A_TIME = 7_265_000
"""Any number, as long as nobody else takes it for another advisory lock."""

_PATIENCE = 120
"""Seconds, waiting for others included."""


async def migrate(database_url: str, to: str = "head") -> None:
    """Bring the database to a revision, in one transaction; others who try meanwhile wait.

    Raises:
        Unavailable: the database cannot be reached.
    """
    engine = create_async_engine(asyncpg_url(database_url), poolclass=pool.NullPool)
    try:
        async with asyncio.timeout(_PATIENCE):
            with connecting():
                connection = await engine.connect()
            async with aclosing(connection), connection.begin():
                await connection.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
                await connection.run_sync(upgrade, to)
    except TimeoutError as error:
        raise unavailable() from error
    finally:
        await engine.dispose()


def upgrade(connection: Connection, to: str = "head") -> None:
    """Upgrade inside the transaction that is open on this connection."""
    config = migrations()
    current = MigrationContext.configure(connection).get_current_revision()
    if to == "head" and current == ScriptDirectory.from_config(config).get_current_head():
        return
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def migrations() -> Config:
    """Where Alembic finds the migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
