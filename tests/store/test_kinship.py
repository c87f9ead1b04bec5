"""Merges on PostgreSQL: written down, undone, never in a circle, whoever comes at the same time."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from desk.commands import Command, Outcome
from desk.customers.commands import (
    AboutKinship,
    AcceptSuggestion,
    AllowMerging,
    KeepApart,
    LinkName,
    MergeCustomers,
    ProveOrder,
    StopPushes,
    UnmergeCustomer,
)
from desk.customers.deciding import Kinships
from desk.customers.kinship import Apart
from desk.customers.model import Customer, Evidence, buyer_name
from desk.front import Work
from desk.handbook import plain_handbook
from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.port import BuyerId
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock
from tests.fakes.customers import FakeCustomers
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation

BUYER = BuyerId("youzan-main", "yz-1")
People = list[tuple[CustomerId, ConversationId]]


@pytest.fixture
async def people(library: Database, clock: FrozenClock) -> People:
    """Six customers with a conversation each."""
    opened = [await conversation(library, clock, f"wm{n}") for n in range(6)]
    return [(customer, talk.id) for talk, customer, _ in opened]


async def do(library: Database, clock: FrozenClock, *commands: Command) -> None:
    """Settle commands in one transaction."""
    async with library.open() as books:
        work = Work(books, plain_handbook(FakeStaff()), clock)
        await work.settle(Outcome(do=commands), None, None, str(clock.turn(timedelta(seconds=1))))


async def read(library: Database, customer: CustomerId) -> Customer:
    """A customer as the desk reads them."""
    found = await library.customers.get(customer)
    assert found is not None
    return found


async def test_a_person_is_the_whole_tree_whichever_customer_is_asked(
    library: Database, clock: FrozenClock, people: People
) -> None:
    a, b, c, d, e, _ = (customer for customer, _ in people)
    links = LinkName(a, buyer_name(BUYER), Evidence.PLATFORM_BRIDGE)
    await do(library, clock, links, StopPushes(c))
    for one, other in ((a, b), (c, d), (e, c), (a, e)):
        await do(library, clock, MergeCustomers(one, other, "amei"))
    for each in (a, b, c, d, e):
        found = await read(library, each)
        assert set(found.person) == {a, b, c, d, e}
        assert found.buyers == (BUYER,)
        assert found.asked_not_to_push
    assert (await read(library, a)).external_userid == "wm0"
    assert (await read(library, b)).external_userid == "wm1"


async def test_undoing_every_merge_brings_back_what_was(
    library: Database, clock: FrozenClock, people: People
) -> None:
    customers = [customer for customer, _ in people]
    for place, (customer, talk) in enumerate(people):
        proof = ProveOrder(customer, talk, "youzan-main", f"E{place}", None)
        await do(library, clock, proof)
    before = [await read(library, each) for each in customers]
    pairs = [(0, 1), (2, 1), (3, 4), (4, 0), (5, 3)]
    for one, other in pairs:
        await do(library, clock, MergeCustomers(customers[one], customers[other], "amei"))
    merged = await read(library, customers[5])
    assert {each.order_no for each in merged.proven_orders} == {f"E{n}" for n in range(6)}
    for _ in range(2):
        for each in customers:
            await do(library, clock, UnmergeCustomer(each, "amei"))
    assert [await read(library, each) for each in customers] == before
    async with library.reading() as connection:
        rows = await connection.execute(text("SELECT undone_by FROM customer_merges"))
        assert [row.undone_by for row in rows] == ["amei"] * len(pairs)


async def test_two_who_merge_into_each_other_at_once_make_no_circle(
    library: Database, clock: FrozenClock, people: People
) -> None:
    a, b, c = (customer for customer, _ in people[:3])
    await asyncio.gather(
        *(
            do(library, clock, MergeCustomers(one, other, "amei"))
            for one, other in ((a, b), (b, a), (b, c), (c, a))
        )
    )
    async with library.open() as books:
        kin = await books.kinship.kin(a)
        assert kin.members == {a, b, c}
        assert [each for each, parent in kin.parents.items() if parent is None] == [kin.head]
        assert len(await books.kinship.standing(kin)) == 2


async def test_a_pair_kept_apart_stops_a_merge_of_their_groups(
    library: Database, clock: FrozenClock, people: People
) -> None:
    a, b, c, d = (customer for customer, _ in people[:4])
    await do(library, clock, KeepApart(d, a, "amei", "两家人"))
    for one, other in ((a, b), (c, d), (b, c)):
        await do(library, clock, MergeCustomers(one, other, "amei"))
    assert set((await read(library, a)).person) == {a, b}
    assert await library.customers.are_kept_apart(b, c)
    assert not await library.customers.are_kept_apart(a, b)
    async with library.open() as books:
        apart = await books.kinship.apart({a, b}, {c, d})
        await books.kinship.keep_apart(Apart(a, d, "xiaolu", "", NOON))
        assert await books.kinship.apart({c, d}, {a, b}) == apart
    assert apart is not None
    assert (apart.by, apart.why) == ("amei", "两家人")
    await do(library, clock, AllowMerging(b, c, "fangjie"))
    assert not await library.customers.are_kept_apart(b, c)
    await do(library, clock, MergeCustomers(b, c, "amei"))
    assert set((await read(library, a)).person) == {a, b, c, d}


async def test_a_pair_is_kept_apart_again_after_that_was_taken_back(
    library: Database, clock: FrozenClock, people: People
) -> None:
    a, b = (customer for customer, _ in people[:2])
    for command in (
        KeepApart(a, b, "amei", "first"),
        AllowMerging(a, b, "fangjie"),
        KeepApart(b, a, "xiaolu", "again"),
    ):
        await do(library, clock, command)
    async with library.open() as books:
        apart = await books.kinship.apart({a}, {b})
    assert apart is not None
    assert (apart.by, apart.why) == ("xiaolu", "again")


async def test_failed_proofs_of_all_customers_of_a_person_count_together(
    library: Database, clock: FrozenClock, people: People
) -> None:
    a, b = (customer for customer, _ in people[:2])
    async with library.open() as books:
        await books.customers.count_attempt(a, "E1", NOON, succeeded=False)
    assert (await library.customers.failed_attempts(b, "E2", NOON))[0] == 0
    await do(library, clock, MergeCustomers(a, b, "amei"))
    assert (await library.customers.failed_attempts(b, "E2", NOON))[0] == 1


async def test_suggestions_are_shown_on_both_sides_until_they_are_settled(
    library: Database, clock: FrozenClock, people: People
) -> None:
    (a, talk), (b, _) = people[:2]
    proof = ProveOrder(a, talk, "youzan-main", "E1", BUYER)
    await do(library, clock, proof, proof)
    await do(library, clock, LinkName(b, buyer_name(BUYER), Evidence.PLATFORM_BRIDGE))
    (mine,) = await library.customers.suggestions(a, 5)
    assert (mine.customer, mine.like, mine.about) == (a, buyer_name(BUYER), "E1")
    assert await library.customers.suggestions(b, 5) == (mine,)
    await do(library, clock, AcceptSuggestion(mine.number, "amei"))
    assert await library.customers.suggestions(a, 5) == ()
    assert set((await read(library, a)).person) == {a, b}
    async with library.open() as books:
        assert await books.kinship.suggestion(mine.number + 1) is None
        assert not await books.kinship.suggest(replace(mine, number=0))


@pytest.mark.parametrize("seed", range(4))
async def test_the_database_and_the_books_in_memory_agree_on_who_is_who(
    library: Database, clock: FrozenClock, people: People, seed: int
) -> None:
    customers = [customer for customer, _ in people]
    memory = FakeCustomers({each: await read(library, each) for each in customers})
    kinships = Kinships(memory, memory.kinship, NOON)
    draw = random.Random(seed)
    for _ in range(20):
        one, other = draw.choice(customers), draw.choice(customers)
        merge, split = MergeCustomers(one, other, "amei"), UnmergeCustomer(one, "amei")
        apart, allow = KeepApart(one, other, "amei"), AllowMerging(one, other, "amei")
        might: tuple[AboutKinship, ...] = (merge, merge, merge, split, split, apart, allow)
        command = draw.choice(might)
        if one != other or isinstance(command, UnmergeCustomer):
            await kinships.carry_out(command)
            await do(library, clock, command)
    for each in customers:
        known = await memory.get(each)
        assert known is not None
        assert set((await read(library, each)).person) == set(known.person)
