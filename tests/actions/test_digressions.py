"""While a question is open: something else is answered, and the question is come back to once."""

import pytest

from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.goods import ARRIVED, PAID, SHIPPED
from tests.actions.people import MIMI, STRANGER


def with_orders(*orders: object) -> Chat:
    """A chat of somebody who has just these orders."""
    chat = Chat(MIMI)
    chat.youzan.orders = [each for each in chat.youzan.orders if each in orders]
    return chat


async def test_the_open_question_is_come_back_to_once_and_its_answer_works() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("我要退货", "return_request")
    read = await chat.says("上海有店吗", "store_locate", city="上海")
    assert "徐家汇店" in read[0]
    assert read[-1] == "刚才说的“退货退款”，是哪一笔订单？"
    assert chat.labels == ["婴儿学步鞋软底防滑（11月18日 12:00）", "纯棉连体衣（11月10日 12:00）"]
    read = await chat.says("杭州呢", "store_locate", city="杭州")
    assert not any("刚才说的" in each for each in read)
    await chat.writes("连体衣", ("greet", 0.2))
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]


async def test_a_tap_on_the_line_that_was_shown_again_answers() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("我要退货", "return_request")
    await chat.says("你是机器人吗", "bot_challenge")
    await chat.taps("纯棉连体衣（11月10日 12:00）")
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]


async def test_a_number_that_comes_after_a_digression_is_the_one_asked_for() -> None:
    chat = Chat(STRANGER)
    await chat.says("我的快递到哪了", "logistics_query")
    read = await chat.says("有券吗", "coupon_query")
    assert read[-1] == "刚才说的“查快递”，还等您发一下订单号。"
    await chat.says(SHIPPED.number, "order_status", order_id=SHIPPED.number)
    assert "后四位" in chat.heard[-1]
    read = await chat.says("附近有店吗", "store_locate")
    assert read[-1] == "刚才说的“查快递”，还差收货手机号的后四位。"
    read = await chat.writes("2345", ("greet", 0.2))
    assert "嘉兴" in read[0]


@pytest.mark.parametrize(
    ("text", "intent"), [("有券吗", "coupon_query"), ("谢谢", "thank"), ("你好", "greet")]
)
async def test_small_talk_leaves_the_question_open_too(text: str, intent: str) -> None:
    chat = Chat(STRANGER)
    await chat.says("我的快递到哪了", "logistics_query")
    await chat.says(text, intent)
    assert chat.conversation.dialogue.pending is not None


async def test_a_new_wish_of_the_same_kind_takes_the_place_of_the_old_one() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("我要退货", "return_request")
    read = await chat.says("还是换货吧", "exchange_request")
    assert not any("刚才说的" in each for each in read)
    await chat.taps("纯棉连体衣（11月10日 12:00）")
    assert [each.kind for each in chat.did(OpenTicket)] == ["exchange"]


@pytest.mark.parametrize(
    ("text", "intent"), [("转人工", "human_handoff"), ("我要投诉", "complaint"), ("算了", "deny")]
)
async def test_after_some_words_nobody_asks_again(text: str, intent: str) -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("我要退货", "return_request")
    read = await chat.says(text, intent)
    assert not any("刚才说的" in each for each in read)


async def test_a_question_that_need_not_be_answered_is_not_come_back_to() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    read = await chat.says("上海有店吗", "store_locate", city="上海")
    assert not any("刚才说的" in each for each in read)


async def test_the_product_that_was_asked_for_may_come_with_another_wish() -> None:
    chat = Chat(STRANGER)
    await chat.says("还有货吗", "stock_check")
    read = await chat.says("学步鞋多少钱", "price_query", product="学步鞋")
    assert "【有赞商城】¥169" in read[0]


async def test_long_after_the_question_any_words_are_no_name() -> None:
    chat = Chat(STRANGER)
    await chat.says("还有货吗", "stock_check")
    for text, intent in (("谢谢", "thank"), ("有券吗", "coupon_query"), ("有店吗", "store_locate")):
        await chat.says(text, intent)
    await chat.writes("嗯哼那个啥", ("invoice_request", 0.2))
    assert chat.reading.meant.source == "unsure"


async def test_the_only_waiting_order_is_urged_while_another_is_asked_about() -> None:
    chat = with_orders(SHIPPED, PAID, ARRIVED)
    await chat.says("开发票", "invoice_request")
    await chat.says("帮我催一下发货", "urge_order")
    assert [each.order_no for each in chat.did(OpenTicket)] == [PAID.number]
    assert "刚才说的“开发票”，是哪一笔订单？" in chat.heard
