"""What a colleague types to the customer in WeCom keeps the promise of an answer."""

from datetime import datetime, timedelta

import pytest

from desk.sla.policy import Which
from desk.tickets.answering.commands import AnswerInSession
from desk.tickets.commands import OpenTicket, TakeTicket, WaitOnTicket
from desk.tickets.model import Priority, TicketKind
from tests.bot.sla.late import NUMBER, LateDesk


async def writes(late: LateDesk, at: datetime | None = None, by: str = "amei") -> None:
    await late.do(AnswerInSession(late.customer, by, at or late.clock.now()))


async def adds(late: LateDesk) -> None:
    await late.do(
        OpenTicket(
            TicketKind.LOGISTICS, Priority.URGENT, "怎么还没有消息", late.customer, late.talk.id
        )
    )


async def met(late: LateDesk, which: Which) -> datetime | None:
    ticket = await late.ticket()
    async with late.library.open() as books:
        found = {each.which: each for each in await books.deadlines.of_ticket(ticket.id)}
    return found[which].met_at


@pytest.mark.parametrize("by", ["amei", "dazhi"])
async def test_the_first_response_is_met_by_whoever_writes_and_stands_there_once(
    late: LateDesk, by: str
) -> None:
    await late.opens()
    late.clock.turn(timedelta(minutes=10))
    for _ in range(3):
        await writes(late, by=by)
        late.clock.turn(timedelta(seconds=20))
    assert await met(late, Which.FIRST) == late.clock.now() - timedelta(seconds=60)
    assert (await late.history()).count("talked") == 1
    assert await late.after(minutes=10) == []


async def test_each_time_the_customer_asks_the_next_answer_counts(late: LateDesk) -> None:
    await late.opens()
    await late.do(TakeTicket(NUMBER, "amei"))
    for _ in range(2):
        await adds(late)
        late.clock.turn(timedelta(minutes=5))
        await writes(late)
        await writes(late)
        assert await met(late, Which.NEXT) == late.clock.now()
    assert (await late.history()).count("talked") == 2


async def test_what_was_written_in_time_counts_though_it_is_learnt_of_late(late: LateDesk) -> None:
    await late.opens()
    written = late.clock.now() + timedelta(minutes=14)
    assert await late.after(minutes=16)
    await writes(late, written)
    ticket = await late.ticket()
    async with late.library.open() as books:
        found = {each.which: each for each in await books.deadlines.of_ticket(ticket.id)}
    assert (found[Which.FIRST].met_at, found[Which.FIRST].breached_at) == (written, None)


async def test_what_was_written_before_the_customer_asked_answers_nothing(late: LateDesk) -> None:
    await late.opens()
    await late.do(TakeTicket(NUMBER, "amei"))
    written = late.clock.now()
    late.clock.turn(timedelta(minutes=1))
    await adds(late)
    await writes(late, written)
    assert await met(late, Which.NEXT) is None


async def test_while_the_customer_is_waited_for_nothing_begins(late: LateDesk) -> None:
    await late.opens()
    await late.do(TakeTicket(NUMBER, "amei"))
    await late.do(WaitOnTicket(NUMBER, "amei", "请拍张照片"))
    await writes(late)
    assert "talked" not in await late.history()
    assert await late.after(hours=23) != await late.after(hours=1)
