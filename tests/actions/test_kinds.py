"""Which kind is wanted: said back in plain words, and never shown as if where there is none."""

import pytest

from actions.kind_words import kinds_in
from actions.kinds import kinds_of
from tests.actions.chat import Chat
from tests.actions.goods import PRAM, SHOES, SHOES_AT_TMALL, SUIT, kind
from tests.actions.people import MIMI, STRANGER


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("粉", ("粉色",)),
        ("粉红色嘅", ("粉红色",)),
        ("２２碼", ("22码",)),
        ("鞋天蓝", ("天蓝",)),
        ("米白22码", ("米白", "22码")),
        ("M", ("M",)),
        ("3段", ("3段",)),
        ("豆沙小鹿款", ("豆沙小鹿款",)),
        ("130*160", ("130*160",)),
    ],
)
def test_a_kind_is_said_back_in_plain_words(word: str, kinds: tuple[str, ...]) -> None:
    assert kinds_in(word) == kinds


@pytest.mark.parametrize("intent", ["stock_check", "price_query"])
async def test_a_colour_that_there_is_not_is_said_so_with_those_that_there_are(intent: str) -> None:
    chat = Chat(STRANGER)
    chat.youzan.skus = [
        kind(PRAM, 4, 89900, color="石墨灰", size="标准"),
        kind(PRAM, 3, 89900, color="卡其", size="标准"),
        kind(PRAM, 1, 89900, color="雾蓝", size="标准"),
    ]
    await chat.says("推车有吗", "stock_check", product="推车")
    read = await chat.says("白的呢", intent, color="白")
    assert read[0].startswith("婴儿推车轻便没有白色，现有：石墨灰、卡其、雾蓝。")
    assert "件" not in read[0]


async def test_a_colour_that_there_is_not_is_not_kept_for_the_next_question() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    await chat.says("紫的呢", "stock_check", color="紫")
    read = await chat.says("22码呢", "stock_check", size="22码")
    assert read[0].startswith("婴儿学步鞋软底防滑，22码：")


async def test_a_size_that_there_is_not_is_answered_with_those_of_the_colour() -> None:
    chat = Chat(STRANGER)
    read = await chat.says(
        "学步鞋粉色30码", "stock_check", product="学步鞋", color="粉色", size="30码"
    )
    assert read[0].startswith("婴儿学步鞋软底防滑没有30码，现有：20、21、22、23、25。")


async def test_a_pair_that_there_is_not_leads_to_each_half() -> None:
    chat = Chat(STRANGER)
    chat.tmall.skus = []
    chat.youzan.skus = [
        kind(SHOES, 5, 16900, color="白色", size="21"),
        kind(SHOES, 5, 16900, color="粉色", size="22"),
    ]
    read = await chat.says(
        "学步鞋白色22码", "stock_check", product="学步鞋", color="白色", size="22码"
    )
    assert read[0] == ("婴儿学步鞋软底防滑没有白色 22码这个搭配。\n白色还有：21\n22码还有：粉色")


async def test_heading_and_list_name_the_colour_by_its_full_name() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("学步鞋粉的有吗", "stock_check", product="学步鞋", color="粉")
    assert read[0].startswith("婴儿学步鞋软底防滑，粉色：")


async def test_a_price_that_is_the_same_for_all_is_told_once_per_shop() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("学步鞋白色", "stock_check", product="学步鞋", color="白色")
    assert read[0].count("¥169") == 1


async def test_equal_prices_are_told_as_equal() -> None:
    chat = Chat(STRANGER)
    chat.tmall.skus = [kind(SHOES_AT_TMALL, 2, 16900, color="白色", size="22")]
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    read = await chat.says("哪个平台便宜", "price_query")
    assert read[0] == "婴儿学步鞋软底防滑：\n有赞商城、天猫旗舰店都是 ¥169"


def test_one_property_under_two_names_is_shown_once() -> None:
    there = kind(SHOES_AT_TMALL, 2, 16900, 颜色分类="白色", 鞋码="22")
    here = [kind(SHOES, 5, 16900, color=each, size="22") for each in ("白色", "粉色")]
    assert kinds_of([*here, there]) == "白色、粉色；22"


async def test_a_size_up_of_what_was_bought_is_counted_from_the_order() -> None:
    chat = Chat(MIMI)
    read = await chat.says(
        "上次买的学步鞋大一码的有没得", "stock_check", product="学步鞋", size="大一码"
    )
    assert read[0].startswith("婴儿学步鞋软底防滑，23：")


async def test_a_size_up_from_nowhere_asks_for_the_size_and_counts_from_the_answer() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋有吗", "stock_check", product="学步鞋")
    read = await chat.says("大一码的有没得", "stock_check", size="大一码")
    assert read == ["您现在用的是几码？告诉我，我就知道是哪一码了。"]
    read = await chat.says("21", "stock_check", size="21")
    assert read[0].startswith("婴儿学步鞋软底防滑，22：")
    read = await chat.says("25码呢", "stock_check", size="25码")
    assert read[0].startswith("婴儿学步鞋软底防滑，25码：")


async def test_sizes_are_counted_as_the_product_comes_in_them() -> None:
    chat = Chat(STRANGER)
    chat.youzan.skus = [kind(SUIT, 3, 9900, size=size) for size in ("59", "66", "73", "80")]
    await chat.says("连体衣66的有吗", "stock_check", product="连体衣", size="66")
    read = await chat.says("大一码呢")
    assert read[0].startswith("纯棉连体衣，73：")


async def test_beyond_the_last_size_there_is_none() -> None:
    chat = Chat(STRANGER)
    await chat.says("学步鞋25码有吗", "stock_check", product="学步鞋", size="25码")
    read = await chat.says("大一码呢")
    assert read == ["婴儿学步鞋软底防滑最大就到 25码 了，没有更大的。"]


async def test_nobody_is_promised_a_kind_that_there_never_was() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("学步鞋紫色到货告诉我", "restock_notify", product="学步鞋", color="紫色")
    assert read == ["婴儿学步鞋软底防滑没有紫色，现有：白色、粉色、蓝色。\n想看哪个，告诉我就行。"]
