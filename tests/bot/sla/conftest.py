"""A late desk for each test."""

import pytest

from desk.store.database import Database
from tests.bot.sla.late import LateDesk
from tests.clocks import FrozenClock
from tests.store.making import conversation


@pytest.fixture
async def late(library: Database, clock: FrozenClock) -> LateDesk:
    return LateDesk(library, clock, *await conversation(library, clock))
