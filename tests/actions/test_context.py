"""Fragments, references and corrections, read in what was talked about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.conversations.commands import Tell
from desk.kernel.messages import Say
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from desk.wishes.commands import NoteWish
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import ARRIVED, FOREIGN, PAID, REFUNDING, SHIPPED, UNPAID
from tests.actions.people import MIMI, STRANGER, proven


def with_orders(*orders: object) -> Chat:
    """A chat of somebody who has just these orders."""
    chat = Chat(MIMI)
    chat.youzan.orders = [each for each in chat.youzan.orders if each in orders]
    return chat


def order_meant(chat: Chat) -> str:
    """The order that the last turn was about."""
    return chat.conversation.dialogue.focus.get("order_id", "")


FRAGMENTS = [
    "白色的呢",
    "22码",
    "那22的",
    "22码白色的",
    "那白色22码呢",
    "这个呢",
    "那就要这个",
    "M码呢",
]


@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize(
    ("text", "intent"),
    [("学步鞋多少钱", "price_query"), ("学步鞋有货吗", "stock_check")],
)
async def test_a_fragment_stays_with_what_was_asked_before(
    fragment: str, text: str, intent: str
) -> None:
    chat = Chat(STRANGER)
    await chat.says(text, intent, product="学步鞋")
    await chat.writes(fragment, ("exchange_request", 0.4), ("greet", 0.39))
    assert chat.reading.meant.intent == intent
    assert chat.conversation.dialogue.focus["item"] == "youzan-main:101"


@pytest.mark.parametrize(
    ("fragment", "intent"),
    [
        ("24 呢", "stock_check"),
        ("那白色22码呢", "stock_check"),
        ("M码", "stock_check"),
        ("这个呢", "product_consult"),
    ],
)
async def test_a_size_or_colour_after_advice_is_looked_for(fragment: str, intent: str) -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋什么材质", "product_consult", product="学步鞋")
    await chat.writes(fragment, ("product_consult", 0.9))
    assert chat.reading.meant.intent == intent
    assert chat.conversation.dialogue.focus["item"] == "youzan-main:101"


async def test_a_fragment_is_about_the_topic_even_where_the_nlu_is_sure_of_another() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋多少钱", "price_query", product="学步鞋")
    read = await chat.says("奶粉呢", "stock_check", product="奶粉")
    assert read[0] == "婴幼儿配方奶粉3段 800g：\n【有赞商城】¥298"


async def test_size_and_colour_add_up_over_turns() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    await chat.writes("白色的呢", ("affirm", 0.2))
    await chat.writes("22码", ("affirm", 0.2))
    read = await chat.writes("那23的", ("affirm", 0.2))
    assert read[0].startswith("婴儿学步鞋软底防滑，白色 23：")


async def test_after_a_digression_the_fragment_finds_its_topic_again() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋多少钱", "price_query", product="学步鞋")
    await chat.says("上海有店吗", "store_locate", city="上海")
    await chat.writes("那22码的呢", ("greet", 0.2))
    assert chat.reading.meant.intent == "price_query"
    read = await chat.says("杭州呢", "order_status", city="杭州")
    assert "滨江店" in read[0]


async def test_a_topic_is_forgotten_after_hours() -> None:
    chat = Chat(STRANGER)
    await chat.says("上海有店吗", "store_locate", city="上海")
    chat.clock.turn(timedelta(hours=7))
    await chat.writes("杭州呢", ("greet", 0.2), city="杭州")
    assert chat.labels[-1] == "找人工客服"
    assert "滨江店" not in chat.heard[-1]


async def test_what_the_nlu_is_unsure_of_is_the_topic_where_that_is_likely() -> None:
    chat = Chat(STRANGER)
    await chat.says("付不了款", "payment_issue")
    await chat.writes("还是转圈", ("greet", 0.3), ("payment_issue", 0.28))
    assert chat.reading.meant.intent == "payment_issue"


async def test_it_is_the_order_in_focus() -> None:
    chat = with_orders(SHIPPED, PAID, ARRIVED)
    await chat.says("订单怎么样了", "order_status", order_id=SHIPPED.number)
    read = await chat.says("它到哪了", "logistics_query")
    assert "嘉兴" in read[0]
    await chat.says("上海有店吗", "store_locate", city="上海")
    read = await chat.writes("还是刚才那个订单", ("greet", 0.2))
    assert "嘉兴" in read[0]


@pytest.mark.parametrize(
    ("text", "slots", "number"),
    [
        ("昨天那个", {}, PAID.number),
        ("昨天买的", {"date": "昨天"}, PAID.number),
        ("18号那单", {}, SHIPPED.number),
        ("上上周那单", {}, ""),
        ("买奶粉那单", {"product": "奶粉"}, PAID.number),
        ("奶粉那个", {"product": "奶粉"}, PAID.number),
        ("奶粉", {}, PAID.number),
        ("最新的那单", {}, PAID.number),
        ("最近买的", {}, PAID.number),
        ("最早的那个", {}, ARRIVED.number),
        ("第二个", {}, SHIPPED.number),
        ("2", {}, SHIPPED.number),
        ("最后一个", {}, ARRIVED.number),
        ("尾号0003的", {}, ARRIVED.number),
        ("100003那个", {}, ARRIVED.number),
    ],
)
async def test_which_order_is_answered_in_many_ways(
    text: str, slots: dict[str, str], number: str
) -> None:
    chat = with_orders(SHIPPED, PAID, ARRIVED)
    await chat.says("开发票", "invoice_request")
    assert len(chat.labels) == 3
    await chat.writes(text, ("greet", 0.2), **slots)
    assert [each.order_no for each in chat.did(OpenTicket)] == ([number] if number else [])


async def test_the_order_of_a_shop_is_told_by_the_shops_name() -> None:
    chat = Chat(replace(MIMI, proven_orders=(proven(FOREIGN),)))
    chat.youzan.orders = [SHIPPED]
    await chat.says("开发票", "invoice_request")
    await chat.writes("天猫那单", ("greet", 0.2))
    assert [each.order_no for each in chat.did(OpenTicket)] == [FOREIGN.number]


async def test_a_day_without_orders_is_told_and_nothing_is_guessed() -> None:
    chat = with_orders(SHIPPED)
    read = await chat.says("前天那单我要退货", "return_request")
    assert "没有查到那天的订单" in read[0]
    assert chat.did(OpenTicket) == []


async def test_what_was_said_yesterday_is_no_day_of_an_order() -> None:
    chat = with_orders(SHIPPED)
    read = await chat.says("昨天就问过了快递到哪了", "logistics_query")
    assert "嘉兴" in read[0]


async def test_orders_that_were_told_at_once_can_be_counted_off() -> None:
    chat = with_orders(SHIPPED, REFUNDING)
    await chat.says("快递到哪了", "logistics_query")
    await chat.says("第二个怎么还不动", "logistics_delay")
    assert [each.order_no for each in chat.did(OpenTicket)] == [REFUNDING.number]
    assert order_meant(chat) == REFUNDING.number


async def test_a_list_can_be_counted_off_after_a_digression_has_closed_the_question() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("我要退货", "return_request")
    await chat.says("上海有店吗", "store_locate", city="上海")
    await chat.says("谢谢", "thank")
    await chat.writes("第二个", ("greet", 0.2))
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]


async def test_a_bare_number_counts_only_what_was_shown_just_now() -> None:
    chat = Chat(STRANGER)
    await chat.says("你好", "greet")
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋", color="白色", size="22码")
    await chat.writes("2", ("greet", 0.2))
    assert chat.reading.meant.intent != "logistics_query"


async def test_the_cheapest_of_the_products_shown_is_meant() -> None:
    chat = Chat(STRANGER)
    await chat.says("婴儿的有吗", "stock_check", product="婴儿")
    assert len(chat.labels) > 1
    read = await chat.writes("最便宜的那个", ("price_query", 0.6), ("greet", 0.1))
    assert chat.reading.meant.intent == "stock_check"
    assert read[0].startswith("婴儿学步鞋")
    read = await chat.says("最贵的那个多少钱", "price_query")
    assert read[0].startswith("婴儿推车")


CORRECTED_KINDS = [
    ("不是22是23", "白色 23"),
    ("不是22码，是23码", "白色 23码"),
    ("说错了，是23码", "白色 23码"),
    ("我说的是粉色", "粉色 22码"),
    ("不是白色，是粉色", "粉色 22码"),
    ("不要白色要粉色的", "粉色 22码"),
    ("不对，粉色的", "粉色 22码"),
    ("不要白色的 粉色", "粉色 22码"),
]


@pytest.mark.parametrize(("text", "kind"), CORRECTED_KINDS)
async def test_a_corrected_size_or_colour_keeps_the_rest(text: str, kind: str) -> None:
    chat = Chat(STRANGER)
    await chat.says(
        "学步鞋白色22码有吗", "stock_check", product="学步鞋", color="白色", size="22码"
    )
    read = await chat.writes(text, ("exchange_request", 0.5), ("greet", 0.4))
    assert read[0].startswith(f"婴儿学步鞋软底防滑，{kind}：")


async def test_the_corrected_wish_takes_the_product_along() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋22码有吗", "stock_check", product="学步鞋", size="22码")
    read = await chat.writes("不对 我问的是价格", ("price_query", 0.4), ("greet", 0.39))
    assert "【有赞商城】¥169" in read[0]


async def test_the_corrected_product_is_looked_up_instead() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    read = await chat.writes("我说的是推车", ("greet", 0.3), product="推车")
    assert read[0].startswith("婴儿推车")


async def test_an_exchange_instead_of_a_return_is_told_to_those_who_have_the_ticket() -> None:
    chat = with_orders(ARRIVED)
    await chat.says("我要退货", "return_request")
    await chat.writes("不是退 是换", ("exchange_request", 0.4), ("return_request", 0.39))
    assert [(each.kind, each.order_no) for each in chat.did(OpenTicket)] == [
        (TicketKind.EXCHANGE, ARRIVED.number)
    ]
    told = chat.did(Tell)
    assert len(told) == 1
    assert isinstance(told[0].reply, Say)
    assert "先别处理" in chat.text(told[0].reply)


async def test_another_order_is_meant_than_the_one_that_was_taken() -> None:
    chat = with_orders(SHIPPED, PAID, ARRIVED)
    await chat.says("开发票", "invoice_request", order_id=ARRIVED.number)
    await chat.writes("不是这个单，是昨天那个", ("greet", 0.3))
    assert [each.order_no for each in chat.did(OpenTicket)] == [PAID.number]
    assert len(chat.did(Tell)) == 1


async def test_not_this_order_alone_asks_for_the_others() -> None:
    chat = with_orders(SHIPPED, PAID, ARRIVED)
    await chat.says("开发票", "invoice_request", order_id=ARRIVED.number)
    await chat.writes("不是这个单", ("deny", 0.8), ("greet", 0.1))
    assert len(chat.labels) == 2
    assert chat.did(OpenTicket) == []
    await chat.taps(chat.labels[0])
    assert [each.order_no for each in chat.did(OpenTicket)] == [PAID.number]


@pytest.mark.parametrize("text", ["不是说三天到吗", "是不是发错了", "不要了", "发错了"])
async def test_what_only_looks_like_a_correction_is_read_as_it_is(text: str) -> None:
    chat = with_orders(SHIPPED)
    await chat.says("快递到哪了", "logistics_query")
    await chat.says(text, "after_sales_claim")
    assert chat.reading.meant.intent == "after_sales_claim"


async def test_an_unpaid_order_is_pointed_at_by_today() -> None:
    chat = with_orders(SHIPPED, UNPAID)
    read = await chat.says("今天拍的那个怎么样了", "order_status")
    assert "还没付款" in read[0]


async def test_one_size_up_is_counted_from_the_size_talked_about() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋22码有吗", "stock_check", product="学步鞋", size="22码")
    read = await chat.says("换个大一码的呢", "exchange_request")
    assert read[0].startswith("婴儿学步鞋软底防滑，23：")
    read = await chat.says("大两码的有吗", "exchange_request")
    assert read[0].startswith("婴儿学步鞋软底防滑，25：")


async def test_a_price_names_the_kind_that_was_asked_about() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋22码多少钱", "price_query", product="学步鞋", size="22码")
    read = await chat.writes("那蓝色呢", ("greet", 0.2))
    assert read[0].startswith("婴儿学步鞋软底防滑，蓝色 22码：\n【有赞商城】¥169")


async def test_the_products_name_is_no_size() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    read = await chat.says("学步鞋", "stock_check", product="学步鞋")
    assert read[0].startswith("婴儿学步鞋软底防滑：")


async def test_a_single_way_on_leaves_the_list_before_it() -> None:
    chat = with_orders(SHIPPED, PAID)
    await chat.says("我的订单呢", "order_status")
    await chat.says("第一个", "affirm")
    assert chat.labels == ["催发货"]
    await chat.says("第二个呢", "affirm")
    assert order_meant(chat) == SHIPPED.number


async def test_an_order_named_after_we_guessed_another_takes_its_place() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("显示签收了没收到", "parcel_missing")
    assert [each.order_no for each in chat.did(OpenTicket)] == [ARRIVED.number]
    await chat.writes("学步鞋那单", ("greet", 0.2), product="学步鞋")
    assert [each.order_no for each in chat.did(OpenTicket)] == [SHIPPED.number]
    assert len(chat.did(Tell)) == 1


async def test_a_ticket_of_another_wish_is_not_touched_by_naming_another_order() -> None:
    chat = with_orders(SHIPPED, PAID, ARRIVED)
    await chat.says("开发票", "invoice_request", order_id=ARRIVED.number)
    await chat.says("查一下订单", "order_status")
    await chat.writes("昨天那单", ("greet", 0.2))
    assert chat.did(Tell) == []


async def test_then_goes_on_about_the_order_just_answered_on() -> None:
    chat = with_orders(SHIPPED, PAID)
    await chat.says("发货了吗", "order_status", order_id=PAID.number)
    await chat.says("那什么时候到", "logistics_query")
    assert order_meant(chat) == PAID.number
    chat.clock.turn(timedelta(minutes=11))
    await chat.says("快递到哪了", "logistics_query")
    assert order_meant(chat) == SHIPPED.number


@pytest.mark.parametrize("text", ["不退了", "算了不退了", "那算了", "不想退了"])
async def test_a_wish_that_is_taken_back_is_told_to_the_staff(text: str) -> None:
    chat = with_orders(ARRIVED)
    await chat.says("我要退货", "return_request")
    read = await chat.writes(text, ("return_request", 0.9), ("greet", 0.1))
    assert read == ["好的，那就先不办。我已经告诉同事了。"]
    assert len(chat.did(Tell)) == 1
    assert chat.did(OpenTicket) == []


async def test_a_tax_number_does_not_change_the_order_of_an_invoice() -> None:
    chat = await with_templates(with_orders(PAID))
    await chat.says("给公司开发票", "invoice_request")
    await chat.says("上海某某有限公司", "out_of_scope")
    await chat.says("913100001234567890", "invoice_request", order_id="913100001234567890")
    ticket = only_ticket(chat)
    assert ticket.order_no == PAID.number
    assert ticket.fields["tax_number"] == "913100001234567890"


async def test_an_old_list_is_counted_off_but_a_name_alone_is_none_of_its_lines() -> None:
    chat = with_orders(SHIPPED, PAID, ARRIVED)
    await chat.says("开发票", "invoice_request")
    await chat.says("算了", "deny")
    await chat.says("有券吗", "coupon_query")
    await chat.says("奶粉", "stock_check", product="奶粉")
    assert chat.did(OpenTicket) == []
    await chat.says("开票吧 第二个", "invoice_request")
    assert [each.order_no for each in chat.did(OpenTicket)] == [SHIPPED.number]


@pytest.mark.parametrize(
    ("text", "notes"), [("嗯嗯 登记吧", True), ("要的", True), ("再说吧", False)]
)
async def test_an_offer_is_taken_or_left_in_short_words(text: str, notes: bool) -> None:
    chat = Chat(STRANGER)
    await chat.says("连体衣有吗", "stock_check", product="连体衣")
    await chat.writes(text, ("exchange_request", 0.5), ("greet", 0.1))
    assert bool(chat.did(NoteWish)) is notes


async def test_all_of_the_orders_that_were_shown_is_a_persons_work() -> None:
    chat = with_orders(SHIPPED, ARRIVED)
    await chat.says("我要退货", "return_request")
    await chat.says("都退", "return_request")
    ticket = chat.did(OpenTicket)[0]
    assert ticket.order_no == ""
    assert "都退" in ticket.summary


async def test_a_nod_to_which_size_is_left_at_that() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    assert await chat.says("好的我看看", "affirm") == ["好的，有需要随时告诉我。"]


@pytest.mark.parametrize("text", ["帮我看看学步鞋", "想问下学步鞋", "学步鞋"])
async def test_goods_named_alone_are_shown(text: str) -> None:
    chat = Chat(STRANGER)
    read = await chat.says(text, "out_of_scope", product="学步鞋")
    assert read[0].startswith("婴儿学步鞋软底防滑：")


@pytest.mark.parametrize(("word", "found"), [("奶粉", True), ("推车", True), ("天气", False)])
async def test_a_mere_word_that_goods_are_called_by_shows_them(word: str, found: bool) -> None:
    chat = Chat(STRANGER)
    read = await chat.says(word, "out_of_scope")
    assert read[0].startswith("婴") is found
