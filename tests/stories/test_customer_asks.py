"""A customer asks, and the shop answers."""

import re

from tests.stories.world import World, eventually

TICKET = re.compile(r"T-\d{8}-\d{4,}")


SIX_SHOPS = ("有赞商城", "天猫旗舰店", "京东旗舰店", "抖音小店", "拼多多店", "微信小店")


async def test_the_shoes_seen_before_are_found_in_every_shop_and_a_stuck_parcel_is_looked_after(
    world: World,
) -> None:
    lin = await world.story_customer("林雨桐")
    stock = await lin.asks("上次看中的学步鞋有货吗", "学步鞋")
    assert all(shop in stock for shop in SIX_SHOPS), stock
    await lin.hears("满200减20")
    narrower = await lin.asks("粉色22码的呢", "22")
    assert all(shop in narrower for shop in SIX_SHOPS), narrower
    # One coupon a day: the story goes on with the same customer, and none is given for the parcel.
    amei = await world.member("amei")
    await lin.says("纸尿裤的快递三天没动了")
    told = await lin.hears("YT7489920153386")
    opened = told if TICKET.search(told) else await lin.hears("T-")
    found = TICKET.search(opened)
    assert found is not None
    number = found[0]
    await amei.hears(number)
    await amei.clicks(number, "接单")
    await lin.hears("阿美")
    await amei.hears(number)
    await amei.clicks(number, "完成")
    done = await lin.hears(number)
    assert "处理" in done or "解决" in done or "完成" in done


async def test_an_unlinked_buyer_proves_the_order_and_then_sees_the_parcel(world: World) -> None:
    cat = await world.story_customer("周末的猫")
    await cat.asks("我在天猫买的奶粉到哪了", "订单号")
    asked = await cat.asks("2618830174529916203", "后四位")
    assert "中通" not in asked
    refused = await cat.asks("0000", "订单号")
    assert "中通" not in refused
    await cat.says("2618830174529916203 尾号3921")
    await cat.hears("中通")


async def test_a_stranger_never_sees_an_order_of_somebody_else(world: World) -> None:
    stranger = await world.customer()
    await stranger.asks("E20261116201844019500026 到哪了", "后四位")
    answer = await stranger.asks("1234", "订单号")
    assert "YT7489920153386" not in answer
    assert "纸尿裤" not in answer


async def test_the_product_that_was_asked_back_for_is_understood(world: World) -> None:
    customer = await world.customer()
    await customer.asks("还有货吗", "哪")
    stock = await customer.asks("安全座椅", "安全座椅")
    assert "有赞商城" in stock


async def test_every_plain_question_gets_an_answer_or_a_person(world: World) -> None:
    for text in ("有券吗", "学步鞋多少钱", "附近门店", "工单处理到哪了", "发货了没", "转人工"):
        customer = await world.customer()
        await customer.says(text)
        lines = await customer.next_lines(1)
        assert lines, text


async def test_a_handed_over_customer_hears_no_bot_until_the_servicer_ends(world: World) -> None:
    customer = await world.customer()
    await customer.asks("转人工", "人工")

    async def held() -> bool:
        state = await world.state()
        sessions = [each for each in state["sessions"] if each.items() >= customer.who.items()]
        return bool(sessions) and sessions[0]["state"] in (2, 3)

    await eventually(held)
    await customer.says("有券吗")
    await customer.hears_nothing_more()


async def test_an_entering_customer_is_welcomed_within_the_codes_twenty_seconds(
    world: World,
) -> None:
    customer = await world.customer()
    await customer.control.post(
        "/sandbox/customer/enter",
        json={**customer.who, "scene_param": "item:youzan-main:1287450101"},
    )
    await customer.hears("欢迎")
    await customer.asks("刚才看的这个有货吗", "学步鞋")
