"""One running house for all stories of a worker; each story brings customers of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.stories.world import World
from tools.local import House, Ports, free_port, start_all


@pytest.fixture(scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Sandbox, NLU and bot as real processes."""
    folder: Path = tmp_path_factory.mktemp("house")
    house = House(Ports(free_port(), free_port(), free_port()), folder)
    try:
        await start_all(house)
        yield house
    finally:
        await house.stop()


@pytest.fixture
async def world(house: House) -> AsyncIterator[World]:
    """The house from its seats, everything well and the clock straight."""
    async with aiohttp.ClientSession(house.sandbox_url) as control:
        async with control.get("/sandbox/state") as answer:
            accounts = [each["open_kfid"] for each in (await answer.json())["kf_accounts"]]
        world = World(house, control, accounts)
        yield world
        await world.well_again()
