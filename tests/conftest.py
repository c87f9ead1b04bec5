"""What tests share: real engines for the whole run, a database per worker, an empty library."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from redis.asyncio import Redis
from sqlalchemy import text

from bot.engines import Urls, engines
from desk.store.database import Database
from desk.store.tables import metadata
from tests.clocks import FrozenClock
from tests.databases import migrated_database

_HOME = "ZHANGGUI_TEST_ENGINES"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """The settings that `engines` looks at."""

    data_dir: Path
    database_url: str = ""
    redis_url: str = ""


# How long an example takes tells of the machine and its other work, not of what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """Choose a place for the engines; workers of the same run inherit it."""
    if _HOME not in os.environ:
        os.environ[_HOME] = f"{os.getpid()}:{tempfile.mkdtemp(prefix='zhanggui-tests-')}"


def pytest_unconfigure() -> None:
    """Remove the engines' files, when the workers are gone."""
    owner, _, home = os.environ[_HOME].partition(":")
    if owner == str(os.getpid()):
        shutil.rmtree(home, ignore_errors=True)
        del os.environ[_HOME]


@pytest.fixture(scope="session")
async def engine_urls() -> AsyncIterator[Urls]:
    """PostgreSQL and Redis, shared by all workers of the run."""
    home = Path(os.environ[_HOME].partition(":")[2])
    async with engines(EngineSettings(home)) as urls:
        yield urls


@pytest.fixture(scope="session")
async def database_url(engine_urls: Urls) -> AsyncIterator[str]:
    """A migrated database for this worker; tests that use it share it: see `library`."""
    async with migrated_database(engine_urls.database, f"tests_{WORKER}") as url:
        yield url


@pytest.fixture(scope="session")
async def database(database_url: str) -> AsyncIterator[Database]:
    """The opened database of this worker, with what tests before have left in it."""
    async with Database(database_url) as opened:
        yield opened


@pytest.fixture
async def library(database: Database) -> Database:
    """An empty library."""
    async with database.reading() as connection:
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        await connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    return database


@pytest.fixture
async def redis_url(engine_urls: Urls) -> str:
    """An empty Redis database for this worker."""
    number = int(WORKER.removeprefix("gw")) % 16
    url = engine_urls.redis.replace("db=0", f"db={number}")
    async with Redis.from_url(url) as redis:
        await redis.flushdb()
    return url


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that stands at noon of a Saturday in Shanghai."""
    return FrozenClock()
