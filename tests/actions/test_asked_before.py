"""What cannot be taken back is named once before it is done, and waits for a yes."""

from datetime import timedelta

import pytest

from actions.factors import factors_for
from desk.conversations.commands import Ask
from desk.customers.commands import StopPushes
from desk.shops.port import OrderStatus
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from tests.actions.chat import BOOK, Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import ARRIVED, PAID, SHIPPED, order
from tests.actions.people import MIMI


def with_orders(*orders: object) -> Chat:
    """A chat of somebody who has just these orders."""
    chat = Chat(MIMI)
    chat.youzan.orders = [each for each in chat.youzan.orders if each in orders]
    return chat


async def asked_to_cancel(*orders: object) -> Chat:
    """A chat in which the bot has just asked whether to cancel."""
    chat = with_orders(*orders)
    await chat.says("帮我取消订单", "order_cancel")
    assert chat.did(OpenTicket) == []
    return chat


async def test_the_question_names_the_order_and_what_will_happen() -> None:
    chat = await asked_to_cancel(PAID)
    assert "奶粉" in chat.heard[-1]
    assert "先拦下不发货" in chat.heard[-1]
    assert chat.labels == ["确定取消", "先不取消"]


@pytest.mark.parametrize(
    "text",
    ["嗯", "对", "可以", "好的", "确定", "取消吧", "嗯，取消吧", "OK", "1", "第一个", "好的谢谢"],
)
async def test_a_yes_does_it(text: str) -> None:
    chat = await asked_to_cancel(PAID)
    await chat.writes(text, ("greet", 0.2))
    assert [(each.kind, each.order_no) for each in chat.did(OpenTicket)] == [
        (TicketKind.CANCEL, PAID.number)
    ]
    assert "帮我取消订单" in chat.did(OpenTicket)[0].summary


@pytest.mark.parametrize("text", ["不用了", "算了", "不要", "先不取消", "别", "2", "不取消了"])
async def test_a_no_leaves_it(text: str) -> None:
    chat = await asked_to_cancel(PAID)
    read = await chat.writes(text, ("greet", 0.2))
    assert read == ["好的，订单不动，照常发货。"]
    assert chat.conversation.dialogue.pending is None


async def test_wait_keeps_the_question_open() -> None:
    chat = await asked_to_cancel(PAID)
    read = await chat.writes("等一下", ("greet", 0.2))
    assert read == ["好的，不急。想好了告诉我一声，在那之前都不会动。"]
    await chat.writes("嗯，取消吧", ("greet", 0.2))
    assert len(chat.did(OpenTicket)) == 1


async def test_a_tap_answers() -> None:
    chat = await asked_to_cancel(SHIPPED)
    assert chat.labels == ["联系快递拦截", "不拦了"]
    await chat.taps("联系快递拦截")
    assert [each.order_no for each in chat.did(OpenTicket)] == [SHIPPED.number]


async def test_saying_the_wish_again_is_a_yes_but_a_question_on_it_is_none() -> None:
    chat = await asked_to_cancel(PAID)
    await chat.says("取消了多久退款", "order_cancel")
    assert chat.did(OpenTicket) == []
    await chat.says("我就是要取消", "order_cancel")
    assert len(chat.did(OpenTicket)) == 1


async def test_something_else_does_not_agree_and_after_two_a_bare_yes_does_not_either() -> None:
    chat = await asked_to_cancel(PAID)
    read = await chat.says("有券吗", "coupon_query")
    assert read[-1] == "刚才说的“取消订单”还等您点头，要办吗？"
    await chat.says("上海有店吗", "store_locate", city="上海")
    await chat.says("好的", "affirm")
    assert chat.did(OpenTicket) == []
    assert chat.labels == ["确定取消", "先不取消"]
    await chat.taps("确定取消")
    assert len(chat.did(OpenTicket)) == 1


async def test_right_after_the_question_was_said_again_a_yes_counts() -> None:
    chat = await asked_to_cancel(PAID)
    await chat.says("有券吗", "coupon_query")
    await chat.says("嗯", "affirm")
    assert [each.order_no for each in chat.did(OpenTicket)] == [PAID.number]


