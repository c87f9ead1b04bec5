"""A room for each test; its shops are closed afterwards."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.commands.room import Room


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    yield room
    await room.floor.close()
