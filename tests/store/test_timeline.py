"""The timeline of a person: one stream, in order, page by page, of all their customers."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desk.commands import Command, Outcome
from desk.conversations.incoming import Media, Text
from desk.coupons.commands import GrantCoupon
from desk.customers.commands import LinkName, MergeCustomers, ProveOrder, UnmergeCustomer
from desk.customers.model import Evidence, buyer_name
from desk.customers.timeline import (
    CouponGranted,
    Entry,
    Heard,
    KinChanged,
    Ordered,
    Purchases,
    Rated,
    Refunded,
    TicketMoved,
)
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.ids import ConversationId, CustomerId, RatingId, uuid7
from desk.kernel.money import Fen
from desk.ratings.model import Rating
from desk.shops.port import BuyerId, Order, OrderStatus, Refund, RefundStatus
from desk.store.database import Database
from desk.sync.model import Source
from desk.tickets.commands import FinishTicket, OpenTicket
from desk.tickets.model import Priority, TicketKind
from tests.actions.goods import SHIPPED
from tests.clocks import NOON, FrozenClock
from tests.desk.work.house import FULL
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation, message, put

BUYER = BuyerId("youzan-main", "yz-1")
MINUTE = timedelta(minutes=1)


def order(number: str, status: OrderStatus, at: datetime, *refunds: Refund) -> Order:
    """An order of the buyer for 100 yuan."""
    return replace(
        SHIPPED,
        shop=BUYER.shop,
        number=number,
        buyer=BUYER,
        status=status,
        created_at=at,
        updated_at=at,
        payment=Fen(10000),
        refunds=refunds,
    )


async def do(library: Database, clock: FrozenClock, *commands: Command) -> None:
    """Settle commands a minute later."""
    seed = str(clock.turn(MINUTE))
    async with library.open() as books:
        work = Work(books, plain_handbook(FakeStaff(), (FULL,)), clock)
        await work.settle(Outcome(do=commands), None, None, seed)


async def book(library: Database, clock: FrozenClock, *orders: Order) -> None:
    """Write orders into the book."""
    async with library.open() as books:
        for each in orders:
            await books.orders.note(each, Source.PULL, clock.now())


def kinds(entries: tuple[Entry, ...]) -> list[type]:
    """What happened, without the details."""
    return [type(each) for each in entries]


@pytest.fixture
async def lived(
    library: Database, clock: FrozenClock
) -> tuple[CustomerId, CustomerId, ConversationId]:
    """Two customers of one person, to whom everything happened once."""
    talk, customer, _ = await conversation(library, clock)
    _, other, _ = await conversation(library, clock, "wm2")
    said = Text("打我13812345678 我的鞋子到底什么时候才能送到我家里来呢等了好久")
    await put(library, clock, message("m2", said, sent_at=NOON + MINUTE))
    picture = Media("image", {"media_id": "x"})
    await put(library, clock, message("m3", picture, sent_at=NOON + 2 * MINUTE))
    clock.turn(3 * MINUTE)
    refund = Refund("r1", RefundStatus.REFUNDED, Fen(5900), NOON + 5 * MINUTE)
    await book(library, clock, order("E1", OrderStatus.SHIPPED, NOON + 4 * MINUTE, refund))
    clock.turn(3 * MINUTE)
    ticket = OpenTicket(
        kind=TicketKind.LOGISTICS,
        priority=Priority.HIGH,
        summary="三天没有更新物流",
        customer=customer,
        conversation=talk.id,
    )
    await do(library, clock, ticket)
    await do(library, clock, FinishTicket("T-20261121-0001", "amei", ""))
    await do(library, clock, GrantCoupon(customer, talk.id, FULL.id, "x", BUYER))
    async with library.open() as books:
        rating = Rating(RatingId(uuid7()), talk.id, customer, "amei", clock.now())
        await books.ratings.ask(rating)
        await books.ratings.rate(replace(rating, score=5), clock.turn(MINUTE))
    await do(library, clock, LinkName(customer, buyer_name(BUYER), Evidence.PLATFORM_BRIDGE))
    await do(library, clock, MergeCustomers(customer, other, "amei"))
    return customer, other, talk.id


async def test_everything_stands_in_one_stream_latest_first(
    library: Database, lived: tuple[CustomerId, CustomerId, ConversationId]
) -> None:
    customer, other, _ = lived
    entries = tuple(await library.timeline.of_person(customer, 50))
    assert tuple(await library.timeline.of_person(other, 50)) == entries
    assert [each.when.at for each in entries] == sorted(
        (each.when.at for each in entries), reverse=True
    )
    assert kinds(entries) == [
        KinChanged,
        Rated,
        CouponGranted,
        TicketMoved,
        TicketMoved,
        Refunded,
        Ordered,
        Heard,
        Heard,
        Heard,
        Heard,
    ]


async def test_each_entry_tells_what_it_is_and_nothing_private(
    library: Database, lived: tuple[CustomerId, CustomerId, ConversationId]
) -> None:
    entries = await library.timeline.of_person(lived[0], 50)
    merged, rated, coupon, solved, opened, refund, bought, picture, said, *_ = entries
    assert isinstance(merged, KinChanged)
    assert (merged.evidence, merged.by, merged.split) == (Evidence.STAFF, "amei", False)
    assert isinstance(rated, Rated)
    assert (rated.score, rated.servicer) == (5, "amei")
    assert isinstance(coupon, CouponGranted)
    assert (coupon.policy, coupon.state) == (FULL.id, "asked")
    assert isinstance(solved, TicketMoved)
    assert isinstance(opened, TicketMoved)
    assert [(each.what, each.by) for each in (opened, solved)] == [
        ("opened", "bot"),
        ("solved", "amei"),
    ]
    assert isinstance(refund, Refunded)
    assert (refund.order_no, refund.amount) == ("E1", Fen(5900))
    assert isinstance(bought, Ordered)
    assert (bought.number, bought.status, bought.payment) == ("E1", OrderStatus.SHIPPED, 10000)
    assert not bought.only_proven
    assert isinstance(picture, Heard)
    assert (picture.words, picture.media) == ("", "image")
    assert isinstance(said, Heard)
    assert said.words == "打我〔电话〕 我的鞋子到底什么时候才能送到我家里"


@pytest.mark.parametrize("most", [1, 2, 3, 7])
async def test_pages_together_are_the_whole_and_no_page_repeats(
    library: Database, lived: tuple[CustomerId, CustomerId, ConversationId], most: int
) -> None:
    whole = list(await library.timeline.of_person(lived[0], 50))
    pages: list[Entry] = []
    while page := await library.timeline.of_person(
        lived[0], most, pages[-1].when if pages else None
    ):
        assert len(page) <= most
        pages += page
    assert pages == whole


async def test_after_a_split_each_has_their_own_and_the_split_stands_in_both(
    library: Database,
    clock: FrozenClock,
    lived: tuple[CustomerId, CustomerId, ConversationId],
) -> None:
    customer, other, _ = lived
    await do(library, clock, UnmergeCustomer(customer, "amei"))
    mine = await library.timeline.of_person(customer, 50)
    theirs = await library.timeline.of_person(other, 50)
    assert kinds(tuple(theirs)) == [KinChanged, KinChanged, Heard]
    assert [each for each in mine if isinstance(each, KinChanged)] == list(theirs[:2])
    split = theirs[0]
    assert isinstance(split, KinChanged)
    assert split.split


async def test_an_order_that_was_only_proven_is_told_as_such(
    library: Database, clock: FrozenClock
) -> None:
    talk, customer, _ = await conversation(library, clock)
    await book(library, clock, order("E1", OrderStatus.SHIPPED, NOON))
    proof = ProveOrder(customer, talk.id, BUYER.shop, "E1", BUYER)
    await do(library, clock, proof)
    found = await library.timeline.of_person(customer, 5)
    assert [each.only_proven for each in found if isinstance(each, Ordered)] == [True]
    assert await library.timeline.purchases(customer) == ()
    await do(library, clock, LinkName(customer, buyer_name(BUYER), Evidence.STAFF, "amei"))
    found = await library.timeline.of_person(customer, 5)
    assert [each.only_proven for each in found if isinstance(each, Ordered)] == [False]


async def test_purchases_are_counted_by_shop(library: Database, clock: FrozenClock) -> None:
    _, customer, _ = await conversation(library, clock)
    back = Refund("r1", RefundStatus.REFUNDED, Fen(10000), NOON)
    asked = Refund("r2", RefundStatus.REQUESTED, Fen(10000), NOON)
    await book(
        library,
        clock,
        order("E1", OrderStatus.COMPLETED, NOON),
        order("E2", OrderStatus.REFUNDED, NOON, back),
        order("E3", OrderStatus.SHIPPED, NOON, asked),
        order("E4", OrderStatus.PENDING, NOON),
        order("E5", OrderStatus.CANCELLED, NOON),
    )
    await do(library, clock, LinkName(customer, buyer_name(BUYER), Evidence.STAFF, "amei"))
    assert await library.timeline.purchases(customer) == (
        Purchases(BUYER.shop, bought=3, returned=1, paid=Fen(30000)),
    )
