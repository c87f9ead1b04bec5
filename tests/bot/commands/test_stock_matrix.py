"""Stock on a phone: as much as fits a glance, and nothing left out."""

from collections.abc import Sequence
from dataclasses import replace

from desk.kernel.money import Fen
from desk.shops.port import ItemId, SkuStock
from tests.bot.commands.room import Room
from tests.fakes.staff import AMEI

ITEM = ItemId("youzan-main", "101")
COLOURS = ("粉色", "米白", "天蓝")
SIZES = ("20", "21", "22", "23", "24", "25")
YOUZAN = (6, 9, 3, 12, 0, 5, 8, 14, 11, 7, 0, 4, 10, 0, 6, 9, 0, 2)
TMALL = (4, 0, 15, 8, 0, 3, 9, 7, 6, 0, 0, 5, 12, 10, 4, 6, 2, 1)

Properties = tuple[tuple[str, str], ...]


def sku(properties: Properties, count: int, price: int = 16900) -> SkuStock:
    return SkuStock(ITEM, str(properties), properties, count, Fen(price))


def shoes(counts: Sequence[int], unit: str = "") -> tuple[SkuStock, ...]:
    kinds = [(("颜色", colour), ("尺码", size + unit)) for colour in COLOURS for size in SIZES]
    return tuple(sku(kind, count) for kind, count in zip(kinds, counts, strict=True))


async def told_of(room: Room, *skus: SkuStock) -> list[str]:
    """What an agent reads of one shop that has these."""
    room.shops[0].skus = skus
    lines = (await room.hear("/库存 学步鞋", AMEI)).split("\n")
    return lines[1 : lines.index(next(each for each in lines if each.startswith("【天猫")))]


async def test_eighteen_kinds_in_two_shops_are_eight_short_lines(room: Room) -> None:
    room.shops[0].skus = shoes(YOUZAN)
    room.shops[1].skus = tuple(
        replace(each, item=ItemId("tmall-flagship", "9001")) for each in shoes(TMALL, "码")
    )
    told = await room.hear("/库存 学步鞋", AMEI)
    assert told == (
        "软底学步鞋\n"
        "【有赞商城】共 106 件，¥169（今天 12:00 查到）\n"
        "粉色：20×6 21×9 22×3 23×12 24缺 25×5\n"
        "米白：20×8 21×14 22×11 23×7 24缺 25×4\n"
        "天蓝：20×10 21缺 22×6 23×9 24缺 25×2\n"
        "【天猫旗舰店】共 92 件，¥169（今天 12:00 查到）\n"
        "粉色：20×4 21缺 22×15 23×8 24缺 25×3\n"
        "米白：20×9 21×7 22×6 23缺 24缺 25×5\n"
        "天蓝：20×12 21×10 22×4 23×6 24×2 25×1"
    )
    assert len(told) <= 600


async def test_a_colour_that_is_gone_is_one_word(room: Room) -> None:
    assert (await told_of(room, *shoes((0,) * 6 + YOUZAN[6:])))[1] == "粉色：都缺货"


async def test_what_is_gone_altogether_needs_no_table(room: Room) -> None:
    assert await told_of(room, *shoes((0,) * 18)) == [
        "【有赞商城】全部缺货，¥169（今天 12:00 查到）"
    ]


async def test_a_price_that_differs_is_told_where_it_differs(room: Room) -> None:
    skus = list(shoes(YOUZAN))
    skus[0] = replace(skus[0], price=Fen(15900))
    skus[6:12] = [replace(each, price=Fen(17900)) for each in skus[6:12]]
    assert await told_of(room, *skus) == [
        "【有赞商城】共 106 件，多为 ¥169（今天 12:00 查到）",
        "粉色：20×6（¥159） 21×9 22×3 23×12 24缺 25×5",
        "米白（¥179）：20×8 21×14 22×11 23×7 24缺 25×4",
        "天蓝：20×10 21缺 22×6 23×9 24缺 25×2",
    ]


async def test_one_property_is_one_line(room: Room) -> None:
    milk = [sku((("段位", f"{stage}段"),), count) for stage, count in ((1, 45), (2, 38), (3, 0))]
    assert (await told_of(room, *milk))[1:] == ["1段×45 2段×38 3段缺"]


async def test_of_three_properties_the_one_with_most_values_goes_across(room: Room) -> None:
    kinds = [
        (("尺码", size), ("颜色", "红"), ("厚度", thick))
        for size in ("S", "M", "L")
        for thick in ("薄", "厚")
    ]
    assert (await told_of(room, *(sku(kind, 2) for kind in kinds)))[1:] == [
        "红 薄：S×2 M×2 L×2",
        "红 厚：S×2 M×2 L×2",
    ]


async def test_a_product_of_one_kind_is_its_total(room: Room) -> None:
    assert await told_of(room, sku((), 75)) == ["【有赞商城】共 75 件，¥169（今天 12:00 查到）"]


async def test_long_or_uneven_kinds_are_listed_one_per_line(room: Room) -> None:
    long = (("套餐", "三罐装送试用装"),)
    assert (await told_of(room, sku(long, 3), sku((("套餐", "单罐"),), 0)))[1:] == [
        "三罐装送试用装：3 件",
        "单罐：缺货",
    ]
    uneven = (sku((("颜色", "红"),), 3), sku((("颜色", "蓝"), ("尺码", "M")), 1), sku((), 2))
    assert (await told_of(room, *uneven))[1:] == ["红：3 件", "蓝 M：1 件", "单规格：2 件"]


async def test_two_skus_of_the_same_kind_are_both_shown(room: Room) -> None:
    twice = (sku((("颜色", "红"),), 3), sku((("颜色", "红"),), 4, 17900))
    assert (await told_of(room, *twice))[1:] == ["红：3 件（¥169）", "红：4 件（¥179）"]
