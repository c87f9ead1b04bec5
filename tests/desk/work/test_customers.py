"""What is learnt about customers, and who is one person with whom."""

from dataclasses import replace

from desk.customers.commands import (
    AcceptSuggestion,
    CountLinkAttempt,
    DeclineSuggestion,
    KeepApart,
    LinkName,
    MergeCustomers,
    NoteBuyer,
    NotePhone,
    ProveOrder,
    RecordView,
    StopPushes,
    UnmergeCustomer,
)
from desk.customers.model import UNIONID, Customer, Evidence, Name, buyer_name
from desk.customers.opened import PROOF_HOLDS
from desk.customers.suggestions import Suggestion
from desk.kernel.ids import CustomerId, derived
from desk.kernel.messages import phrase
from desk.shops.port import BuyerId, ItemId
from tests.clocks import NOON
from tests.desk.work.house import CHAT, LELE, MIMI, House, cards, heard, keys, told

BUYER = BuyerId("youzan-main", "yz-777")
HERS = buyer_name(BUYER)
BRIDGE = Evidence.PLATFORM_BRIDGE
PROVEN = ProveOrder(MIMI.id, CHAT.id, "youzan-main", "E1", BUYER)


async def who(house: House, customer: CustomerId) -> Customer:
    """A customer as their person."""
    found = await house.books.customers.get(customer)
    assert found is not None
    return found


async def _open(house: House, customer: CustomerId) -> tuple[Suggestion, ...]:
    return await house.books.customers.suggestions(customer, 9)


async def person(house: House, customer: CustomerId) -> set[CustomerId]:
    """All customers of somebody's person."""
    return set((await who(house, customer)).person)


async def test_a_buyer_with_strong_evidence_is_linked(house: House) -> None:
    assert await house.do(LinkName(MIMI.id, HERS, BRIDGE)) == ()
    (link,) = house.books.customers.kept[MIMI.id].links
    assert (link.buyer, link.evidence, link.linked_at) == (BUYER, BRIDGE, NOON)


async def test_a_proven_order_is_open_for_a_while_and_links_nobody(house: House) -> None:
    await house.do(PROVEN)
    customer = house.books.customers.kept[MIMI.id]
    (order,) = customer.proven_orders
    assert (order.conversation, order.order_no) == (CHAT.id, "E1")
    assert order.until == NOON + PROOF_HOLDS
    assert customer.links == ()


async def test_a_proven_order_suggests_its_buyer_once_and_to_everybody_who_proves_it(
    house: House,
) -> None:
    for who in (MIMI, MIMI, LELE):
        await house.do(replace(PROVEN, customer=who.id))
    suggested = house.books.kinship.suggested
    assert [each.customer for each in suggested.values()] == [MIMI.id, LELE.id]


async def test_an_order_whose_buyer_is_hidden_suggests_nobody(house: House) -> None:
    await house.do(replace(PROVEN, buyer=None))
    assert house.books.kinship.suggested == {}


async def test_the_same_unionid_in_wecom_and_a_shop_links_the_buyer(house: House) -> None:
    await house.do(NoteBuyer(BUYER, "oUnion1"))
    await house.do(LinkName(MIMI.id, Name(UNIONID, "oUnion1"), Evidence.WECOM))
    assert house.books.customers.kept[MIMI.id].links == ()
    await house.do(NoteBuyer(BUYER, "oUnion1"), NoteBuyer(BuyerId("tmall", "x"), ""))
    (link,) = house.books.customers.kept[MIMI.id].links
    assert (link.buyer, link.evidence) == (BUYER, Evidence.UNIONID)


async def test_two_accounts_of_one_unionid_are_one_person(house: House) -> None:
    for who in (MIMI, LELE):
        await house.do(LinkName(who.id, Name(UNIONID, "oUnion1"), Evidence.WECOM))
    assert await person(house, MIMI.id) == {MIMI.id, LELE.id}
    (merge,) = house.books.kinship.merges
    assert (merge.evidence, merge.why, merge.by) == (Evidence.WECOM, UNIONID, "")


async def test_an_accepted_suggestion_links_a_buyer_whom_nobody_has(house: House) -> None:
    await house.do(PROVEN)
    bodies = await house.staff_does(AcceptSuggestion(1, "amei"))
    assert told(bodies, "amei") == (phrase("customer.name_accepted"),)
    (link,) = house.books.customers.kept[MIMI.id].links
    assert (link.buyer, link.evidence, link.by) == (BUYER, Evidence.STAFF, "amei")


async def test_an_accepted_suggestion_merges_with_who_has_the_buyer(house: House) -> None:
    await house.do(PROVEN, LinkName(LELE.id, HERS, BRIDGE))
    await house.staff_does(AcceptSuggestion(1, "amei"))
    assert await person(house, LELE.id) == {MIMI.id, LELE.id}


