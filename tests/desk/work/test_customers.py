"""What is learnt about customers, and what happens when two claim to be one buyer."""

from desk.customers.commands import CountLinkAttempt, LinkBuyer, RecordView, StopPushes
from desk.customers.model import Evidence, ProvenOrder
from desk.kernel.messages import phrase
from desk.shops.port import BuyerId, ItemId
from tests.clocks import NOON
from tests.desk.work.house import LELE, MIMI, House, cards, heard, keys

BUYER = BuyerId("youzan-main", "yz-777")
PROOF = Evidence.ORDER_AND_PHONE


async def test_a_proven_buyer_is_linked(house: House) -> None:
    assert await house.do(LinkBuyer(MIMI.id, "youzan-main", BUYER, "E1", PROOF)) == ()
    (link,) = house.books.customers.kept[MIMI.id].links
    assert (link.buyer, link.evidence, link.linked_at) == (BUYER, PROOF, NOON)


async def test_where_the_platform_hides_buyers_only_the_order_is_proven(house: House) -> None:
    await house.do(LinkBuyer(MIMI.id, "tmall-flagship", None, "4010203040", PROOF))
    customer = house.books.customers.kept[MIMI.id]
    assert customer.proven_orders == (ProvenOrder("tmall-flagship", "4010203040"),)
    assert customer.links == ()


async def test_a_buyer_of_somebody_else_is_refused_kindly_and_a_person_looks(
    house: House,
) -> None:
    await house.do(LinkBuyer(LELE.id, "youzan-main", BUYER, "E1", PROOF))
    bodies = await house.do(LinkBuyer(MIMI.id, "youzan-main", BUYER, "E1", PROOF))
    assert heard(bodies)[0] == phrase("customer.link_refused")
    assert keys(heard(bodies)) == ("customer.link_refused", "ticket.opened")
    assert len(cards(bodies)) == 1
    assert house.books.customers.kept[MIMI.id].links == ()
    (ticket,) = house.books.tickets.kept.values()
    assert (ticket.customer, ticket.order_no) == (MIMI.id, "E1")


async def test_views_tries_and_the_wish_for_quiet_are_kept(house: House) -> None:
    item = ItemId("youzan-main", "101")
    await house.do(
        RecordView(MIMI.id, item, "软底学步鞋", NOON),
        CountLinkAttempt(MIMI.id, "E1", succeeded=False),
        StopPushes(MIMI.id),
    )
    customer = house.books.customers.kept[MIMI.id]
    assert [each.item for each in customer.viewed] == [item]
    assert await house.books.customers.failed_attempts(MIMI.id, "E1", NOON) == (1, 1, 1)
    assert customer.asked_not_to_push
