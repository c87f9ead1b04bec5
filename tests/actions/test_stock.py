"""Is it there: per shop and kind, with its age, and what follows from it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.conversations.commands import Ask, NoteMissing, Remember
from desk.coupons.commands import GrantCoupon
from desk.coupons.model import GrantState
from desk.customers.model import Evidence, Link
from desk.kernel.errors import Unavailable
from desk.kernel.messages import Say
from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.shops.port import BuyerId
from desk.tickets.commands import OpenTicket
from desk.wishes.commands import NoteWish
from tests.actions.chat import Chat
from tests.actions.goods import MIMI_THERE, SHOES, kind
from tests.actions.people import BROWSER, MIMI, STRANGER
from tests.clocks import NOON


def keys(chat: Chat) -> list[str]:
    """The phrases of the last outcome."""
    return [each.phrase.key for each in chat.last.say if isinstance(each, Say)]


def shop_lines(chat: Chat) -> list[str]:
    """What the last answer says of each shop, by phrase."""
    say = chat.last.say[0]
    assert isinstance(say, Say)
    shops = say.phrase.params["shops"]
    assert isinstance(shops, tuple)
    return [each.key for each in shops]


async def test_what_was_bought_last_time_is_looked_up_in_the_orders() -> None:
    chat = Chat(MIMI)
    read = await chat.says("上次买的鞋子有货吗", "stock_check", product="鞋子")
    assert read[0].startswith("婴儿学步鞋软底防滑")
    assert chat.conversation.dialogue.focus["item"] == "youzan-main:101"


async def test_what_was_looked_at_needs_no_name() -> None:
    chat = Chat(BROWSER)
    read = await chat.says("看中的那双还有吗", "stock_check")
    assert read[0].startswith("婴儿学步鞋软底防滑")


async def test_many_kinds_are_summed_up_and_size_and_colour_are_asked_for() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    assert "17 个规格有货，共 85 件" in read[0]
    assert keys(chat)[-1] == "stock.which_size"
    assert [(each.intent, each.expects) for each in chat.did(Ask)] == [("stock_check", "size")]


async def test_a_size_alone_is_an_answer_about_the_same_product() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    read = await chat.says("22码", "stock_check", size="22码")
    assert "有货，¥169\n　白色：5 件、粉色：5 件、蓝色：5 件\n" in read[0]


async def test_a_colour_keeps_the_size_asked_for_before() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋22码有吗", "stock_check", product="学步鞋", size="22码")
    read = await chat.says("粉色的呢", "stock_check", color="粉色")
    assert read[0].startswith("婴儿学步鞋软底防滑，粉色 22码：")
    assert "还有 5 件" in read[0]


async def test_asking_for_all_sizes_drops_the_size_asked_for_before() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋22码有吗", "stock_check", product="学步鞋", size="22码")
    read = await chat.says("白色还有哪些码", "stock_check", color="白色")
    assert "25：5 件" in read[0]


async def test_shops_that_are_silent_are_named_in_one_line_with_what_to_do() -> None:
    chat = Chat(STRANGER)
    await chat.desk.shops.find("学步鞋")
    chat.youzan.failure = chat.tmall.failure = Unavailable("down", "没有回应")
    read = await chat.says("学步鞋粉色22码有吗", "stock_check", product="学步鞋", color="粉色")
    assert read[0].endswith(
        "：\n【有赞商城、天猫旗舰店】现在连不上，暂时查不到\n过几分钟再问我一次，着急的话找人工客服。"
    )


async def test_another_product_forgets_size_and_colour() -> None:
    chat = Chat(STRANGER)
    await chat.says(
        "学步鞋粉色22码有吗", "stock_check", product="学步鞋", size="22码", color="粉色"
    )
    read = await chat.says("奶粉有吗", "stock_check", product="奶粉")
    assert read[0].startswith("婴幼儿配方奶粉3段 800g：")
    assert "size" not in chat.conversation.dialogue.focus


async def test_a_question_for_another_product_is_no_size() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    read = await chat.says("推车有吗", "stock_check", product="推车")
    assert read[0].startswith("婴儿推车轻便：")


async def test_few_pieces_are_called_few() -> None:
    chat = Chat(STRANGER)
    chat.youzan.skus = [kind(SHOES, 3, 16900, size="22"), kind(SHOES, 4, 16900, size="23")]
    read = await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    assert "22：只剩 3 件" in read[0]
    assert "23：4 件" in read[0]


async def test_a_shop_that_hangs_is_named_and_holds_up_nobody() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋", size="25码")
    chat.tmall.hangs = True
    await chat.says("24码呢", "stock_check", size="24码")
    assert shop_lines(chat) == ["stock.shop_fresh", "stock.shop_stale"]


async def test_a_shop_that_never_answered_is_named_too() -> None:
    chat = Chat(STRANGER)
    chat.tmall.hangs = True
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    assert shop_lines(chat) == ["stock.shop_fresh", "stock.shop_silent"]


async def test_old_figures_carry_their_time() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    chat.clock.turn(timedelta(hours=2))
    chat.tmall.failure = Unavailable("down", "没有回应")
    read = await chat.says("22码呢", "stock_check", size="22码")
    assert "【天猫旗舰店 · 今天 12:00 的数据，现在连不上】还有 2 件" in read[0]
    assert "【有赞商城 · 今天 14:00】" in read[0]


async def test_nothing_is_called_sold_out_while_a_shop_is_silent() -> None:
    chat = Chat(STRANGER)
    chat.tmall.hangs = True
    await chat.says("连体衣有吗", "stock_check", product="连体衣")
    assert "stock.sold_out" not in keys(chat)
    assert chat.did(NoteMissing) == []


async def test_sold_out_is_noted_and_yes_leaves_a_wish() -> None:
    chat = Chat(STRANGER)
    await chat.says("连体衣有吗", "stock_check", product="连体衣")
    assert chat.did(NoteMissing) == [NoteMissing("纯棉连体衣")]
    await chat.says("要", "affirm")
    assert [(each.title, each.wanted) for each in chat.did(NoteWish)] == [("纯棉连体衣", ())]


async def test_a_kind_that_is_gone_leads_to_its_neighbours() -> None:
    chat = Chat(STRANGER)
    read = await chat.says(
        "学步鞋粉色24码", "stock_check", product="学步鞋", color="粉色", size="24码"
    )
    assert "粉色还有：20、21、22、23、25" in read[1]
    assert "24码还有：白色、蓝色" in read[1]
    assert chat.labels == ["登记补货提醒"]


async def test_a_wish_for_what_is_there_is_told_that_it_is_there() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("推车到货告诉我", "restock_notify", product="推车")
    assert "还有 2 件" in read[0]
    assert chat.did(OpenTicket) == []


async def test_what_nobody_sells_is_asked_for_by_another_name_then_a_person_is_offered() -> None:
    chat = Chat(STRANGER)
    await chat.says("航天飞机有吗", "stock_check", product="航天飞机")
    assert keys(chat) == ["product.not_found"]
    assert chat.labels == []
    await chat.says("火箭", "stock_check", product="火箭")
    assert chat.labels == ["找人工客服"]


async def test_a_product_named_after_it_was_not_found_is_found() -> None:
    chat = Chat(STRANGER)
    await chat.says("航天飞机有吗", "stock_check", product="航天飞机")
    read = await chat.says("推车")
    assert read[0].startswith("婴儿推车轻便：")


async def test_the_coupon_for_a_stock_answer_goes_into_a_proven_account_once_a_week() -> None:
    chat = Chat(MIMI)
    await chat.says("奶粉有吗", "stock_check", product="奶粉")
    assert [(each.policy, each.buyer) for each in chat.did(GrantCoupon)] == [
        ("full-200-20", MIMI_THERE)
    ]
    read = await chat.coupons_arrive()
    assert "满200减20" in read[0]
    chat.clock.turn(timedelta(days=6))
    await chat.says("推车有吗", "stock_check", product="推车")
    assert chat.did(GrantCoupon) == []
    chat.clock.turn(timedelta(days=2))
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    assert len(chat.did(GrantCoupon)) == 1


async def test_a_coupon_that_the_shop_refused_may_be_tried_again() -> None:
    chat = Chat(MIMI)
    await chat.says("奶粉有吗", "stock_check", product="奶粉")
    grants = chat.books.grants.kept
    for key, grant in grants.items():
        grants[key] = replace(grant, state=GrantState.REFUSED)
    await chat.says("推车有吗", "stock_check", product="推车")
    assert len(chat.did(GrantCoupon)) == 1


async def test_who_is_not_known_hears_of_the_coupon_once() -> None:
    chat = Chat(STRANGER)
    await chat.says("奶粉有吗", "stock_check", product="奶粉")
    assert "coupon.in_shop" in keys(chat)
    await chat.says("推车有吗", "stock_check", product="推车")
    assert "coupon.in_shop" not in keys(chat)


async def test_a_shop_that_issues_no_coupons_is_not_asked_for_one() -> None:
    link = Link(BuyerId("tmall-flagship", "tb-mimi"), Evidence.ORDER_AND_PHONE, NOON)
    chat = Chat(replace(STRANGER, links=(link,)))
    in_second = replace(chat.desk.policies[0], id="second", shop="tmall-flagship")
    chat.use_policies(in_second)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    assert chat.did(GrantCoupon) == []
    assert "coupon.in_shop" in keys(chat)


async def test_prices_are_told_per_shop() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("学步鞋多少钱", "price_query", product="学步鞋")
    assert "【有赞商城】¥169\n【天猫旗舰店】¥179" in read[0]


async def test_prices_that_differ_by_kind_are_a_span() -> None:
    chat = Chat(STRANGER)
    chat.youzan.skus = [kind(SHOES, 1, 16900, size="22"), kind(SHOES, 0, 18950, size="23")]
    read = await chat.says("学步鞋多少钱", "price_query", product="学步鞋")
    assert "¥169～¥189.50" in read[0]


async def test_haggling_is_met_with_a_coupon_or_a_kind_no() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋能便宜点吗", "price_query", product="学步鞋")
    assert keys(chat) == ["price.haggle_coupon"]
    chat.use_policies()
    await chat.says("再便宜点呗", "price_query")
    assert keys(chat) == ["price.no_haggling"]


async def test_freight_is_a_persons_answer() -> None:
    chat = Chat(STRANGER)
    await chat.says("运费多少", "price_query")
    assert len(chat.did(OpenTicket)) == 1


async def test_a_question_on_a_product_gets_the_facts_and_a_specialist() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("学步鞋是什么材质", "product_consult", product="学步鞋")
    assert "尺码：20、21、22、23、24、25" in read[0]
    ticket = chat.did(OpenTicket)[0]
    assert ticket.skill == "product"
    assert "学步鞋是什么材质" in ticket.summary


async def test_focus_is_remembered_for_the_person_who_takes_over() -> None:
    chat = Chat(STRANGER)
    await chat.says("推车有吗", "stock_check", product="推车")
    titles = [each.focus.get("product") for each in chat.did(Remember)]
    assert "婴儿推车轻便" in titles


@pytest.mark.parametrize("intent", ["stock_check", "price_query", "restock_notify"])
async def test_without_any_shop_a_person_answers_instead_of_endless_questions(intent: str) -> None:
    chat = Chat(STRANGER)
    chat.desk = replace(chat.desk, shops=ShopFloor((), chat.clock, MemoryCache(chat.clock)))
    read = await chat.says("学步鞋还有吗", intent, product="学步鞋")
    assert "T-" in read[-1]
    assert chat.conversation.dialogue.pending is None
