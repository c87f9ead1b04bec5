"""One fresh sandbox per test."""

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.house import House, close_house, open_house


@pytest.fixture
async def house() -> AsyncIterator[House]:
    opened = await open_house()
    yield opened
    await close_house(opened)
