"""An order is told to have come of a question that its buyer asked in the days before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.customers.model import Evidence, Identity, buyer_name
from desk.kernel.ids import ConversationId, CustomerId
from desk.kernel.money import Fen
from desk.shops.port import ItemId, Order, OrderStatus
from desk.store.database import Database
from desk.sync.commands import NoteConsult
from desk.sync.model import Source
from tests.bot.sync.shop_desk import BUYER, an_order
from tests.clocks import NOON, FrozenClock
from tests.store.making import conversation

SHOES = (ItemId("yz", "77"), ItemId("jd", "1"))
ORDERED = an_order("J1", NOON + timedelta(days=2))
"""Created at noon of the frozen day."""


async def asked(
    library: Database, clock: FrozenClock, person: str = "wm1"
) -> tuple[CustomerId, ConversationId]:
    """A customer asks about the shoes, an hour before the order."""
    here, customer, _ = await conversation(library, clock, person)
    async with library.open() as books:
        consult = NoteConsult(customer, here.id, SHOES, "学步鞋")
        await books.consults.note(consult, NOON - timedelta(hours=1))
    return customer, here.id


async def linked(library: Database, customer: CustomerId) -> None:
    async with library.open() as books:
        identity = Identity(buyer_name(BUYER), Evidence.PLATFORM_BRIDGE, NOON)
        await books.customers.link(customer, identity)


async def book(library: Database, order: Order) -> None:
    async with library.open() as books:
        await books.orders.note(order, Source.PUSH, NOON)


async def test_an_order_of_the_buyer_who_asked_is_told_to_come_of_it(
    library: Database, clock: FrozenClock
) -> None:
    customer, here = await asked(library, clock)
    await linked(library, customer)
    await book(library, ORDERED)

    consult = await library.sync.consult_of("jd", "J1")
    sold = await library.sync.sold_after_consult(NOON, NOON + timedelta(days=1))

    assert consult is not None
    assert (consult.customer, consult.conversation) == (customer, here)
    assert consult.asked_at == NOON - timedelta(hours=1)
    assert sold == (1, Fen(16900))


async def test_it_does_not_matter_whether_link_or_order_came_first(
    library: Database, clock: FrozenClock
) -> None:
    await book(library, ORDERED)
    customer, _ = await asked(library, clock)
    before = await library.sync.consult_of("jd", "J1")
    await linked(library, customer)

    assert before is None
    assert await library.sync.consult_of("jd", "J1") is not None


@pytest.mark.parametrize(
    "order",
    [
        replace(ORDERED, created_at=NOON - timedelta(hours=2)),
        replace(ORDERED, created_at=NOON + timedelta(days=8)),
        replace(ORDERED, lines=(replace(ORDERED.lines[0], item=ItemId("jd", "2")),)),
        replace(ORDERED, buyer=None),
    ],
    ids=["ordered before", "a week later", "another thing", "a hidden buyer"],
)
async def test_what_does_not_fit_did_not_come_of_it(
    library: Database, clock: FrozenClock, order: Order
) -> None:
    customer, _ = await asked(library, clock)
    await linked(library, customer)
    await book(library, order)

    assert await library.sync.consult_of("jd", "J1") is None


async def test_what_was_not_paid_in_the_end_is_not_counted_as_sold(
    library: Database, clock: FrozenClock
) -> None:
    customer, _ = await asked(library, clock)
    await linked(library, customer)
    await book(library, replace(ORDERED, status=OrderStatus.CANCELLED))

    assert await library.sync.sold_after_consult(NOON, NOON + timedelta(days=1)) == (0, Fen(0))
