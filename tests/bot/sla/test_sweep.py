"""Whoever is late is told of, each step once; who acts in time is left in peace."""

import asyncio
from datetime import timedelta

from desk.tickets.commands import (
    AcknowledgeTicket,
    FinishTicket,
    NoteOnTicket,
    OpenTicket,
    ReopenTicket,
    ResumeTicket,
    TakeTicket,
    WaitOnTicket,
)
from desk.tickets.model import Priority, TicketKind, TicketState
from tests.bot.sla.late import NUMBER, LateDesk
from tests.clocks import NOON


async def test_before_it_is_due_everybody_with_the_skill_hears_while_nobody_owns_it(
    late: LateDesk,
) -> None:
    await late.opens()
    assert await late.after(minutes=11) == []
    assert await late.after(minutes=1) == ["amei: sla.what.warning_first"]
    assert await late.after(minutes=1) == []


async def test_nobody_takes_an_urgent_one_and_each_step_comes_once(late: LateDesk) -> None:
    await late.opens()
    assert await late.after(minutes=20) == ["amei,fangjie: sla.what.breach_first"]
    assert await late.after(hours=1) == ["manyun: sla.what.breach_first"]
    assert await late.after(minutes=15) == ["amei: sla.what.warning_solution"]
    assert await late.after(minutes=30) == [
        "amei,fangjie: sla.what.breach_solution",
        "customer: sla.customer.late",
    ]
    assert await late.after(minutes=1) == []


async def test_in_seventy_two_hours_each_step_comes_once_and_stands_in_the_history(
    late: LateDesk,
) -> None:
    await late.opens(TicketKind.REPAIR, Priority.NORMAL)
    told = [line for _ in range(75) for line in await late.after(hours=1)]
    assert sorted(told) == sorted(
        (
            "amei,dazhi: sla.what.warning_first",
            "amei,dazhi,fangjie: sla.what.breach_first",
            "manyun: sla.what.breach_first",
            "amei,dazhi: sla.what.warning_solution",
            "amei,dazhi,fangjie: sla.what.breach_solution",
            "customer: sla.customer.late",
            "manyun: sla.what.breach_solution",
            "fangjie: sla.what.untouched",
            "manyun: sla.what.untouched",
            "fangjie,manyun: sla.what.unsolved",
        )
    )
    history = await late.history()
    assert history.count("escalated") == 9
    assert history.count("breached_solution") == 1
    assert history.count("warned") == 2


async def test_a_clock_that_stood_still_for_three_days_tells_each_step_once(
    late: LateDesk,
) -> None:
    await late.opens()
    at_once = await late.after(hours=73)
    assert at_once.count("fangjie: sla.what.untouched") == 1
    assert await late.after(hours=1) == []


async def test_ten_tickers_at_once_tell_everything_once(late: LateDesk) -> None:
    await late.opens()
    late.clock.turn(timedelta(hours=3))
    await asyncio.gather(*(late.desk().run() for _ in range(10)))
    told = await late.outbox()
    assert told.count("amei,fangjie: sla.what.breach_solution") == 1
    assert told.count("customer: sla.customer.late") == 1
    assert (await late.history()).count("breached_solution") == 1


async def test_who_takes_it_stops_the_ladder(late: LateDesk) -> None:
    await late.opens()
    await late.after(minutes=20)
    await late.do(TakeTicket(NUMBER, "amei"))
    assert "card: ticket.card.taken_by" in await late.outbox()
    assert await late.after(minutes=50) == []


async def test_who_acknowledges_is_the_last_to_be_told(late: LateDesk) -> None:
    await late.opens()
    await late.do(TakeTicket(NUMBER, "amei"))
    assert "amei,fangjie: sla.what.breach_solution" in await late.after(hours=2, minutes=1)
    await late.do(AcknowledgeTicket(NUMBER, "amei"))
    assert "card: ticket.card.followed_by" in await late.outbox()
    assert await late.after(hours=5) == []
    assert (await late.history())[-1] == "acknowledged"


async def test_what_is_done_in_time_is_kept_however_late_somebody_sweeps(late: LateDesk) -> None:
    await late.opens()
    late.clock.turn(timedelta(minutes=10))
    await late.do(FinishTicket(NUMBER, "amei", "已补发"))
    await late.outbox()
    assert await late.after(hours=80) == []
    async with late.library.open() as books:
        kept = await books.deadlines.of_ticket((await late.ticket()).id)
    assert [(each.met_at, each.breached_at) for each in kept] == [
        (NOON + timedelta(minutes=10), None)
    ] * 2


async def test_what_is_done_too_late_is_broken_even_if_nobody_swept(late: LateDesk) -> None:
    await late.opens()
    late.clock.turn(timedelta(hours=3))
    await late.do(FinishTicket(NUMBER, "amei"))
    async with late.library.open() as books:
        kept = await books.deadlines.of_ticket((await late.ticket()).id)
    assert {each.which: each.breached_at for each in kept} == {
        "first": NOON + timedelta(minutes=15),
        "solution": NOON + timedelta(hours=2),
    }


