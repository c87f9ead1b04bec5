"""Conversations over several turns, held while the NLU is away: rules and context carry them."""

import asyncio
import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.stories.world import Customer, Member, World, eventually, text_of
from tools.local import House, Ports, free_port

pytestmark = pytest.mark.timeout(120)

TICKET = re.compile(r"T-\d{8}-\d{4,}")
NEWEST_OF_LIN = "3737401822650113024"
"""Her order in the WeChat Store, two days younger than the one on Youzan."""


@pytest.fixture(scope="module")
async def house_without_nlu(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Sandbox and bot as real processes."""
    ports = Ports(free_port(), free_port(), free_port())
    house = House(ports, tmp_path_factory.mktemp("quiet"))
    try:
        await asyncio.gather(house.start("sandbox"), house.start("bot"))
        yield house
    finally:
        await house.stop()


@pytest.fixture
async def quiet(house_without_nlu: House) -> AsyncIterator[World]:
    """The house from its seats."""
    async with aiohttp.ClientSession(house_without_nlu.sandbox_url) as control:
        yield World(house_without_nlu, control)


async def ticket_of(customer: Customer, words: str = "T-") -> str:
    """The number of the ticket that the customer hears of next."""
    found = TICKET.search(await customer.hears(words))
    assert found is not None
    return found[0]


async def test_a_price_stays_a_price_over_fragments(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("学步鞋多少钱", "¥169")
    price = await customer.asks("粉色的呢", "¥169")
    assert "件" not in price
    await customer.asks("那23的", "¥169")
    stock = await customer.asks("有货吗", "粉色 23")
    assert "有赞商城" in stock


async def test_colour_and_size_add_up_and_are_put_right(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("学步鞋有货吗", "步步熊软底学步鞋")
    await customer.asks("粉色的呢", "学步鞋，粉色")
    await customer.asks("22码", "粉色 22码")
    await customer.asks("不是22是23", "粉色 23")
    await customer.asks("我说的是米白色", "米白色 23")
    await customer.asks("不要23要21码", "米白色 21码")


async def test_a_wish_that_was_taken_for_another_is_put_right(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("学步鞋有货吗", "步步熊软底学步鞋")
    await customer.asks("不对 我问的是价格", "¥169")


async def test_the_stages_of_a_powder_are_asked_one_after_another(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("牧云臻护奶粉多少钱", "¥298")
    await customer.asks("2段的呢", "¥298")
    await customer.asks("3段呢 有货吗", "3段")


async def test_one_of_several_products_is_counted_off_and_then_the_other(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("婴儿推车有货吗", "哪一款")
    await customer.asks("最便宜的那个", "漫行者轻便婴儿推车")
    other = await customer.asks("那另一个呢", "高景观")
    assert "云白" in other


async def test_the_open_question_is_come_back_to_once(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("我的快递到哪了", "订单号")
    stores = await customer.asks("附近门店", "徐家汇店")
    assert "刚才说的“查快递”，还等您发一下订单号。" in stores
    again = await customer.asks("附近门店", "徐家汇店")
    assert "刚才说的" not in again
    await customer.asks("E20261116201844019500026", "后四位")


async def test_thanks_leave_the_question_open(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("我的快递到哪了", "订单号")
    thanks = await customer.asks("谢谢", "不客气")
    assert "还等您发一下订单号" in thanks
    await customer.asks("E20261116201844019500026", "后四位")


async def test_a_cancelling_is_asked_about_declined_and_then_agreed_to(quiet: World) -> None:
    jia = await quiet.story_customer("何佳佳")
    asked = await jia.asks("帮我取消订单", "整单都取消吗")
    assert "奶瓶" in asked
    back = await jia.asks("有券吗", "还等您点头")
    assert "取消订单" in back
    await jia.asks("等一下", "不急")
    await jia.asks("算了", "照常发货")
    await jia.asks("帮我取消订单", "整单都取消吗")
    await jia.taps("整单取消")
    assert await ticket_of(jia)


async def test_an_order_is_counted_off_after_a_digression_and_changed(quiet: World) -> None:
    lin, amei = await quiet.story_customer("林雨桐"), await quiet.member("amei")
    await lin.asks("附近门店", "徐家汇店")
    await eventually(lambda: _is_known_in(amei, "微信小店"))
    await lin.asks("开发票", "哪一笔订单")
    await lin.asks("附近门店", "刚才说的“开发票”，是哪一笔订单？")
    await lin.says("第二个")
    first = await ticket_of(lin)
    await lin.says("不是这个单，是最新的那单")
    second = await ticket_of(lin)
    assert first != second
    shown = await amei.asks(f"/工单 show {second}", second)
    assert NEWEST_OF_LIN in shown


async def _is_known_in(amei: Member, shop: str) -> bool:
    """Her unionid has told which buyer she is, and the order is booked."""
    await amei.says("/顾客 林雨桐")
    return any(f"{shop} {NEWEST_OF_LIN}" in text_of(line) for line in await amei.next_lines(1))


async def test_a_return_becomes_an_exchange_and_the_staff_hear_of_it(quiet: World) -> None:
    gu = await quiet.story_customer("顾婉清")
    amei = await quiet.member("amei")
    await gu.asks("我要退货", "哪一笔订单")
    await gu.says("奶粉那个")
    returned = await ticket_of(gu)
    await gu.says("不是退 是换")
    exchanged = await ticket_of(gu, "换货")
    assert returned != exchanged
    told = await amei.hears("先别处理")
    assert returned in told


async def test_the_order_talked_about_is_it(quiet: World) -> None:
    chen = await quiet.story_customer("陈思远")
    await chen.asks("我的退款到账了吗", "退款")
    parcel = await chen.asks("它的快递到哪了", "韵达快递")
    assert "462880173355190" in parcel


async def test_the_lines_of_the_greeting_are_chosen_by_number(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("你好", "掌柜")
    await customer.asks("2", "订单号")


async def test_erasing_waits_for_a_yes_that_is_nothing_else(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("帮我注销账号", "确定要申请吗")
    await customer.asks("好的，附近门店", "徐家汇店")
    tickets = [line for line in customer.lines if TICKET.search(str(line["body"]))]
    assert tickets == []
    await customer.says("确定")
    assert await ticket_of(customer)


async def test_danger_goes_before_the_open_question(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("我的快递到哪了", "订单号")
    answer = await customer.asks("宝宝把纽扣电池吞了", "120")
    assert "订单号" not in answer


async def test_an_insult_is_met_with_regret_and_a_person(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("垃圾店 快递到哪了", "让您不痛快了，抱歉。")
    heard = "\n".join(str(line["body"]) for line in customer.lines)
    assert "人工" in heard
    assert "优惠" not in heard


async def test_the_second_angry_message_brings_a_person(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("快递怎么还没到！！！", "让您不痛快了，抱歉。")
    await customer.asks("到底什么时候到？？？", "人工")


async def test_who_says_it_for_the_third_time_gets_a_person(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("第三次问了 快递到哪了", "人工")


async def test_what_is_sold_out_is_noted_by_a_short_yes(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.asks("隔尿垫有货吗", "要登记补货提醒吗")
    await customer.asks("嗯", "记下了")


async def test_anger_beside_two_wishes_is_heard_once(quiet: World) -> None:
    customer = await quiet.customer()
    await customer.says("第三次问了！附近门店在哪？有券吗？")
    lines = await customer.next_lines(1, 8)
    heard = "\n".join(str(line["body"]) for line in [*lines, *await customer.next_lines(2, 2)])
    assert heard.count("让您不痛快了") == 1
    assert "徐家汇店" in heard
    assert "人工" in heard
