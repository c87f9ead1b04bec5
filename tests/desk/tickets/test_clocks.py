"""Whoever moves a ticket on, what was promised for it runs on, waits, or is owed by another."""

from dataclasses import replace
from datetime import timedelta

import pytest
from typing_extensions import override

from desk.assignment.commands import DismissStaff, GiveTicket, ReturnTicket
from desk.commands import Command
from desk.front import Work
from desk.handbook import plain_handbook
from desk.sla.calendar import calendar_of
from desk.sla.ladder import Ladder, Recipient, Step, Trigger
from desk.sla.policy import Which
from desk.sla.terms import Terms
from desk.tickets.answering.commands import AnswerInSession
from desk.tickets.commands import FinishTicket, NoteOnTicket, TakeTicket, WaitOnTicket
from desk.tickets.kin.commands import MergeTicket
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from desk.tickets.sorting.commands import RouteTicket
from tests.desk.work.house import DELAYED, MIMI, House
from tests.fakes.staff import FakeStaff

FIRST, SECOND = "T-20261121-0001", "T-20261121-0002"
TAKEN_AWAY = [
    GiveTicket(FIRST, "dazhi", "fangjie"),
    ReturnTicket(FIRST, "amei", "换个人"),
    RouteTicket(FIRST, "fangjie", "returns"),
    DismissStaff("amei", "fangjie"),
]


LADDERS = tuple(
    Ladder(when.value, when, (Step(timedelta(hours=48), (Recipient.SUPERVISOR,)),))
    for when in (Trigger.UNTOUCHED, Trigger.WAITING)
)


class Strict(House):
    """A house that calls the supervisor for what is left alone, or waits, for two days."""

    @property
    @override
    def work(self) -> Work:
        """Work by these terms."""
        staff = FakeStaff()
        terms = Terms(calendar_of(staff.hours), ladders=LADDERS)
        handbook = replace(plain_handbook(staff), terms=terms)
        return Work(self.books.as_books, handbook, self.clock)


def ticket(house: House, number: str = FIRST) -> Ticket:
    return house.books.tickets.kept[number]


async def climbing(house: House, when: Trigger) -> bool:
    """Whether the ticket climbs that ladder."""
    climbs = await house.books.deadlines.climbs(ticket(house).id)
    return any(each.ladder == when and each.next_at is not None for each in climbs)


@pytest.fixture
async def waiting() -> House:
    """A ticket that waits for its customer, an hour long."""
    house = Strict()
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(FIRST, "amei"), WaitOnTicket(FIRST, "amei", "照片"))
    house.clock.turn(timedelta(hours=1))
    return house


@pytest.mark.parametrize("act", TAKEN_AWAY, ids=lambda act: type(act).__name__)
async def test_the_clocks_run_on_when_a_waiting_ticket_is_taken_from_its_owner(
    waiting: House, act: Command
) -> None:
    before = ticket(waiting).due_at
    await waiting.staff_does(act)
    kept = waiting.books.deadlines.kept[ticket(waiting).id, Which.SOLUTION]
    assert ticket(waiting).state is TicketState.OPEN
    assert kept.runs
    assert kept.due_at == ticket(waiting).due_at == before + timedelta(hours=1)
    assert not await climbing(waiting, Trigger.WAITING)
    assert await climbing(waiting, Trigger.UNTOUCHED)


async def test_a_note_on_what_waits_or_is_solved_calls_nobody_for_leaving_it_alone(
    waiting: House,
) -> None:
    await waiting.staff_does(NoteOnTicket(FIRST, "fangjie", "看过了"))
    assert not await climbing(waiting, Trigger.UNTOUCHED)
    assert await climbing(waiting, Trigger.WAITING)
    await waiting.staff_does(FinishTicket(FIRST, "fangjie"), NoteOnTicket(FIRST, "amei", "存档"))
    assert not await climbing(waiting, Trigger.UNTOUCHED)


async def test_an_answer_that_is_owed_on_a_merged_ticket_is_owed_on_the_other() -> None:
    house = House()
    await house.do(DELAYED)
    await house.do(replace(DELAYED, kind=TicketKind.URGE, priority=Priority.NORMAL))
    await house.staff_does(TakeTicket(FIRST, "amei"), TakeTicket(SECOND, "amei"))
    house.clock.turn(timedelta(minutes=5))
    await house.do(replace(DELAYED, summary="怎么还没到"))
    owed = house.books.deadlines.kept[ticket(house).id, Which.NEXT]
    await house.staff_does(MergeTicket(FIRST, SECOND, "amei"))
    kept = house.books.deadlines.kept[ticket(house, SECOND).id, Which.NEXT]
    assert kept.runs
    assert (kept.since, kept.due_at) == (owed.since, owed.due_at)


async def test_what_a_colleague_wrote_earlier_makes_nobody_seem_to_have_left_it_alone_since() -> (
    None
):
    house = Strict()
    await house.do(DELAYED)
    await house.staff_does(TakeTicket(FIRST, "amei"))
    wrote_at = house.clock.now()
    house.clock.turn(timedelta(hours=5))
    await house.staff_does(NoteOnTicket(FIRST, "amei", "问过仓库"))
    house.clock.turn(timedelta(minutes=5))
    await house.staff_does(AnswerInSession(MIMI.id, "amei", wrote_at))
    (climb,) = await house.books.deadlines.climbs(ticket(house).id)
    assert climb.anchor == wrote_at + timedelta(hours=5)
