"""Holidays of next year that nobody knows are told of: once, in time, where they matter."""

from datetime import UTC, datetime

import pytest

from bot.merchant import BadShopsFile
from bot.sla.morning import DueToday
from bot.sla.next_year import ANNOUNCED, LAST_CALL, unknown_year
from bot.sla.reading import read_terms
from desk.conversations.outgoing import TellStaff
from desk.handbook import Handbook
from desk.kernel.messages import Say
from desk.staff.hours import ServiceHours
from desk.store.database import Database
from tests.clocks import FrozenClock
from tests.fakes.staff import FakeStaff

CLOSED: dict[str, object] = {"holidays": "closed"}


def year(sla: dict[str, object], at: datetime, month: int = ANNOUNCED) -> int | None:
    return unknown_year(read_terms(sla, ServiceHours(), BadShopsFile).calendar, at, month)


@pytest.mark.parametrize(
    ("at", "month", "told"),
    [
        (datetime(2098, 9, 30, 15, 59, tzinfo=UTC), ANNOUNCED, None),
        (datetime(2098, 9, 30, 16, tzinfo=UTC), ANNOUNCED, 2099),
        (datetime(2098, 10, 1, tzinfo=UTC), LAST_CALL, None),
        (datetime(2098, 12, 1, tzinfo=UTC), LAST_CALL, 2099),
        (datetime(2025, 12, 1, tzinfo=UTC), LAST_CALL, None),
    ],
)
def test_it_is_told_from_a_month_on_by_the_merchants_time(
    at: datetime, month: int, told: int | None
) -> None:
    assert year(CLOSED, at, month) == told


def test_it_does_not_matter_where_holidays_are_as_any_day_or_are_written_down() -> None:
    at = datetime(2098, 12, 1, tzinfo=UTC)
    assert year({}, at) is None
    assert year({"make_up": "09:00-18:00"}, at) == 2099
    assert year({**CLOSED, "special": {datetime(2099, 1, 1).date(): "closed"}}, at) is None  # noqa: DTZ001  a day has no zone


async def test_managers_read_it_once_in_december(library: Database) -> None:
    clock, staff = FrozenClock(datetime(2098, 12, 1, 2, tzinfo=UTC)), FakeStaff()
    terms = read_terms(CLOSED, ServiceHours(), BadShopsFile)
    morning = DueToday(library, Handbook(staff, (), terms), clock)
    assert await morning.run()
    async with library.open() as books:
        (sent,) = await books.outbox.claim(clock.now(), clock.now(), 5)
    assert isinstance(sent.entry.body, TellStaff)
    assert isinstance(sent.entry.body.reply, Say)
    assert sent.entry.body.to == ("manyun",)
    assert sent.entry.body.reply.phrase.params == {"year": 2099}
    clock.at = datetime(2098, 12, 2, 2, tzinfo=UTC)
    assert not await morning.run()
