"""Solved tickets are closed after a while, once, however many look."""

import asyncio
from datetime import timedelta

import pytest

from bot.merchant import BadShopsFile
from bot.sla.closing import ClosingDesk
from desk.sla.terms import Terms
from desk.staff.directory import Staff
from desk.tickets.commands import FinishTicket, OpenTicket, ReopenTicket
from desk.tickets.model import Priority, TicketKind, TicketState
from desk.tickets.sorting.commands import WatchTicket
from tests.bot.sla.late import NUMBER, LateDesk, terms
from tests.fakes.staff import AMEI, FakeStaff


async def close(late: LateDesk, **span: float) -> int:
    """Let time pass and look what is to be closed."""
    late.clock.turn(timedelta(**span))
    return await ClosingDesk(late.library, late.handbook, late.clock).run()


async def what(late: LateDesk, number: str = NUMBER) -> list[str]:
    return [each.what for each in await late.library.tickets.history(number)]


async def test_a_ticket_is_closed_seven_days_after_it_was_solved(late: LateDesk) -> None:
    await late.opens()
    await late.do(FinishTicket(NUMBER, "amei"))
    await late.outbox()
    assert await close(late, days=7) == 0
    assert await close(late, seconds=1) == 1
    assert (await late.ticket()).state is TicketState.CLOSED
    assert await what(late) == ["opened", "solved", "closed"]
    assert await late.outbox() == []


async def test_what_was_opened_again_is_counted_from_the_last_time(late: LateDesk) -> None:
    await late.opens()
    await late.do(FinishTicket(NUMBER, "amei"))
    late.clock.turn(timedelta(days=5))
    await late.do(ReopenTicket(NUMBER, "customer"))
    assert await close(late, days=5) == 0
    await late.do(FinishTicket(NUMBER, "amei"))
    assert await close(late, days=6) == 0
    assert await close(late, days=2) == 1


async def test_of_many_who_look_each_ticket_is_closed_by_one(late: LateDesk) -> None:
    for number in range(12):
        opened = OpenTicket(
            TicketKind.LOGISTICS, Priority.NORMAL, "慢", None, None, order_no=f"E{number}"
        )
        await late.do(opened, FinishTicket(f"T-20261121-{number + 1:04d}", "amei"))
    late.clock.turn(timedelta(days=8))
    desks = [ClosingDesk(late.library, late.handbook, late.clock) for _ in range(5)]
    assert sum(await asyncio.gather(*(each.run() for each in desks))) == 12
    for number in range(12):
        lines = await what(late, f"T-20261121-{number + 1:04d}")
        assert lines.count("closed") == 1


async def test_who_left_does_not_keep_a_ticket_from_being_closed(late: LateDesk) -> None:
    await late.opens()
    await late.do(FinishTicket(NUMBER, "amei"))
    late.staff = FakeStaff((Staff("new", "新人", AMEI.role),))
    assert await close(late, days=8) == 1


@pytest.mark.parametrize(("given", "days"), [({}, 7), ({"close_after": "36h"}, 1.5)])
def test_the_merchant_says_after_how_long(given: dict[str, object], days: float) -> None:
    assert terms(**given).close_after == timedelta(days=days)


def test_a_span_that_is_none_is_named_with_its_place() -> None:
    with pytest.raises(BadShopsFile, match=r"sla\.close_after"):
        terms(close_after="soon")


async def test_who_watches_hears_once_that_it_is_late(late: LateDesk) -> None:
    await late.opens()
    await late.do(WatchTicket(NUMBER, "fangjie", ("xiaolu",)))
    told = await late.after(hours=3)
    assert [each for each in told if "xiaolu" in each and "watch.late" in each]
    again = await late.after(hours=1)
    assert not [each for each in again if "watch.late" in each]


def test_the_usual_span_is_a_week() -> None:
    assert Terms(terms().calendar).close_after == timedelta(days=7)
