"""Nobody reads of an order that is not proven to be theirs, whatever they try."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.conversations.model import Dialogue
from desk.customers.commands import CountLinkAttempt, LinkName, ProveOrder
from desk.customers.kinship import Apart
from desk.customers.model import Customer, Evidence, buyer_name
from desk.customers.opened import PROOF_HOLDS
from desk.kernel.ids import CustomerId, derived
from desk.shops.port import BuyerId
from desk.store.codecs import CODEC
from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.goods import (
    ARRIVED,
    FOREIGN,
    FOREIGN_FIELDS,
    LELE_AT_TMALL,
    MIMI_THERE,
    REFUNDING,
    SHIPPED,
    YOUZAN,
    hours_ago,
)
from tests.actions.people import MIMI, STRANGER

ABOUT_ORDERS = (
    "order_status",
    "urge_order",
    "logistics_query",
    "logistics_delay",
    "parcel_missing",
    "return_request",
    "exchange_request",
    "refund_status",
    "after_sales_claim",
    "price_protection",
    "invoice_request",
    "delivery_change",
    "order_cancel",
    "member_query",
)
WRONG_TAIL = "0000"


def leaked(chat: Chat) -> list[str]:
    """The fields of the foreign order that the customer has read."""
    read = "\n".join([*chat.heard, *chat.labels])
    return [each for each in FOREIGN_FIELDS if each in read]


@pytest.mark.parametrize("customer", [STRANGER, MIMI], ids=["stranger", "proven elsewhere"])
@pytest.mark.parametrize("intent", ABOUT_ORDERS)
async def test_a_foreign_order_number_shows_nothing_of_the_order(
    intent: str, customer: Customer
) -> None:
    chat = Chat(customer)
    await chat.says(f"{FOREIGN.number} 看一下", intent, order_id=FOREIGN.number)
    await chat.says(WRONG_TAIL)
    await chat.says(f"尾号{WRONG_TAIL}", intent, order_id=FOREIGN.number, phone_tail=WRONG_TAIL)
    assert leaked(chat) == []


@pytest.mark.parametrize("intent", ABOUT_ORDERS)
async def test_a_foreign_order_in_focus_shows_nothing_of_the_order(intent: str) -> None:
    chat = Chat(STRANGER)
    focused = replace(chat.conversation, dialogue=Dialogue(focus={"order_id": FOREIGN.number}))
    chat.books.conversations.kept[focused.id] = focused
    await chat.says("看一下", intent)
    assert leaked(chat) == []


@given(tail=st.text("0123456789", min_size=4, max_size=4).filter(lambda each: each != "8642"))
async def test_no_wrong_tail_proves_an_order(tail: str) -> None:
    chat = Chat(STRANGER)
    await chat.says("查订单", "order_status", order_id=FOREIGN.number, phone_tail=tail)
    assert leaked(chat) == []
    assert chat.did(ProveOrder) == []


async def test_a_tracking_number_of_somebody_else_shows_nothing() -> None:
    chat = Chat(MIMI)
    await chat.says("AH5566778899", "logistics_query", tracking_no="AH5566778899")
    assert leaked(chat) == []


async def test_an_unknown_number_and_a_wrong_tail_are_told_apart_by_nothing() -> None:
    foreign, unknown, hanging = Chat(STRANGER), Chat(STRANGER), Chat(STRANGER)
    hanging.tmall.hangs = True
    tries = [(foreign, FOREIGN.number), (unknown, "9999999999999999999"), (hanging, FOREIGN.number)]
    for chat, number in tries:
        await chat.says("查订单", "order_status", order_id=number)
        await chat.says(WRONG_TAIL)
    assert foreign.heard == unknown.heard == hanging.heard
    counted = [[type(each) for each in chat.last.do] for chat, _ in tries]
    assert counted[0] == counted[1] == counted[2]


async def test_number_and_tail_open_that_order_and_link_nobody() -> None:
    chat = Chat(STRANGER)
    await chat.says("快递到哪了", "logistics_query", order_id=SHIPPED.number)
    read = await chat.says("2345")
    assert "ZTO7712345678901" in read[0]
    here = chat.conversation.id
    assert chat.did(ProveOrder) == [
        ProveOrder(STRANGER.id, here, YOUZAN, SHIPPED.number, MIMI_THERE)
    ]
    assert chat.books.customers.kept[STRANGER.id].buyers == ()
    (hint,) = chat.books.kinship.suggested.values()
    assert (hint.customer, hint.like) == (STRANGER.id, buyer_name(MIMI_THERE))
    assert hint.evidence is Evidence.ORDER_AND_PHONE


async def test_where_the_shop_hides_its_buyers_only_that_order_is_proven() -> None:
    chat = Chat(STRANGER)
    chat.tmall.orders = [replace(FOREIGN, buyer=None)]
    await chat.says("看订单", "order_status", order_id=FOREIGN.number, phone_tail="8642")
    assert "暗纹抱枕" in chat.heard[0]
    proven = chat.books.customers.kept[STRANGER.id].proven_orders
    assert [each.order_no for each in proven] == [FOREIGN.number]


async def test_a_proof_is_asked_for_once() -> None:
    chat = Chat(STRANGER)
    await chat.says("看订单", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    read = await chat.says("到哪了", "logistics_query", order_id=SHIPPED.number)
    assert "ZTO7712345678901" in read[0]


async def test_one_proven_order_opens_no_other_order_of_its_buyer() -> None:
    chat = Chat(STRANGER)
    await chat.says("看订单", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    read = await chat.says("退货呢", "return_request", order_id=ARRIVED.number)
    assert "纯棉连体衣" not in "".join([*read, *chat.labels])
    assert "后四位" in read[0]


async def test_two_proven_orders_open_the_buyers_orders_in_this_conversation() -> None:
    chat = Chat(STRANGER)
    for order in (SHIPPED, ARRIVED):
        await chat.says("看订单", "order_status", order_id=order.number, phone_tail="2345")
    read = await chat.says("退款到哪了", "refund_status")
    assert "¥59" in read[0]
    assert chat.books.customers.kept[STRANGER.id].buyers == ()


async def test_two_proofs_of_one_order_are_one() -> None:
    chat = Chat(STRANGER)
    for _ in range(2):
        await chat.says("看订单", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    read = await chat.says("退款到哪了", "refund_status", order_id=REFUNDING.number)
    assert "¥59" not in read[0]


async def test_what_was_proven_is_closed_again_after_its_time() -> None:
    chat = Chat(STRANGER)
    await chat.says("看订单", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    chat.clock.turn(PROOF_HOLDS)
    read = await chat.says("到哪了", "logistics_query", order_id=SHIPPED.number)
    assert "后四位" in read[0]
    assert "ZTO7712345678901" not in read[0]


async def test_what_was_proven_in_another_conversation_is_not_open_here() -> None:
    chat = Chat(STRANGER)
    await chat.says("看订单", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    chat.go_elsewhere()
    read = await chat.says("到哪了", "logistics_query", order_id=SHIPPED.number)
    assert "后四位" in read[0]


async def test_a_friend_who_knows_number_and_tail_does_not_lock_the_buyer_out() -> None:
    friend = Chat(STRANGER)
    await friend.says("看订单", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    buyer = Chat(replace(STRANGER, id=CustomerId(derived("buyer")), external_userid="wm-buyer"))
    buyer.books.customers.kept.update(friend.books.customers.kept)
    read = await buyer.says("看订单", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    assert "学步鞋" in read[0]
    assert buyer.did(OpenTicket) == []


async def test_a_level_and_points_are_not_shown_for_one_proven_order() -> None:
    chat = Chat(STRANGER)
    await chat.says("我有多少积分", "member_query", order_id=SHIPPED.number, phone_tail="2345")
    assert "金卡" not in "".join(chat.heard)


async def test_after_five_failures_a_person_checks_and_even_the_right_tail_proves_nothing() -> None:
    chat = Chat(STRANGER)
    for attempt in range(5):
        await chat.says("查", "order_status", order_id=SHIPPED.number, phone_tail=f"000{attempt}")
        assert len(chat.did(CountLinkAttempt)) == 1
    await chat.says("查", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    assert [each.order_no for each in chat.did(OpenTicket)] == [SHIPPED.number]
    assert chat.did(ProveOrder) == []
    assert "学步鞋" not in "".join(chat.heard)


async def test_guesses_of_one_customer_on_many_orders_count_together() -> None:
    chat = Chat(STRANGER)
    for attempt in range(5):
        number = f"E2026111810203000090000{attempt}"
        await chat.says("查", "order_status", order_id=number, phone_tail="2345")
    await chat.says("查", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    assert chat.did(ProveOrder) == []
    assert "学步鞋" not in "".join(chat.heard)


@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "in another conversation"])
@pytest.mark.parametrize("wide", [False, True], ids=["plain", "full-width"])
async def test_guesses_are_counted_wherever_and_however_they_are_written(
    wide: bool, elsewhere: bool
) -> None:
    digits = {ord(str(n)): chr(0xFF10 + n) for n in range(10)} if wide else {}
    chat = Chat(STRANGER)
    for attempt in range(5):
        number = SHIPPED.number.translate(digits) if attempt % 2 else SHIPPED.number.lower()
        await chat.says("查", "order_status", order_id=number, phone_tail=f"000{attempt}")
        if elsewhere:
            chat.go_elsewhere()
    assert {each[1] for each in chat.books.customers.attempts} == {SHIPPED.number}
    number = SHIPPED.number.translate(digits)
    await chat.says("查", "order_status", order_id=number, phone_tail="2345".translate(digits))
    assert len(chat.did(OpenTicket)) == 1
    assert "学步鞋" not in "".join(chat.heard)


async def test_a_right_number_and_tail_in_full_width_digits_are_right() -> None:
    wide = {ord(str(n)): chr(0xFF10 + n) for n in range(10)}
    chat = Chat(STRANGER)
    number = SHIPPED.number.translate(wide)
    await chat.says("查", "order_status", order_id=number, phone_tail="2345".translate(wide))
    assert "学步鞋" in "".join(chat.heard)


@pytest.mark.parametrize("card", ["6222021234567890128", "6222 0212 3456 7890 128"])
async def test_the_number_of_a_bank_card_is_neither_tried_nor_kept(card: str) -> None:
    chat, slots = Chat(STRANGER), {} if " " in card else {"order_id": card}
    await chat.says("退款到哪了", "refund_status")
    read = "".join(await chat.says(f"退到{card}", "refund_status", **slots))
    assert "银行卡号" in read
    assert "订单号" in read
    assert chat.did(CountLinkAttempt) == []
    assert card not in json.dumps(CODEC.encode(chat.conversation.dialogue))
    read = "".join(await chat.says(SHIPPED.number, "order_status", order_id=SHIPPED.number))
    assert "后四位" in read


async def test_failures_of_yesterday_are_forgiven() -> None:
    chat = Chat(STRANGER)
    for attempt in range(5):
        await chat.says("查", "order_status", order_id=SHIPPED.number, phone_tail=f"000{attempt}")
    chat.clock.turn(timedelta(hours=25))
    await chat.says("查", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    assert len(chat.did(ProveOrder)) == 1


async def test_guesses_of_many_people_on_one_order_count_together() -> None:
    chat = Chat(STRANGER)
    for number in range(5):
        somebody = CustomerId(derived("guesser", number))
        chat.books.customers.attempts.append((somebody, SHIPPED.number, hours_ago(1), False))
    await chat.says("查", "order_status", order_id=SHIPPED.number, phone_tail="2345")
    assert chat.did(ProveOrder) == []
    assert "学步鞋" not in "".join(chat.heard)


async def test_the_shops_own_bridge_spares_the_proof() -> None:
    chat = Chat(STRANGER)
    chat.youzan.bridge = {STRANGER.external_userid: MIMI_THERE}
    read = await chat.says("退款到哪了", "refund_status")
    assert "¥59" in read[0]
    assert chat.did(LinkName) == [
        LinkName(STRANGER.id, buyer_name(MIMI_THERE), Evidence.PLATFORM_BRIDGE)
    ]


async def test_a_bridge_to_a_buyer_who_wrote_before_makes_them_one_person() -> None:
    chat = Chat(STRANGER)
    lele = replace(MIMI, id=CustomerId(derived("lele")), external_userid="wm-lele")
    chat.books.customers.kept[lele.id] = lele
    chat.youzan.bridge = {STRANGER.external_userid: MIMI_THERE}
    read = await chat.says("退款到哪了", "refund_status")
    assert "¥59" in read[0]
    now = await chat.books.customers.get(STRANGER.id)
    assert now is not None
    assert set(now.person) == {STRANGER.id, lele.id}


async def test_a_bridge_to_a_buyer_whom_staff_keep_apart_is_not_believed() -> None:
    chat = Chat(STRANGER)
    lele = replace(MIMI, id=CustomerId(derived("lele")), external_userid="wm-lele")
    chat.books.customers.kept[lele.id] = lele
    await chat.books.kinship.keep_apart(Apart(STRANGER.id, lele.id, "amei", "", hours_ago(1)))
    chat.youzan.bridge = {STRANGER.external_userid: MIMI_THERE}
    read = await chat.says("退款到哪了", "refund_status")
    assert "¥59" not in "".join(read)
    assert chat.did(LinkName) == []


async def test_a_ticket_of_somebody_else_is_as_unknown_as_one_that_is_not_there() -> None:
    chat, lele = Chat(STRANGER), Chat(replace(STRANGER, id=CustomerId(derived("lele"))))
    await lele.says("付不了款", "payment_issue")
    chat.books.tickets.kept.update(lele.books.tickets.kept)
    number = next(iter(lele.books.tickets.kept))
    theirs = await chat.says(number, "ticket_progress", ticket=number)
    none = await chat.says("T-20200101-0001", "ticket_progress", ticket="T-20200101-0001")
    assert theirs[0].replace(number, "") == none[0].replace("T-20200101-0001", "")


def test_the_foreign_order_is_nothing_of_the_first_customers() -> None:
    assert FOREIGN.buyer == LELE_AT_TMALL
    assert BuyerId(FOREIGN.shop, "tb-lele") not in MIMI.buyers
