"""What is asked before buying, or of something never bought, is not answered by some order."""

import pytest

from desk.conversations.commands import Ask
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from tests.actions.chat import Chat
from tests.actions.goods import ARRIVED, SHIPPED
from tests.actions.people import MIMI, STRANGER


def with_orders(*orders: object) -> Chat:
    """A chat of somebody who has just these orders."""
    chat = Chat(MIMI)
    chat.youzan.orders = [each for each in chat.youzan.orders if each in orders]
    return chat


@pytest.mark.parametrize("orders", [(SHIPPED,), (SHIPPED, ARRIVED)])
@pytest.mark.parametrize("intent", ["price_protection", "return_request", "logistics_query"])
async def test_goods_that_no_order_holds_are_no_order(
    orders: tuple[object, ...], intent: str
) -> None:
    chat = with_orders(*orders)
    read = await chat.says("推车那个", intent, product="推车")
    assert read[0].startswith("您的订单里没有找到推车。")
    assert chat.did(OpenTicket) == []
    read = await chat.taps("查库存")
    assert "婴儿推车轻便" in read[0]


async def test_goods_that_no_order_holds_are_no_answer_to_which_order() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("买贵了，申请价保", "price_protection")
    read = await chat.says("推车", "stock_check", product="推车")
    assert "没有找到推车" in read[0]
    assert chat.did(OpenTicket) == []
    await chat.taps("纯棉连体衣（11月10日 12:00）")
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]


async def test_a_word_that_no_shop_knows_may_be_the_customers_own_for_what_was_bought() -> None:
    chat = with_orders(SHIPPED)
    await chat.says("宝贝神器要退", "return_request", product="宝贝神器")
    assert [each.order_no for each in chat.did(OpenTicket)] == [SHIPPED.number]


async def test_a_nod_to_which_order_points_at_the_lines() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("申请价保", "price_protection")
    read = await chat.says("好吧", "affirm")
    assert read == ["是下面哪一个？点一下就行："]
    assert len(chat.labels) == 2


async def test_who_asks_for_less_before_buying_is_told_the_price() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("学步鞋多少钱", "price_query", product="学步鞋")
    read = await chat.says("那我买两双能便宜不", "price_protection")
    assert "价" in read[0]
    assert "哪一笔" not in read[0]
    read = await chat.says("我刚买就便宜了", "price_protection")
    assert "哪一笔" in read[0]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("发什么快递", "logistics_query"),
        ("今天下单今天发吗", "order_status"),
        ("下单后几天到啊", "logistics_query"),
    ],
)
async def test_a_general_question_of_a_stranger_goes_to_a_person(text: str, intent: str) -> None:
    chat = Chat(STRANGER)
    await chat.says(text, intent)
    assert chat.did(Ask) == []
    ticket = chat.did(OpenTicket)[0]
    assert ticket.kind is TicketKind.CONSULT
    assert text in ticket.summary


async def test_who_has_not_bought_yet_can_say_so_where_the_number_is_asked_for() -> None:
    chat = Chat(STRANGER)
    await chat.says("几天到啊 我在成都", "logistics_query")
    assert "还没下单" in chat.labels
    await chat.taps("还没下单")
    assert chat.did(OpenTicket)[0].kind is TicketKind.CONSULT
    assert "几天到啊 我在成都" in chat.did(OpenTicket)[0].summary


async def test_who_has_orders_is_not_taken_for_new() -> None:
    read = await with_orders(SHIPPED).says("发的什么快递", "logistics_query")
    assert "中通快递" in read[0]


@pytest.mark.parametrize("text", ["七天无理由不", "拆封了能退吗", "支持退换吗"])
async def test_the_rules_of_returning_need_no_order(text: str) -> None:
    chat = Chat(STRANGER)
    read = await chat.says(text, "return_request")
    assert "签收 7 天内" in read[0]
    assert chat.did(Ask) == []
    assert chat.did(OpenTicket) == []
    await chat.taps("退货退款")
    assert [each.expects for each in chat.did(Ask)] == ["order_id"]


async def test_who_has_bought_and_asks_whether_it_can_go_back_means_the_order() -> None:
    chat = with_orders(ARRIVED)
    await chat.says("拆封了能退吗", "return_request")
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]


@pytest.mark.parametrize("text", ["支持花呗吗", "可以货到付款不", "怎么付款", "能用微信付吗"])
async def test_a_way_to_pay_is_no_trouble(text: str) -> None:
    chat = Chat(STRANGER)
    read = await chat.says(text, "payment_issue")
    assert "重复付款" not in read[0]
    assert chat.did(OpenTicket)[0].kind is TicketKind.CONSULT


@pytest.mark.parametrize("text", ["花呗付不了", "微信扣了两次款", "支付宝为什么提示失败"])
async def test_trouble_with_paying_is(text: str) -> None:
    chat = Chat(STRANGER)
    read = await chat.says(text, "payment_issue")
    assert "先别重复付款" in read[0]
    assert chat.did(OpenTicket)[0].kind is TicketKind.PAYMENT


@pytest.mark.parametrize("intent", ["logistics_query", "parcel_missing"])
async def test_a_locker_that_stays_shut_gets_advice_and_a_person(intent: str) -> None:
    chat = with_orders(SHIPPED)
    read = await chat.says("快递柜取不出来", intent)
    assert "取件码在快递发的短信里" in read[1]
    ticket = chat.did(OpenTicket)[0]
    assert (ticket.kind, ticket.order_no) == (TicketKind.LOGISTICS, SHIPPED.number)


async def test_who_asks_whether_it_was_signed_for_misses_nothing_yet() -> None:
    chat = with_orders(SHIPPED)
    read = await chat.says("签收了没", "parcel_missing")
    assert "运输中" in read[0]
    assert chat.did(OpenTicket) == []


async def test_what_points_are_worth_is_answered_by_a_person() -> None:
    chat = Chat(MIMI)
    await chat.says("我积分能抵多少", "member_query")
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.CONSULT]
    await chat.says("我多少积分", "member_query")
    assert chat.did(OpenTicket) == []


async def test_whether_a_store_has_it_is_asked_of_the_store() -> None:
    chat = Chat(MIMI)
    await chat.says("学步鞋有货吗", "stock_check", product="学步鞋")
    read = await chat.says("滨江店有没有", "store_locate", store="滨江店")
    assert "江南大道228号" in read[0]
    ticket = chat.did(OpenTicket)[0]
    assert "请门店确认有没有现货" in ticket.summary
    assert "学步鞋" in ticket.summary


async def test_whether_there_is_a_store_is_no_question_of_stock() -> None:
    chat = Chat(STRANGER)
    await chat.says("滨江有没有店", "store_locate", city="杭州")
    assert chat.did(OpenTicket) == []
