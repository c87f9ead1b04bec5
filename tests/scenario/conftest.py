"""The days of a desk, each played on a database of its own."""

from collections.abc import Awaitable, Callable

import pytest

from bot.engines import Urls
from desk.store.database import Database
from tests.conftest import WORKER
from tests.databases import migrated_database
from tools.three_days.days import Days, Script
from tools.three_days.trail import Trail

Play = Callable[[Script], Awaitable[Trail]]


@pytest.fixture(scope="session")
async def play(engine_urls: Urls) -> Play:
    async def played(script: Script) -> Trail:
        name = f"days_{WORKER}"
        async with migrated_database(engine_urls.database, name) as url, Database(url) as library:
            return await Days(library, script).play()

    return played


@pytest.fixture(scope="session")
async def two_days(play: Play) -> Trail:
    """Two days with an evening on which everybody writes at once."""
    return await play(Script(seed=7, hours=48, tickets=60))
