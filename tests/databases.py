"""Databases for tests: each made from a migrated template, which is much faster than migrating."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

import desk.store
from desk.store.migrate import migrate

_ONE_AT_A_TIME = 7_265_900
_STORE = Path(desk.store.__file__).parent


@asynccontextmanager
async def migrated_database(server: str, name: str) -> AsyncIterator[str]:
    """A database of its own with the newest schema; dropped in the end."""
    async with administrator(_named(server, "postgres")) as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", _ONE_AT_A_TIME)
        template = await _template(connection, server)
        await _create(connection, name, f"TEMPLATE {template}")
        await connection.execute("SELECT pg_advisory_unlock($1)", _ONE_AT_A_TIME)
    yield _named(server, name)
    await _drop(server, name)


@asynccontextmanager
async def empty_database(server: str, name: str) -> AsyncIterator[str]:
    """A database without any table; dropped in the end."""
    async with administrator(_named(server, "postgres")) as connection:
        await _create(connection, name, "TEMPLATE template0")
    yield _named(server, name)
    await _drop(server, name)


async def _template(connection: asyncpg.Connection, server: str) -> str:
    migrations = sorted(_STORE.glob("migrations/versions/*.py"))
    name = "template_" + sha256(b"".join(each.read_bytes() for each in migrations)).hexdigest()[:12]
    there = await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name)
    if not there:
        await connection.execute(f"CREATE DATABASE making_{name}")
        await migrate(_named(server, f"making_{name}"))
        await connection.execute(f"ALTER DATABASE making_{name} RENAME TO {name}")
    return name


async def _create(connection: asyncpg.Connection, name: str, how: str) -> None:
    await connection.execute(f"DROP DATABASE IF EXISTS {_plain(name)} WITH (FORCE)")
    await connection.execute(f"CREATE DATABASE {name} {how} STRATEGY file_copy")


async def _drop(server: str, name: str) -> None:
    async with administrator(_named(server, "postgres")) as connection:
        await connection.execute(f"DROP DATABASE {_plain(name)} WITH (FORCE)")


def _plain(name: str) -> str:
    assert re.fullmatch(r"[a-z0-9_]+", name)
    return name


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@asynccontextmanager
async def administrator(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A plain connection, for what a library does not do."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain, timeout=10)
    try:
        yield connection
    finally:
        await connection.close()
