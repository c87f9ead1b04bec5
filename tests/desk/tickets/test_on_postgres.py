"""Tickets on the real database: what comes at once, what belongs together, what stands."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desk.assignment.commands import GiveTicket
from desk.commands import Outcome
from desk.customers.commands import MergeCustomers
from desk.front import Work
from desk.handbook import plain_handbook
from desk.store.database import Database
from desk.templates.versions import EVERYWHERE
from desk.tickets.commands import FinishTicket, OpenTicket, TakeTicket
from desk.tickets.kin.commands import LinkTicket, MergeTicket, UnlinkTicket
from desk.tickets.listing import Listing
from desk.tickets.model import Ticket, TicketKind, TicketState
from desk.tickets.relations import How, Link
from desk.tickets.sorting.commands import TagTicket
from desk.tickets.steps.commands import StepTicket
from tests.clocks import FrozenClock
from tests.desk.tickets.templates import RETURN, stamp
from tests.desk.work.test_on_postgres import Shopkeeper
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation

FIRST, SECOND, THIRD = (f"T-20261121-000{n}" for n in (1, 2, 3))


@pytest.fixture
async def keeper(library: Database, clock: FrozenClock) -> Shopkeeper:
    return Shopkeeper(library, clock, *await conversation(library, clock))


async def ticket(keeper: Shopkeeper, number: str) -> Ticket:
    found = await keeper.library.tickets.by_number(number)
    assert found is not None
    return found


async def somebody_waits(library: Database) -> None:
    """Until one transaction waits for another."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    async with asyncio.timeout(10), library.reading() as connection:
        while not await connection.scalar(waiting):  # noqa: ASYNC110  a database rings no bell
            await asyncio.sleep(0.02)


async def at_once(keeper: Shopkeeper, *commands: OpenTicket | TagTicket | StepTicket) -> None:
    await asyncio.gather(
        *(keeper.do(each, seed=str(number)) for number, each in enumerate(commands))
    )


async def test_of_twenty_who_name_the_order_or_not_one_ticket_comes(keeper: Shopkeeper) -> None:
    orderless = replace(keeper.delayed, order_no="")
    await at_once(keeper, *(keeper.delayed if n % 2 else orderless for n in range(20)))
    opened = await keeper.library.tickets.of_customer(keeper.customer, 50)
    assert [(each.number, each.order_no) for each in opened] == [(FIRST, "E1")]
    history = await keeper.library.tickets.history(FIRST)
    what = [each.what for each in history]
    assert (what.count("opened"), what.count("joined")) == (1, 19)


async def test_two_customers_who_are_one_person_open_one_ticket_at_once(
    keeper: Shopkeeper, library: Database, clock: FrozenClock
) -> None:
    other = Shopkeeper(library, clock, *await conversation(library, clock, "wm2"))
    await keeper.do(MergeCustomers(keeper.customer, other.customer, "xiaolu"))
    await asyncio.gather(
        *(keeper.do(keeper.delayed, seed=f"a{n}") for n in range(5)),
        *(other.do(other.delayed, seed=f"b{n}") for n in range(5)),
    )
    assert len(await library.tickets.of_customer(keeper.customer, 10)) == 1


async def test_no_tag_of_twenty_is_lost(keeper: Shopkeeper) -> None:
    await keeper.do(keeper.delayed)
    await at_once(keeper, *(TagTicket(FIRST, "amei", (f"标签{n}",)) for n in range(20)))
    assert set((await ticket(keeper, FIRST)).tags) == {f"标签{n}" for n in range(20)}


async def test_of_many_who_go_the_same_way_one_goes_it(keeper: Shopkeeper) -> None:
    async with keeper.library.open() as books:
        kept = await books.templates.publish(RETURN, stamp())
        await books.templates.put_in_force("return", kept.template.version, EVERYWHERE, stamp())
    asked = replace(keeper.delayed, kind=TicketKind.RETURN, fields={"reason": "小了"})
    await keeper.do(asked)
    await at_once(keeper, *(StepTicket(FIRST, "fangjie", "sending") for _ in range(5)))
    found = await ticket(keeper, FIRST)
    assert (found.step, found.state) == ("sending", TicketState.WAITING_CUSTOMER)
    history = await keeper.library.tickets.history(FIRST)
    assert [each.note for each in history if each.what == "step"] == ["待审核 → 等顾客寄回"]


async def test_two_that_are_merged_into_each_other_at_once_are_one(keeper: Shopkeeper) -> None:
    await keeper.do(keeper.delayed, replace(keeper.delayed, order_no="E2"))
    await asyncio.gather(
        keeper.do(MergeTicket(FIRST, SECOND, "fangjie"), seed="a"),
        keeper.do(MergeTicket(SECOND, FIRST, "fangjie"), seed="b"),
    )
    both = [await ticket(keeper, each) for each in (FIRST, SECOND)]
    assert sorted(each.merged_into for each in both) in (["", FIRST], ["", SECOND])
    assert sorted(each.state for each in both) == [TicketState.CLOSED, TicketState.OPEN]


async def test_chains_of_merging_lead_to_the_end(keeper: Shopkeeper, library: Database) -> None:
    await keeper.do(keeper.delayed, *(replace(keeper.delayed, order_no=f"E{n}") for n in (2, 3)))
    await keeper.do(MergeTicket(FIRST, SECOND, "fangjie"), seed="a")
    await keeper.do(MergeTicket(SECOND, THIRD, "fangjie"), seed="b")
    assert [each.number for each in await library.kin.parts(THIRD)] == [FIRST, SECOND]
    await keeper.do(replace(keeper.delayed, summary="又来问"), seed="c")
    assert len(await library.tickets.of_customer(keeper.customer, 10)) == 3
    several = [(await ticket(keeper, each)).id for each in (FIRST, SECOND, THIRD)]
    told = await library.kin.told_of(several)
    assert ("joined", THIRD) in [(line.what, number) for number, line in told]


