"""One running house for all stories of a worker; each story brings customers of its own."""

import asyncio
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
    """The house from its seats, everything well."""
    async with aiohttp.ClientSession(house.sandbox_url) as control:
        world = World(house, control)
        yield world
        await world.well_again()


@pytest.fixture
async def own_world(tmp_path: Path) -> AsyncIterator[World]:
    """A house for one story alone, without the NLU: its clock may be turned, it may be killed."""
    house = House(Ports(free_port(), free_port(), free_port()), tmp_path / "house")
    try:
        await asyncio.gather(house.start("sandbox"), house.start("bot"))
        async with aiohttp.ClientSession(house.sandbox_url) as control:
            yield World(house, control)
    finally:
        await house.stop()
