"""A house in which returns follow a template."""

import pytest

from tests.desk.tickets.templates import publish
from tests.desk.work.house import House


@pytest.fixture
async def house() -> House:
    house = House()
    await publish(house)
    return house