async def test_while_the_customer_is_waited_for_no_time_passes(late: LateDesk) -> None:
    await late.opens()
    await late.do(TakeTicket(NUMBER, "amei"))
    late.clock.turn(timedelta(minutes=30))
    await late.do(WaitOnTicket(NUMBER, "amei", "请发一张面单照片"))
    assert "customer: ticket.asks" in await late.outbox()
    assert await late.after(hours=60) == ["amei: sla.what.waiting"]
    await late.do(ResumeTicket(NUMBER, "customer", "照片发了"))
    ticket = await late.ticket()
    assert ticket.state is TicketState.TAKEN
    assert ticket.due_at == late.clock.now() + timedelta(minutes=90)
    assert await late.outbox() == ["amei: ticket.answered"]
    assert await late.after(minutes=24) == ["amei: sla.what.warning_next"]


async def test_a_customer_who_never_answers_is_not_forgotten(late: LateDesk) -> None:
    await late.opens()
    await late.do(TakeTicket(NUMBER, "amei"))
    await late.do(WaitOnTicket(NUMBER, "amei", "请拍张照片"))
    await late.outbox()
    assert await late.after(hours=23) == []
    assert await late.after(hours=1) == ["amei: sla.what.waiting"]
    assert await late.after(hours=48) == ["amei: sla.what.waiting"]
    assert await late.after(hours=96) == ["amei,fangjie: sla.what.waiting"]


async def test_who_answers_is_not_waited_for_any_more(late: LateDesk) -> None:
    await late.opens()
    await late.do(TakeTicket(NUMBER, "amei"))
    await late.do(WaitOnTicket(NUMBER, "amei", "请拍张照片"))
    await late.do(ResumeTicket(NUMBER, "customer", "在图里"))
    told = [line for _ in range(30) for line in await late.after(hours=1)]
    assert not any("sla.what.waiting" in line for line in told)


async def test_while_a_colleague_is_waited_for_time_passes(late: LateDesk) -> None:
    await late.opens()
    await late.do(TakeTicket(NUMBER, "amei"))
    await late.do(WaitOnTicket(NUMBER, "amei", "等仓库", inside=True))
    await late.outbox()
    assert "amei,fangjie: sla.what.breach_solution" in await late.after(hours=2, minutes=1)


async def test_a_note_begins_the_48_hours_again(late: LateDesk) -> None:
    await late.opens(priority=Priority.NORMAL)
    await late.after(hours=47)
    await late.do(NoteOnTicket(NUMBER, "amei", "在催"))
    await late.outbox()
    assert await late.after(hours=2) == []
    assert await late.after(hours=46) == ["fangjie: sla.what.untouched"]


async def test_a_reopened_ticket_keeps_its_number_and_is_due_again(late: LateDesk) -> None:
    await late.opens()
    await late.do(FinishTicket(NUMBER, "amei"))
    late.clock.turn(timedelta(hours=20))
    await late.do(ReopenTicket(NUMBER, "customer", "没解决"))
    ticket = await late.ticket()
    assert (ticket.state, ticket.owner, ticket.solved_at) == (TicketState.TAKEN, "amei", None)
    assert ticket.due_at == late.clock.now() + timedelta(hours=2)
    await late.outbox()
    assert "amei,fangjie: sla.what.breach_solution" in await late.after(hours=2, minutes=1)


async def test_in_danger_minutes_count(late: LateDesk) -> None:
    await late.opens(TicketKind.EMERGENCY)
    told = await late.after(minutes=6)
    (line,) = told
    assert "fangjie" in line
    assert line.endswith("sla.what.breach_first")


async def test_a_customer_out_of_reach_is_a_task_for_the_owner(late: LateDesk) -> None:
    await late.opens(priority=Priority.URGENT)
    await late.do(TakeTicket(NUMBER, "amei"))
    await late.outbox()
    told = await late.after(hours=49)
    assert "amei: sla.customer.by_hand" in told
    assert not [line for line in told if line.startswith("customer:")]


async def test_of_a_customer_whom_nobody_knows_the_card_says_enough(late: LateDesk) -> None:
    await late.do(OpenTicket(TicketKind.LOGISTICS, Priority.URGENT, "快递卡住", None, None))
    await late.do(TakeTicket(NUMBER, "amei"))
    await late.outbox()
    told = await late.after(hours=3)
    assert "amei,fangjie: sla.what.breach_solution" in told
    assert "amei: sla.customer.by_hand" not in told
    async with late.library.open() as books:
        lines = await books.tickets.history(NUMBER)
    assert "customer_told" not in [each.what for each in lines]
