"""Runs migrations: on a connection that is handed in, or on DATABASE_URL for the command line."""

import asyncio
import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

from desk.store.columns import Words
from desk.store.database import asyncpg_url
from desk.store.tables import metadata


def plainly(kind: str, item: object, _autogenerate: object) -> str | Literal[False]:
    """Write our own column types as the plain ones they are: a migration outlives our code."""
    return "sa.Text()" if kind == "type" and isinstance(item, Words) else False


def run_on(connection: Connection) -> None:
    """Run the migrations on a connection."""
    context.configure(connection=connection, target_metadata=metadata, render_item=plainly)
    with context.begin_transaction():
        context.run_migrations()


async def run_from_command_line() -> None:
    """Run the migrations on the database of the environment."""
    engine = create_async_engine(asyncpg_url(os.environ["DATABASE_URL"]), poolclass=pool.NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(run_on)
    await engine.dispose()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    run_on(handed_in)
else:
    asyncio.run(run_from_command_line())
