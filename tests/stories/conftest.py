"""One running house for all stories of a worker; each story brings customers of its own."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.stories.world import World
from tools.local import MERCHANT, House, Ports, free_port, start_all


@pytest.fixture(scope="session", autouse=True)
def no_watch() -> Iterator[None]:
    """Whether a parcel of the seeds is stuck depends on the weekday: not in these stories."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARCEL_WATCH", "false")
        yield


@pytest.fixture(scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Sandbox, NLU and bot as real processes."""
    folder: Path = tmp_path_factory.mktemp("house")
    extra = {"SHOPS_FILE": str(_open_all_day(folder))}
    house = House(Ports(free_port(), free_port(), free_port()), folder, extra)
    try:
        await start_all(house)
        yield house
    finally:
        await house.stop()


def _open_all_day(folder: Path) -> Path:
    """The merchant's file with people there at any hour: these stories run by the real time."""
    shops = (MERCHANT / "shops.yml").read_text(encoding="utf-8")
    file = folder / "shops.yml"
    file.write_text(f'{shops}\nservice_hours: "00:00-24:00"\n', encoding="utf-8")
    return file


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