async def test_a_declined_suggestion_keeps_apart_whoever_turns_out_to_be_the_buyer(
    house: House,
) -> None:
    await house.do(PROVEN)
    bodies = await house.staff_does(DeclineSuggestion(1, "amei"))
    assert told(bodies, "amei") == (phrase("customer.kept_apart"),)
    await house.do(LinkName(LELE.id, HERS, BRIDGE))
    bodies = await house.staff_does(MergeCustomers(MIMI.id, LELE.id, "amei"))
    assert [each.key for each in told(bodies, "amei")] == ["customer.merge_refused"]
    assert await person(house, MIMI.id) == {MIMI.id}
    assert BUYER in (await who(house, LELE.id)).buyers


async def test_a_settled_suggestion_is_not_settled_again_nor_made_again(house: House) -> None:
    await house.do(PROVEN)
    await house.staff_does(DeclineSuggestion(1, "amei"))
    bodies = await house.staff_does(AcceptSuggestion(1, "amei"), AcceptSuggestion(7, "amei"))
    assert [each.key for each in told(bodies, "amei")] == ["customer.no_suggestion"] * 2
    await house.do(PROVEN)
    assert len(house.books.kinship.suggested) == 1


async def test_two_who_write_the_same_phone_are_suggested_to_be_one(house: House) -> None:
    await house.do(NotePhone(MIMI.id, "hash"), NotePhone(LELE.id, "hash"))
    (suggestion,) = await house.books.customers.suggestions(MIMI.id, 5)
    assert (suggestion.customer, suggestion.evidence) == (LELE.id, Evidence.SAME_PHONE)
    await house.staff_does(AcceptSuggestion(suggestion.number, "amei"))
    assert await person(house, MIMI.id) == {MIMI.id, LELE.id}
    assert await house.books.customers.suggestions(MIMI.id, 5) == ()


async def test_a_phone_of_somebody_known_to_be_the_same_suggests_the_next_who_wrote_it(
    house: House,
) -> None:
    third = CustomerId(derived("third"))
    house.books.customers.kept[third] = replace(MIMI, id=third, external_userid="wm-third")
    await house.staff_does(MergeCustomers(MIMI.id, third, "amei"))
    await house.do(*(NotePhone(each, "hash") for each in (MIMI.id, LELE.id, third)))
    suggested = [(each.customer, each.like.value) for each in await _open(house, third)]
    assert suggested == [(LELE.id, str(MIMI.id)), (third, str(LELE.id))]


async def test_a_merge_is_undone_from_either_side(house: House) -> None:
    for split in (MIMI, LELE):
        await house.staff_does(MergeCustomers(MIMI.id, LELE.id, "amei", "同一个人两个微信"))
        assert await person(house, MIMI.id) == {MIMI.id, LELE.id}
        bodies = await house.staff_does(UnmergeCustomer(split.id, "amei"))
        assert told(bodies, "amei") == (phrase("customer.split", at=NOON),)
        assert await person(house, MIMI.id) == {MIMI.id}
    assert [each.undone_by for each in house.books.kinship.merges] == ["amei", "amei"]


async def test_who_are_one_person_are_neither_merged_again_nor_kept_apart(house: House) -> None:
    await house.staff_does(MergeCustomers(MIMI.id, LELE.id, "amei"))
    bodies = await house.staff_does(
        MergeCustomers(LELE.id, MIMI.id, "amei"), KeepApart(LELE.id, MIMI.id, "amei")
    )
    keys = [each.key for each in told(bodies, "amei")]
    assert keys == ["customer.one_already", "customer.split_first"]


async def test_there_is_nothing_to_split_of_somebody_who_was_never_merged(house: House) -> None:
    bodies = await house.staff_does(UnmergeCustomer(MIMI.id, "amei"))
    assert told(bodies, "amei") == (phrase("customer.not_merged"),)


async def test_a_buyer_of_somebody_kept_apart_is_refused_kindly_and_a_person_looks(
    house: House,
) -> None:
    await house.do(LinkName(LELE.id, HERS, BRIDGE))
    await house.staff_does(KeepApart(LELE.id, MIMI.id, "amei"))
    bodies = await house.do(LinkName(MIMI.id, HERS, BRIDGE))
    assert heard(bodies)[0] == phrase("customer.link_refused")
    assert keys(heard(bodies)) == ("customer.link_refused", "ticket.opened")
    assert len(cards(bodies)) == 1
    assert house.books.customers.kept[MIMI.id].links == ()
    (ticket,) = house.books.tickets.kept.values()
    assert ticket.customer == MIMI.id


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
