"""A new version in mid-flight: who runs by the old one goes on by it; stores follow their own."""

from dataclasses import dataclass, replace

import pytest

from bot.templates.files import house_templates
from desk.commands import Command, Outcome
from desk.conversations.model import Conversation, InboxRow
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.ids import CustomerId
from desk.store.database import Database
from desk.templates.commands import PublishTemplates
from desk.templates.model import Step, Transition
from desk.templates.versions import EVERYWHERE
from desk.tickets.commands import OpenTicket, TakeTicket
from desk.tickets.model import Ticket, TicketKind, TicketState
from desk.tickets.steps.commands import StepTicket
from tests.clocks import FrozenClock
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation

FIRST = next(each for each in house_templates() if each.id == "urge")
SECOND = replace(
    FIRST,
    steps=(*FIRST.steps, Step("checking", "查库存", TicketState.WAITING_INSIDE)),
    transitions=(
        Transition("todo", "checking", "先查库存"),
        Transition("checking", "shipped", "已发货"),
        *(each for each in FIRST.transitions if each.origin != "todo"),
    ),
)
"""From the first step one can only go and look for stock."""


@dataclass
class Desk:
    """One customer's conversation on the real database, and work done for it."""

    library: Database
    clock: FrozenClock
    conversation: Conversation
    customer: CustomerId
    row: InboxRow
    turns: int = 0

    async def do(self, *commands: Command) -> None:
        """Settle commands in a transaction of their own."""
        self.turns += 1
        async with self.library.open() as books:
            work = Work(books, plain_handbook(FakeStaff()), self.clock)
            outcome = Outcome(do=commands)
            await work.settle(outcome, self.conversation, self.row.id, f"turn {self.turns}")

    async def open(self, order_no: str, store: str = "") -> str:
        """Open a ticket about an order; its number."""
        asked = OpenTicket(
            kind=TicketKind.URGE,
            priority=None,
            summary="怎么还不发货",
            customer=self.customer,
            conversation=self.conversation.id,
            order_no=order_no,
            store=store,
        )
        await self.do(asked)
        known = await self.library.tickets.of_customer(self.customer, 20)
        return next(each.number for each in known if each.order_no == order_no)

    async def at(self, number: str) -> Ticket:
        """How a ticket stands."""
        found = await self.library.tickets.by_number(number)
        assert found is not None
        return found

    async def goes(self, number: str, step: str) -> str:
        """Somebody takes it and lets it go to a step; where it stands then."""
        if (await self.at(number)).state is TicketState.OPEN:
            await self.do(TakeTicket(number, "amei"))
        await self.do(StepTicket(number, "amei", step))
        return (await self.at(number)).step


@pytest.fixture
async def desk(library: Database, clock: FrozenClock) -> Desk:
    made = Desk(library, clock, *await conversation(library, clock))
    await made.do(PublishTemplates((FIRST,), "manyun"))
    return made


async def test_a_running_ticket_goes_on_by_its_version_a_new_one_by_the_new(desk: Desk) -> None:
    old = await desk.open("E1")
    await desk.do(PublishTemplates((SECOND,), "manyun"))
    new = await desk.open("E2")
    assert [(await desk.at(each)).template_version for each in (old, new)] == [1, 2]
    assert await desk.goes(old, "checking") == "todo", "version 1 knows no such step"
    assert await desk.goes(old, "asked") == "asked"
    assert await desk.goes(new, "asked") == "todo", "version 2 has no such way"
    assert await desk.goes(new, "checking") == "checking"
    assert await desk.goes(new, "shipped") == "shipped"
    assert await desk.goes(old, "shipped") == "shipped"
    assert {(await desk.at(each)).state for each in (old, new)} == {TicketState.SOLVED}


async def test_one_store_is_on_the_second_version_while_the_other_stays(desk: Desk) -> None:
    await desk.do(PublishTemplates((SECOND,), "manyun", ("xujiahui",)))
    here, there = await desk.open("E1", "xujiahui"), await desk.open("E2", "wujiaochang")
    assert await desk.goes(here, "checking") == "checking"
    assert await desk.goes(there, "asked") == "asked"
    third = replace(FIRST, about="催")
    await desk.do(PublishTemplates((third,), "manyun", (EVERYWHERE,)))
    later = [await desk.open("E3", "xujiahui"), await desk.open("E4", "wujiaochang")]
    assert [(await desk.at(each)).template_version for each in later] == [2, 3]


async def test_two_managers_who_publish_leave_one_version_in_force(desk: Desk) -> None:
    await desk.do(
        PublishTemplates((SECOND,), "manyun"),
        PublishTemplates((replace(FIRST, about="催"),), "qin"),
    )
    found = await desk.library.templates.in_force("urge")
    assert found is not None
    assert found.version == 3
    known = await desk.library.templates.history("urge")
    assert [each.template.version for each in known] == [3, 2, 1]
