"""Few products may be meant: the question is answered for all of them, and narrowed by a word."""

from desk.conversations.commands import Ask
from desk.kernel.errors import Unavailable
from desk.kernel.money import Fen
from desk.shops.port import Item, ItemId
from tests.actions.chat import Chat
from tests.actions.goods import POWDER, PRAM, YOUZAN, kind
from tests.actions.people import STRANGER

TALL, GOAT = ItemId(YOUZAN, "205"), ItemId(YOUZAN, "206")


def two_prams_two_powders() -> Chat:
    """A chat with a shop that has two prams and two powders."""
    chat = Chat(STRANGER)
    chat.youzan.items = [
        Item(PRAM, "漫行者 婴儿推车", Fen(89900), Fen(89900)),
        Item(TALL, "云白 婴儿推车", Fen(159900), Fen(159900)),
        Item(POWDER, "牧云牛奶粉 罐装", Fen(29800), Fen(29800)),
        Item(GOAT, "牧云羊奶粉 罐装", Fen(36800), Fen(36800)),
    ]
    chat.youzan.skus = [
        kind(PRAM, 2, 89900, color="灰色"),
        kind(TALL, 0, 159900, color="白色"),
        *(kind(POWDER, 9, 29800, 段位=each) for each in ("1段", "2段", "3段")),
        *(kind(GOAT, 9, 36800, 段位=each) for each in ("2段", "3段")),
    ]
    chat.tmall.items, chat.tmall.skus = [], []
    return chat


async def test_the_prices_of_all_are_told_with_a_line_for_each() -> None:
    chat = two_prams_two_powders()
    read = await chat.says("推车多少钱", "price_query", product="推车")
    assert read[0] == (
        "您说的是哪一款？现在的价格：\n· 云白 婴儿推车：¥1599\n· 漫行者 婴儿推车：¥899"
    )
    assert chat.labels == ["云白 婴儿推车", "漫行者 婴儿推车"]


async def test_the_stock_of_all_is_told() -> None:
    chat = two_prams_two_powders()
    read = await chat.says("推车有货吗", "stock_check", product="推车")
    assert "· 云白 婴儿推车：没货了\n· 漫行者 婴儿推车：有货，¥899" in read[0]


async def test_a_colour_that_only_one_has_chooses_it() -> None:
    chat = two_prams_two_powders()
    await chat.says("推车多少钱", "price_query", product="推车")
    read = await chat.says("白色的呢", color="白色")
    assert read[0].startswith("云白 婴儿推车，白色：")


async def test_a_colour_that_only_one_has_chooses_it_at_once() -> None:
    chat = two_prams_two_powders()
    read = await chat.says("推车白色有吗", "stock_check", product="推车", color="白色")
    assert read[0].startswith("云白 婴儿推车，白色：")


async def test_while_a_shop_is_silent_none_of_them_is_ruled_out() -> None:
    chat = two_prams_two_powders()
    await chat.desk.shops.find("推车")
    chat.youzan.failure = Unavailable("down", "没有回应")
    read = await chat.says("推车紫色有吗", "stock_check", product="推车", color="紫色")
    assert "· 云白 婴儿推车：暂时查不到\n· 漫行者 婴儿推车：暂时查不到" in read[0]


async def test_a_colour_that_none_has_is_said_of_each() -> None:
    chat = two_prams_two_powders()
    read = await chat.says("推车紫色有吗", "stock_check", product="推车", color="紫色")
    assert "· 云白 婴儿推车：没有这个规格\n· 漫行者 婴儿推车：没有这个规格" in read[0]


async def test_a_stage_that_both_have_keeps_both_and_one_that_one_has_chooses() -> None:
    chat = two_prams_two_powders()
    await chat.says("奶粉多少钱", "price_query", product="奶粉")
    read = await chat.says("3段", "price_query", size="3段")
    assert "3段现在的价格：\n· 牧云牛奶粉 罐装：¥298\n· 牧云羊奶粉 罐装：¥368" in read[0]
    read = await chat.says("1段的", "price_query", size="1段")
    assert read[0].startswith("牧云牛奶粉 罐装，1段：")


async def test_more_than_can_be_told_are_only_asked_about() -> None:
    chat = two_prams_two_powders()
    chat.youzan.items += [
        Item(ItemId(YOUZAN, f"30{each}"), f"{each}号款 婴儿推车", Fen(1000), Fen(1000))
        for each in range(3)
    ]
    read = await chat.says("推车多少钱", "price_query", product="推车")
    assert read[0] == "您说的是哪一款？"
    assert [each.expects for each in chat.did(Ask)] == ["product"]
