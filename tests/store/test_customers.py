"""Customers: who they are proven to be, and what they looked at."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from desk.customers.model import (
    UNIONID,
    Evidence,
    Identity,
    Link,
    Name,
    ProvenOrder,
    ViewedItem,
    buyer_name,
)
from desk.customers.opened import PROOF_HOLDS
from desk.kernel.ids import CustomerId, uuid7
from desk.shops.port import BuyerId, ItemId
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock
from tests.store.making import conversation, message, worked

BUYER = BuyerId("youzan-main", "yz-1")
LINK = Link(BUYER, Evidence.STAFF, NOON, "amei")
LINKED = Identity(buyer_name(BUYER), Evidence.STAFF, NOON, "amei")


async def test_a_new_customer_is_known_by_wecoms_id_only(
    library: Database, clock: FrozenClock
) -> None:
    _, customer, _ = await conversation(library, clock, "wmABC")
    found = await library.customers.get(customer)
    assert found is not None
    assert found == await library.customers.by_external_userid("wmABC")
    assert (found.external_userid, found.nickname, found.links) == ("wmABC", "", ())
    assert await library.customers.by_external_userid("wmabc") is None
    assert await library.customers.get(CustomerId(uuid7())) is None


async def test_a_nickname_is_noted(library: Database, clock: FrozenClock) -> None:
    _, customer, _ = await conversation(library, clock)
    async with library.open() as books:
        await books.customers.name(customer, "小鱼🐟")
        found = await books.customers.get(customer)
    assert found is not None
    assert found.nickname == "小鱼🐟"


async def test_nicknames_are_found_exact_first_then_beginnings_then_parts_heard_last_first(
    library: Database, clock: FrozenClock
) -> None:
    nicknames = ("小Yu", "大小yu", "小yu妈妈", "小yu爸爸", "阿雨", "小yu")
    for number, nickname in enumerate(nicknames):
        said_at = NOON + timedelta(minutes=number)
        lease = await worked(
            library, clock, message(f"m{number}", person=f"wm{number}", sent_at=said_at)
        )
        assert lease.conversation.customer is not None
        async with library.open() as books:
            await books.customers.name(lease.conversation.customer, nickname)
            await books.conversations.heard(lease.conversation.id, said_at)
    find = library.customers.by_nickname
    expected = ["小yu", "小Yu", "小yu爸爸", "小yu妈妈", "大小yu"]
    assert [each.nickname for each in await find("小yu", 10)] == expected
    assert [each.nickname for each in await find("小YU", 3)] == expected[:3]
    assert await find("%", 10) == await find("_", 10) == await find("", 10) == ()


async def test_a_nickname_that_no_database_could_hold_is_nobodys(library: Database) -> None:
    assert await library.customers.by_nickname("小\x00\ud800", 10) == ()


async def test_a_linked_buyer_leads_to_the_customer(library: Database, clock: FrozenClock) -> None:
    _, customer, _ = await conversation(library, clock)
    async with library.open() as books:
        assert await books.customers.link(customer, LINKED) == customer
        assert await books.customers.link(customer, LINKED) == customer
    found = await library.customers.by_buyer("youzan-main", "yz-1")
    assert found is not None
    assert (found.id, found.links) == (customer, (LINK,))
    assert await library.customers.by_buyer("tmall-flagship", "yz-1") is None


async def test_a_buyer_belongs_to_one_customer(library: Database, clock: FrozenClock) -> None:
    people = [(await conversation(library, clock, f"wm{n}"))[1] for n in range(5)]

    async def link(customer: CustomerId) -> CustomerId:
        async with library.open() as books:
            return await books.customers.link(customer, LINKED)

    owners = await asyncio.gather(*(link(each) for each in people))
    assert len(set(owners)) == 1
    owner = await library.customers.by_buyer("youzan-main", "yz-1")
    assert owner is not None
    assert {owner.id} == set(owners)


async def test_a_buyer_nobody_is_has_a_customer_without_a_chat(
    library: Database, clock: FrozenClock
) -> None:
    identity = replace(LINKED, evidence=Evidence.SHOP)
    new = CustomerId(uuid7())
    async with library.open() as books:
        assert await books.customers.open_buyer(new, identity) == new
        assert await books.customers.open_buyer(new, identity) == new
    found = await library.customers.by_buyer("youzan-main", "yz-1")
    assert found is not None
    assert (found.id, found.external_userid, found.person) == (new, "", (new,))


async def test_a_unionid_is_a_name_and_no_buyer(library: Database, clock: FrozenClock) -> None:
    _, customer, _ = await conversation(library, clock)
    async with library.open() as books:
        await books.customers.link(customer, Identity(Name(UNIONID, "oU1"), Evidence.WECOM, NOON))
    found = await library.customers.get(customer)
    assert found is not None
    assert (found.unionid, found.links, found.external_userid) == ("oU1", (), "wm1")
    assert [each.name.namespace for each in found.names] == ["external_userid", "unionid"]


async def test_an_order_proven_again_is_open_for_longer(
    library: Database, clock: FrozenClock
) -> None:
    talk, customer, _ = await conversation(library, clock)
    buyer = BuyerId("tmall-flagship", "tb-1")
    order = ProvenOrder(talk.id, "tmall-flagship", "2816", None, NOON + PROOF_HOLDS)
    later = replace(order, buyer=buyer, until=order.until + timedelta(days=1))
    async with library.open() as books:
        for each in (order, later):
            await books.customers.prove_order(customer, each, clock.now())
        found = await books.customers.get(customer)
    assert found is not None
    assert found.proven_orders == (later,)


async def test_who_wrote_the_same_phone_is_told_longest_known_first(
    library: Database, clock: FrozenClock
) -> None:
    people = [(await conversation(library, clock, f"wm{n}"))[1] for n in range(3)]
    async with library.open() as books:
        note = books.customers.note_phone
        told = [await note(each, "hash", clock.turn(timedelta(seconds=1))) for each in people]
        assert await note(people[0], "another", NOON) == ()
    assert told == [(), (people[0],), (people[0], people[1])]


async def test_failed_proofs_are_counted_three_ways(library: Database, clock: FrozenClock) -> None:
    people = [(await conversation(library, clock, f"wm{n}"))[1] for n in range(2)]
    tries = [(0, "E1", False), (0, "E2", False), (1, "E1", False), (0, "E1", True)]
    async with library.open() as books:
        for who, order_no, succeeded in tries:
            await books.customers.count_attempt(
                people[who], order_no, clock.now(), succeeded=succeeded
            )
    read = library.customers.failed_attempts
    assert await read(people[0], "E1", NOON) == (2, 2, 3)
    assert await read(people[0], "E1", NOON + timedelta(seconds=1)) == (0, 0, 0)


async def test_the_ten_products_viewed_last_are_known(
    library: Database, clock: FrozenClock
) -> None:
    _, customer, _ = await conversation(library, clock)
    views = [
        ViewedItem(ItemId("youzan-main", str(n)), f"商品{n}", NOON + timedelta(minutes=n))
        for n in range(12)
    ]
    async with library.open() as books:
        for view in views:
            await books.customers.view(customer, view)
        found = await books.customers.get(customer)
    assert found is not None
    assert found.viewed == tuple(reversed(views[2:]))


async def test_a_later_view_replaces_the_earlier_and_keeps_its_title(
    library: Database, clock: FrozenClock
) -> None:
    _, customer, _ = await conversation(library, clock)
    item = ItemId("youzan-main", "1")
    later = NOON + timedelta(hours=1)
    async with library.open() as books:
        await books.customers.view(customer, ViewedItem(item, "跑鞋", NOON))
        await books.customers.view(customer, ViewedItem(item, "", later))
        await books.customers.view(customer, ViewedItem(item, "旧鞋", NOON - timedelta(days=1)))
        found = await books.customers.get(customer)
    assert found is not None
    assert found.viewed == (ViewedItem(item, "跑鞋", later),)


async def test_who_wants_no_pushes_may_change_their_mind(
    library: Database, clock: FrozenClock
) -> None:
    _, customer, _ = await conversation(library, clock)
    wanted = []
    for on in (True, False):
        async with library.open() as books:
            await books.customers.stop_pushes(customer, clock.now(), on=on)
        found = await library.customers.get(customer)
        assert found is not None
        wanted.append(found.asked_not_to_push)
    assert wanted == [True, False]