async def test_links_are_kept_seen_from_both_sides_and_taken_away(
    keeper: Shopkeeper, library: Database
) -> None:
    await keeper.do(keeper.delayed, replace(keeper.delayed, order_no="E2"))
    first, second = await ticket(keeper, FIRST), await ticket(keeper, SECOND)
    await keeper.do(LinkTicket(FIRST, SECOND, "amei", How.RELATED), seed="a")
    await keeper.do(LinkTicket(SECOND, FIRST, "amei", How.CAUSE), seed="b")
    said = first.summary
    assert await library.kin.links(second.id) == (Link(How.CAUSE, FIRST, first.state, said),)
    back = Link(How.CAUSE, SECOND, first.state, said, back=True)
    assert await library.kin.links(first.id) == (back,)
    async with library.open() as books:
        assert [each.number for each in await books.kin.caused_by(first.id)] == [SECOND]
    await keeper.do(UnlinkTicket(FIRST, SECOND, "amei"), seed="c")
    assert await library.kin.links(first.id) == ()


@pytest.mark.parametrize(
    "change", ["UPDATE ticket_events SET note = 'x'", "DELETE FROM ticket_events"]
)
async def test_what_happened_is_only_ever_added_to(
    keeper: Shopkeeper, library: Database, change: str
) -> None:
    await keeper.do(keeper.delayed)
    with pytest.raises(DBAPIError, match="only ever added to"):
        async with library.reading() as connection:
            await connection.execute(text(change))
    assert len(await library.tickets.history(FIRST)) == 1


async def test_who_erases_what_a_person_said_may_do_so_for_one_transaction(
    keeper: Shopkeeper, library: Database
) -> None:
    await keeper.do(keeper.delayed)
    async with library.snapshot() as connection:
        await connection.execute(text("SET LOCAL zhanggui.erasing = 'on'"))
        await connection.execute(text("UPDATE ticket_events SET note = ''"))
        left = await connection.scalar(text("SELECT count(*) FROM ticket_events WHERE note <> ''"))
    assert left == 0


async def test_lists_are_narrowed_and_ordered_by_the_database(
    keeper: Shopkeeper, library: Database, clock: FrozenClock
) -> None:
    base = keeper.delayed
    await keeper.do(
        replace(base, store="xujiahui", tags=("易碎",)),
        replace(base, kind=TicketKind.RETURN, order_no="E2"),
        replace(base, order_no="E3", customer=None),
    )
    await keeper.do(TakeTicket(SECOND, "amei"), FinishTicket(THIRD, "amei"), seed="work")
    listed = {
        "all": Listing(),
        "mine": Listing(owners=("amei",)),
        "mine first": Listing(owners=("amei", "")),
        "store": Listing(store="xujiahui"),
        "tag": Listing(tag="易碎"),
        "kind": Listing(kind=TicketKind.RETURN),
        "customer": Listing(customer=keeper.customer),
        "late": Listing(due_before=clock.now() + timedelta(days=30)),
        "solved": Listing(states=(TicketState.SOLVED,)),
        "taken": Listing(states=(TicketState.TAKEN,)),
        "closed": Listing(states=(TicketState.CLOSED,)),
    }
    found = {
        name: "".join(each.number[-1] for each in await library.tickets.listed(wanted, 10))
        for name, wanted in listed.items()
    }
    assert found == {
        **{"all": "12", "mine": "2", "mine first": "21", "store": "1", "tag": "1"},
        **{"kind": "2", "customer": "12", "late": "12", "solved": "3", "taken": "2"},
        "closed": "",
    }
    assert [each.number for each in await library.tickets.listed(Listing(), 1, 1)] == [SECOND]


async def test_who_gives_a_ticket_on_while_it_is_taken_takes_it_from_its_owner(
    keeper: Shopkeeper, library: Database
) -> None:
    await keeper.do(keeper.delayed)
    async with library.open() as books:
        work = Work(books, plain_handbook(FakeStaff()), keeper.clock)
        take = Outcome(do=(TakeTicket(FIRST, "amei"),))
        await work.settle(take, None, None, "take")
        giving = asyncio.create_task(keeper.do(GiveTicket(FIRST, "dazhi", "fangjie"), seed="give"))
        await somebody_waits(library)
    await giving
    async with library.open() as books:
        asked = await books.assignments.asked("dazhi")
    assert [(each.ticket.number, each.ticket.owner) for each in asked] == [(FIRST, "")]


async def test_two_who_link_crosswise_at_once_make_one_link(keeper: Shopkeeper) -> None:
    for kind in (TicketKind.LOGISTICS, TicketKind.URGE):
        await keeper.do(replace(keeper.delayed, kind=kind), seed=kind)
    await asyncio.gather(
        *(
            linked_by_somebody(keeper, LinkTicket(*pair, "amei", how), f"{pair}{how}")
            for pair in ((FIRST, SECOND), (SECOND, FIRST))
            for how in How
        )
    )
    first = await ticket(keeper, FIRST)
    assert len(await keeper.library.kin.links(first.id)) == 1


async def linked_by_somebody(keeper: Shopkeeper, asked: LinkTicket, seed: str) -> None:
    """Link two tickets in nobody's conversation, so that nothing else makes it wait."""
    async with keeper.library.open() as books:
        work = Work(books, plain_handbook(FakeStaff()), keeper.clock)
        await work.settle(Outcome(do=(asked,)), None, None, seed)
