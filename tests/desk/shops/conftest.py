"""What the tests of the floor share."""

from collections.abc import AsyncIterator

import pytest

from tests.desk.shops.house import UNHURRIED, House


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    yield house
    await house.floor.close()


@pytest.fixture
async def unhurried() -> AsyncIterator[House]:
    house = House(UNHURRIED)
    yield house
    await house.floor.close()
