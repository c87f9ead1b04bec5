"""Whoever writes is asked about once: nickname and unionid, the latter often absent."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import cast

from bot.naming import Naming
from bot.sync.booking import Booking
from bot.turn.ports import CustomerChannel, Profile
from desk.customers.commands import LinkName
from desk.customers.model import UNIONID, Customer, Evidence, Name
from desk.handbook import plain_handbook
from desk.kernel.ids import CustomerId
from desk.recognised import recognise
from desk.shops.port import BuyerId
from desk.store.database import Database
from desk.sync.model import Source
from tests.actions.goods import SHIPPED
from tests.clocks import FrozenClock
from tests.fakes.staff import FakeStaff
from tests.store.making import conversation

HERS = replace(SHIPPED, shop="wx", buyer=BuyerId("wx", "openid-1"), unionid="oU1")


@dataclass
class Profiles:
    """A channel that knows some people, and remembers whom it was asked for."""

    known: dict[str, Profile]
    asked: list[list[str]] = field(default_factory=list)

    async def profiles(self, people: Sequence[str]) -> dict[str, Profile]:
        """What is known of them."""
        self.asked.append(list(people))
        return {each: self.known[each] for each in people if each in self.known}


@asynccontextmanager
async def running(naming: Naming) -> AsyncIterator[None]:
    """Let the naming run beside the test."""
    task = asyncio.create_task(naming.run())
    yield
    task.cancel()


async def named(library: Database, customer: CustomerId) -> Customer:
    """The customer, once the naming has had its time."""
    await asyncio.sleep(0.8)
    found = await library.customers.get(customer)
    assert found is not None
    return found


def _naming(channel: Profiles, library: Database, clock: FrozenClock) -> Naming:
    return Naming(cast("CustomerChannel", channel), library, clock)


async def test_a_nickname_and_a_unionid_are_noted_with_their_evidence(
    library: Database, clock: FrozenClock
) -> None:
    _, customer, _ = await conversation(library, clock)
    met = await library.customers.get(customer)
    assert met is not None
    channel = Profiles({"wm1": Profile("小雨", "oU1")})
    naming = _naming(channel, library, clock)
    async with running(naming):
        naming.meet(met)
        found = await named(library, customer)
        naming.meet(found)
        await asyncio.sleep(0.8)
    assert (found.nickname, found.unionid) == ("小雨", "oU1")
    assert [each.evidence for each in found.names] == [Evidence.WECOM, Evidence.WECOM]
    assert channel.asked == [["wm1"]]


async def test_who_has_no_unionid_is_not_asked_about_with_every_message(
    library: Database, clock: FrozenClock
) -> None:
    _, customer, _ = await conversation(library, clock)
    channel = Profiles({"wm1": Profile("小雨")})
    naming = _naming(channel, library, clock)
    async with running(naming):
        for _ in range(3):
            met = await library.customers.get(customer)
            assert met is not None
            naming.meet(met)
            met = await named(library, customer)
            assert (met.nickname, met.unionid) == ("小雨", "")
    assert channel.asked == [["wm1"]]


async def test_a_unionid_links_the_buyers_whose_orders_carry_it(
    library: Database, clock: FrozenClock
) -> None:
    _, customer, _ = await conversation(library, clock)
    met = await library.customers.get(customer)
    assert met is not None
    async with library.open() as books:
        await books.orders.note(HERS, Source.PUSH, clock.now())
    naming = _naming(Profiles({"wm1": Profile("小雨", "oU1")}), library, clock)
    async with running(naming):
        naming.meet(met)
        found = await named(library, customer)
    (link,) = found.links
    assert (link.buyer, link.evidence) == (BuyerId("wx", "openid-1"), Evidence.UNIONID)


async def test_an_order_that_carries_a_known_unionid_links_its_buyer(
    library: Database, clock: FrozenClock
) -> None:
    _, customer, _ = await conversation(library, clock)
    async with library.open() as books:
        name = Name(UNIONID, "oU1")
        await recognise(books, LinkName(customer, name, Evidence.WECOM), clock.now())
    booking = Booking(library, plain_handbook(FakeStaff()), clock)
    await booking.order(HERS, Source.PUSH)
    found = await library.customers.get(customer)
    assert found is not None
    assert found.buyers == (HERS.buyer,)
