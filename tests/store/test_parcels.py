"""What is due about parcels is claimed once, and what is heard of them stays."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from desk.customers.model import ProvenOrder
from desk.kernel.ids import ConversationId, CustomerId, derived
from desk.kernel.money import Fen
from desk.parcels.following import begin, subscribed
from desk.parcels.model import FollowedParcel, SentOrder, Silence
from desk.parcels.ports import Due
from desk.shops.port import BuyerId, Order, OrderStatus, Parcel, ParcelStatus, Scan
from desk.shops.stuck import StuckWhy
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock
from tests.store.making import conversation

HOUR = timedelta(hours=1)
SENT = SentOrder("tmall", "2816", NOON)
PARCEL = Parcel("圆通速递", "yt1", ParcelStatus.IN_TRANSIT, (Scan(NOON, "【杭州市】已揽收"),))
FOLLOWED = begin(SENT, PARCEL, NOON)


def order(status: OrderStatus, number: str = "2816") -> Order:
    """An order of a known buyer."""
    buyer = BuyerId("tmall", "b1")
    return Order("tmall", number, status, buyer, "1234", NOON, NOON, NOON, Fen(100), ())


async def put(library: Database, *parcels: FollowedParcel) -> None:
    """Write parcels down."""
    async with library.open() as books:
        for each in parcels:
            await books.parcels.put(each)


async def read(library: Database, parcel: FollowedParcel = FOLLOWED) -> FollowedParcel:
    """The parcel as it is kept."""
    async with library.open() as books:
        found = await books.parcels.one(parcel)
    assert found is not None
    return found


async def test_a_parcel_is_kept_whole(library: Database) -> None:
    told_in, customer = ConversationId(derived("c")), CustomerId(derived("p"))
    silence = Silence(StuckWhy.SILENT, NOON, NOON + HOUR, told_in, customer, noted=True)
    whole = replace(subscribed(FOLLOWED, "kuaidi100", NOON), silence=silence, origin="浙江")
    await put(library, FOLLOWED, whole)
    async with library.open() as books:
        await books.parcels.note_told(whole, customer, NOON)

    assert await read(library) == whole
    assert whole.number == "YT1"


async def test_what_is_known_of_an_order_is_read_while_somebody_holds_it(
    library: Database,
) -> None:
    other = replace(FOLLOWED, order_no="2817")
    await put(library, FOLLOWED, other)
    async with library.open() as books:
        assert await books.parcels.one(FOLLOWED) is not None
        async with asyncio.timeout(10):
            assert await library.parcels.known_of("tmall", "2816") == (FOLLOWED,)
    assert await library.parcels.known_of("tmall", "2818") == ()


async def test_a_sent_order_is_asked_for_once_and_again_after_it_was_booked_anew(
    library: Database,
) -> None:
    async with library.open() as books:
        await books.parcels.note_order(order(OrderStatus.PAID, "1"), NOON)
        await books.parcels.note_order(order(OrderStatus.SHIPPED), NOON)
        claimed = await books.parcels.claim_order(NOON, NOON + HOUR)
        assert await books.parcels.claim_order(NOON, NOON + HOUR) is None
    assert claimed == SentOrder("tmall", "2816", NOON, 1)

    async with library.open() as books:
        await books.parcels.order_asked(claimed)
        assert await books.parcels.claim_order(NOON + 9 * HOUR, NOON) is None
        await books.parcels.note_order(order(OrderStatus.SHIPPED), NOON)
        assert await books.parcels.claim_order(NOON, NOON + HOUR) is not None


async def test_who_dies_while_asking_leaves_the_order_to_the_next(library: Database) -> None:
    async with library.open() as books:
        await books.parcels.note_order(order(OrderStatus.PART_SHIPPED), NOON)
        await books.parcels.claim_order(NOON, NOON + HOUR)
        assert await books.parcels.claim_order(NOON + HOUR, NOON + 2 * HOUR) is not None


async def test_what_is_due_is_claimed_by_one_of_two(library: Database) -> None:
    many = [replace(FOLLOWED, number=f"YT{number}") for number in range(20)]
    await put(library, *many)

    async def claim() -> list[str]:
        async with library.open() as books:
            found = await books.parcels.claim(Due.SUBSCRIBE, NOON, NOON + HOUR, 12)
            await asyncio.sleep(0.05)
        return [each.number for each in found]

    one, other = await asyncio.gather(claim(), claim())
    assert sorted([*one, *other]) == sorted(each.number for each in many)
    assert await claim() == []


async def test_parcels_of_an_order_that_arrived_are_followed_no_longer(library: Database) -> None:
    await put(library, FOLLOWED)
    async with library.open() as books:
        await books.parcels.note_order(order(OrderStatus.COMPLETED), NOON + HOUR)

    found = await read(library)
    assert found.delivered_at == NOON + HOUR
    assert (found.subscribe_at, found.look_at) == (None, None)
    async with library.open() as books:
        assert await books.parcels.newly_arrived(5) == (found,)


async def test_parcels_of_an_order_that_is_no_more_are_left_alone(library: Database) -> None:
    await put(library, FOLLOWED)
    async with library.open() as books:
        await books.parcels.note_order(order(OrderStatus.REFUNDED), NOON)

    found = await read(library)
    assert (found.subscribe_at, found.look_at, found.check_at) == (None, None, None)
    assert found.delivered_at is None


async def test_what_was_told_today_is_told_of_the_whole_person(
    library: Database, clock: FrozenClock
) -> None:
    _, customer, _ = await conversation(library, clock)
    await put(library, FOLLOWED)
    async with library.open() as books:
        assert not await books.parcels.told_since(customer, NOON - HOUR)
        await books.parcels.note_told(FOLLOWED, customer, NOON)
        assert await books.parcels.told_since(customer, NOON - HOUR)
        assert not await books.parcels.told_since(customer, NOON + HOUR)


async def test_who_has_proven_an_order_may_hear_of_it_until_that_ends(
    library: Database, clock: FrozenClock
) -> None:
    talk, customer, _ = await conversation(library, clock)
    proof = ProvenOrder(talk.id, "tmall", "2816", None, NOON + HOUR)
    async with library.open() as books:
        await books.customers.prove_order(customer, proof, NOON)
        assert await books.parcels.opened_by("tmall", "2816", NOON) == ((customer, talk.id),)
        assert await books.parcels.opened_by("tmall", "2816", NOON + HOUR) == ()
        assert await books.parcels.opened_by("youzan", "2816", NOON) == ()


async def test_what_is_under_way_stuck_and_told_is_counted(library: Database) -> None:
    silence = Silence(StuckWhy.SILENT, NOON, NOON)
    quiet = replace(FOLLOWED, number="YT2", silence=silence, check_at=None)
    there = replace(FOLLOWED, number="YT3", delivered_at=NOON)
    await put(library, FOLLOWED, quiet, there)
    async with library.open() as books:
        await books.parcels.note_told(quiet, CustomerId(derived("p")), NOON)

    counts = await library.parcels.counts(NOON, NOON - HOUR)
    assert (counts.followed, counts.stuck, counts.told) == (2, 1, 1)
    assert (await library.parcels.counts(NOON, NOON + HOUR)).told == 0
