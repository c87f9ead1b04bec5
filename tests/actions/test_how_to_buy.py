"""Who wants to buy is told where, with a link where there is one, what is left, and a coupon."""

from dataclasses import replace

from desk.coupons.commands import GrantCoupon
from tests.actions.chat import Chat
from tests.actions.goods import POWDER
from tests.actions.people import MIMI, STRANGER

LINK = "https://shop.example/goods/102"


async def test_the_product_talked_about_comes_with_its_link_and_what_is_left() -> None:
    chat = Chat(STRANGER)
    chat.youzan.items = [
        replace(each, url=LINK) if each.id == POWDER else each for each in chat.youzan.items
    ]
    await chat.says("奶粉有吗", "stock_check", product="奶粉")
    read = await chat.says("给我来两罐", "affirm")
    assert read[0] == (
        f"婴幼儿配方奶粉3段 800g 可以这样买：\n【有赞商城】有货，¥298，点这里下单：\n{LINK}"
    )


async def test_without_a_link_the_name_to_search_for_is_told_shop_by_shop() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("学步鞋白色23码怎么下单", product="学步鞋", color="白色", size="23码")
    assert read[0] == (
        "婴儿学步鞋软底防滑 白色 23码 可以这样买：\n"
        "【有赞商城】有货，¥169，在店里搜“婴儿学步鞋软底防滑”\n"
        "【天猫旗舰店】没货了"
    )


async def test_who_is_known_gets_a_coupon_with_it() -> None:
    chat = Chat(MIMI)
    await chat.says("推车链接发我", product="推车")
    assert [each.policy for each in chat.did(GrantCoupon)] == ["full-200-20"]


async def test_without_a_product_the_shops_are_named_and_the_answer_is_the_product() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("怎么下单")
    assert read == ["在有赞商城、天猫旗舰店都能下单。想买哪款，告诉我名字，我把怎么买发给您。"]
    read = await chat.says("推车", "stock_check", product="推车")
    assert read[0].startswith("婴儿推车轻便")


async def test_what_is_sold_out_is_told_so_and_noted_on_a_wish() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("连体衣来一件", product="连体衣")
    assert "没货了" in read[0]
    assert chat.labels == ["登记补货提醒"]