async def test_a_late_yes_is_asked_for_again() -> None:
    chat = await asked_to_cancel(PAID)
    chat.clock.turn(timedelta(minutes=31))
    await chat.says("好的", "affirm")
    assert chat.did(OpenTicket) == []
    assert [each.expects for each in chat.did(Ask)] == ["sure"]
    await chat.says("好的", "affirm")
    assert len(chat.did(OpenTicket)) == 1


async def test_a_yes_to_cancelling_is_none_to_stopping_the_parcel_that_left_meanwhile() -> None:
    chat = await asked_to_cancel(PAID)
    chat.youzan.orders = [order(PAID.number, OrderStatus.SHIPPED, "婴幼儿配方奶粉3段", days=1)]
    await chat.says("嗯", "affirm")
    assert chat.did(OpenTicket) == []
    assert chat.labels == ["联系快递拦截", "不拦了"]


async def test_another_order_instead_is_asked_about_anew() -> None:
    chat = await asked_to_cancel(PAID, SHIPPED, ARRIVED)
    await chat.writes("不是这个单，是18号那个", ("greet", 0.3))
    assert chat.did(OpenTicket) == []
    assert "学步鞋" in chat.heard[-1]
    await chat.writes("嗯", ("greet", 0.3))
    assert [each.order_no for each in chat.did(OpenTicket)] == [SHIPPED.number]


async def test_an_address_before_shipping_is_changed_without_asking_after_it_is_not() -> None:
    chat = with_orders(PAID)
    await chat.says("地址写错了", "delivery_change")
    assert len(chat.did(OpenTicket)) == 1
    chat = await with_templates(with_orders(SHIPPED))
    await chat.says("地址写错了", "delivery_change")
    assert chat.did(OpenTicket) == []
    await chat.taps("请快递改派")
    assert len(chat.did(OpenTicket)) == 1
    chat.clock.turn(timedelta(hours=1))
    await chat.says("苏州干将路120号 13917045526", "delivery_change", phone="13917045526")
    assert only_ticket(chat).fields["address"] == "苏州干将路120号 13917045526"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("帮我注销账号", True),
        ("把我的信息删了", True),
        ("怎么注销", False),
        ("你们哪来的我的电话", False),
    ],
)
async def test_erasing_is_asked_about_and_questions_on_data_are_not(text: str, asks: bool) -> None:
    chat = Chat(MIMI)
    await chat.says(text, "privacy_request")
    assert bool(chat.did(Ask)) is asks
    if asks:
        await chat.writes("确定", ("greet", 0.2))
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.PRIVACY]


@pytest.mark.parametrize(
    ("intent", "kind"),
    [("return_request", TicketKind.RETURN), ("exchange_request", TicketKind.EXCHANGE)],
)
async def test_what_a_person_looks_at_anyway_is_not_asked_about(
    intent: str, kind: TicketKind
) -> None:
    chat = with_orders(ARRIVED)
    await chat.says("麻烦处理一下", intent)
    assert [each.kind for each in chat.did(OpenTicket)] == [kind]


async def test_pushes_are_stopped_at_once() -> None:
    chat = Chat(MIMI)
    await chat.says("别再发了", "unsubscribe")
    assert len(chat.did(StopPushes)) == 1


@pytest.mark.parametrize("deed", ["cancel", "intercept", "reroute", "erase"])
def test_every_deed_has_its_question_its_lines_and_its_no(deed: str) -> None:
    keys = ("sure.{}", "sure.yes.{}", "sure.no.{}", "sure.kept.{}")
    assert BOOK.check(each.format(deed) for each in keys) == ()


def test_every_question_that_is_come_back_to_has_its_words() -> None:
    expected = ("order", "order_id", "phone_tail", "product", "date", "city", "phone", "sure")
    proofs = ("paid_amount", "bought")
    assert BOOK.check(f"back.{each}" for each in (*expected, *proofs, "anything")) == ()
    assert BOOK.check(f"again.{each}" for each in proofs) == ()


def test_every_way_to_fail_a_proof_has_its_words() -> None:
    for number in ("261118-093512447180026", "2618830174529916203", "312847650137"):
        assert BOOK.check([f"verify.failed.{'_or_'.join(factors_for(number))}"]) == ()
