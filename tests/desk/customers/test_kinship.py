"""Whatever staff merge, split and keep apart, in any order: nothing is lost, nobody is mixed up."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from desk.customers.commands import (
    AboutKinship,
    AllowMerging,
    KeepApart,
    MergeCustomers,
    UnmergeCustomer,
)
from desk.customers.deciding import Kinships
from desk.customers.events import (
    CustomerEvent,
    CustomersKeptApart,
    CustomersMerged,
    CustomerSplit,
    MergeRefused,
    MergingAllowed,
    NotMerged,
    OnePersonAlready,
)
from desk.customers.kinship import Apart, pair
from desk.customers.model import Customer, Evidence, Link
from desk.kernel.ids import CustomerId, derived
from desk.shops.port import BuyerId
from tests.clocks import NOON
from tests.fakes.customers import FakeCustomers

BY = "amei"
PEOPLE = tuple(CustomerId(derived("customer", n)) for n in range(6))
STEPS = st.lists(
    st.tuples(st.sampled_from("mmmmuual"), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
    max_size=30,
)
Step = tuple[str, CustomerId, CustomerId]


def customer(number: int) -> Customer:
    """A customer with a buyer of their own."""
    link = Link(BuyerId("shop", str(number)), Evidence.STAFF, NOON)
    return Customer(
        PEOPLE[number], f"wm{number}", "", (link,), (), (), asked_not_to_push=number == 0
    )


@dataclass
class World:
    """Six customers, and what staff say about them."""

    books: FakeCustomers = field(default_factory=FakeCustomers)

    def __post_init__(self) -> None:
        self.books.kept.update({each: customer(n) for n, each in enumerate(PEOPLE)})
        self.kinships = Kinships(self.books, self.books.kinship, NOON)

    async def take(self, step: Step) -> CustomerEvent:
        """One thing that staff do."""
        what, one, other = step
        match what:
            case "m":
                command: AboutKinship = MergeCustomers(one, other, BY)
            case "l":
                command = AllowMerging(one, other, BY)
            case "u":
                command = UnmergeCustomer(one, BY)
            case _:
                command = KeepApart(one, other, BY)
        (event,) = await self.kinships.carry_out(command)
        return event

    def persons(self) -> set[frozenset[CustomerId]]:
        """Who is one person with whom; fails where somebody leads in a circle."""
        heads: dict[CustomerId, set[CustomerId]] = {}
        for each in PEOPLE:
            heads.setdefault(self.books.kinship.head(each), set()).add(each)
        return set(map(frozenset, heads.values()))

    async def read(self) -> list[Customer | None]:
        """All customers, as the desk reads them."""
        return [await self.books.get(each) for each in PEOPLE]


def runs(
    check: Callable[[World, list[Step]], Coroutine[None, None, None]], steps: list[Step]
) -> None:
    """Check a world of its own."""
    asyncio.run(check(World(), steps))


@given(STEPS)
def test_kept_apart_pairs_are_never_one_person_and_nobody_leads_in_a_circle(
    steps: list[Step],
) -> None:
    async def check(world: World, steps: list[Step]) -> None:
        for step in steps:
            await world.take(step)
            for group in world.persons():
                for one, other in world.books.kinship.apart_ones:
                    assert not {one, other} <= group

    runs(check, steps)


@given(STEPS)
def test_what_is_told_is_what_happened(steps: list[Step]) -> None:
    async def check(world: World, steps: list[Step]) -> None:
        for step in steps:
            before, (what, one, other) = world.persons(), step
            event = await world.take(step)
            now = world.persons()
            together = any({one, other} <= group for group in before)
            match event:
                case CustomersMerged():
                    assert len(now) == len(before) - 1
                    assert any({one, other} <= group for group in now)
                case CustomerSplit(merge):
                    assert len(now) == len(before) + 1
                    assert one in (merge.child, merge.parent)
                    assert merge.undone_by == BY
                case CustomersKeptApart():
                    assert now == before
                    assert pair(one, other) in world.books.kinship.apart_ones
                case OnePersonAlready():
                    assert (together, now) == (True, before)
                case MergeRefused() | MergingAllowed() | NotMerged():
                    assert now == before
                case _:
                    raise AssertionError(f"nothing of the kind was asked: {what}")

    runs(check, steps)


@given(STEPS)
def test_undoing_every_merge_brings_back_every_customer(steps: list[Step]) -> None:
    async def check(world: World, steps: list[Step]) -> None:
        first = await world.read()
        for step in steps:
            await world.take(step)
        merged = [await world.books.get(each) for each in PEOPLE]
        for found in merged:
            assert found is not None
            assert {each.buyer.buyer for each in found.links} == {
                str(PEOPLE.index(each)) for each in found.person
            }
        for _ in PEOPLE:
            for each in PEOPLE:
                await world.take(("u", each, each))
        assert await world.read() == first
        assert all(each.undone_at is not None for each in world.books.kinship.merges)

    runs(check, steps)


async def test_a_merge_is_refused_across_groups_and_says_which_pair_stands_against_it() -> None:
    world = World()
    a, b, c, d, *_ = PEOPLE
    for step in (("a", d, a), ("m", a, b), ("m", c, d)):
        await world.take(step)
    event = await world.take(("m", b, c))
    assert isinstance(event, MergeRefused)
    assert event.apart == Apart(d, a, BY, "", NOON)
