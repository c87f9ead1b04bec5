"""/stock, /price, /order, /shops: what the shops tell, and how it is told when they do not."""

from dataclasses import replace
from datetime import timedelta

from desk.kernel.errors import AuthExpired, Unavailable
from desk.kernel.ids import ConversationId, derived
from desk.sync.model import Consult, Difference, Flaw, PullState, SyncHealth
from tests.bot.commands.room import ORDER_NO, Room
from tests.clocks import NOON
from tests.desk.work.house import MIMI
from tests.fakes.staff import AMEI


async def test_stock_is_a_table_per_shop(room: Room) -> None:
    assert await room.hear("/库存 学步鞋", AMEI) == (
        "软底学步鞋\n"
        "【有赞商城】共 5 件，¥169 到 ¥179（今天 12:00 查到）\n"
        "粉色：22×5（¥169） 23缺（¥179）\n"
        "【天猫旗舰店】共 5 件，¥169 到 ¥179（今天 12:00 查到）\n"
        "粉色：22×5（¥169） 23缺（¥179）"
    )


async def test_size_and_colour_choose_the_skus(room: Room) -> None:
    told = await room.hear("/库存 学步鞋 23码", AMEI)
    assert "【有赞商城】全部缺货，¥179（今天 12:00 查到）" in told
    assert "22" not in told.replace("12:00", "")
    assert "粉色：22×5" in await room.hear("/库存 学步鞋 22码", AMEI)
    assert "没有这个规格" in await room.hear("/库存 学步鞋 30码", AMEI)


async def test_an_old_answer_says_how_old_and_why(room: Room) -> None:
    await room.hear("/库存 学步鞋", AMEI)
    room.house.clock.turn(timedelta(hours=2))
    room.shops[1].failure = AuthExpired("top.27", "授权已过期")
    told = await room.hear("/库存 学步鞋", AMEI)
    assert (
        "【天猫旗舰店】共 5 件，¥169 到 ¥179"
        "（授权已过期，请到店铺后台重新授权，以下是今天 12:00 的数据）" in told
    )
    assert "【有赞商城】共 5 件，¥169 到 ¥179（今天 14:00 查到）" in told


async def test_a_shop_that_never_answered_is_not_hidden(room: Room) -> None:
    await room.floor.find("学步鞋")
    room.shops[1].failure = Unavailable("top.timeout", "超时")
    assert "【天猫旗舰店】暂时连不上" in await room.hear("/库存 学步鞋", AMEI)


async def test_prices_are_told_per_shop(room: Room) -> None:
    assert await room.hear("/价格 学步鞋", AMEI) == (
        "软底学步鞋\n"
        "【有赞商城】¥169 到 ¥179（今天 12:00 查到）\n"
        "【天猫旗舰店】¥169 到 ¥179（今天 12:00 查到）"
    )


async def test_an_order_of_any_shop_with_lines_and_parcels(room: Room) -> None:
    assert await room.hear(f"/订单 {ORDER_NO}", AMEI) == (
        f"【有赞商城】订单 {ORDER_NO}\n"
        "已发货（今天 12:00 查到）\n"
        "11月18日 12:00 下单，实付 ¥169\n"
        "· 软底学步鞋 22码 ×1，¥169\n"
        "包裹 中通快递 78：运输中\n"
        "今天 20:00 已揽收"
    )


async def test_an_order_tells_its_tags_and_what_was_asked_before_it(room: Room) -> None:
    asked = NOON - timedelta(days=4)
    conversation = ConversationId(derived("c"))
    room.sync.consult = Consult(MIMI.id, conversation, "软底学步鞋", asked)
    shelf = room.shops[0]
    shelf.orders = (replace(shelf.orders[0], marks=("拼团",)),)

    told = await room.hear(f"/订单 {ORDER_NO}", AMEI)

    assert "标签：拼团" in told
    assert told.endswith("下单前咨询过：咪咪妈，11月17日 12:00，软底学步鞋")


async def test_an_order_that_no_shop_has(room: Room) -> None:
    assert await room.hear("/订单 E999", AMEI) == "所有店铺都没有订单 E999，请核对订单号。"


async def test_an_order_is_not_denied_while_a_shop_is_silent(room: Room) -> None:
    room.shops[1].failure = Unavailable("top.timeout", "超时")
    told = await room.hear("/订单 E999", AMEI)
    assert told == "没有查到订单 E999。天猫旗舰店暂时连不上，订单可能在那里，过几分钟再查一次。"


async def test_all_shops_that_are_silent_are_named(room: Room) -> None:
    for each in room.shops:
        each.failure = Unavailable("timeout", "超时")
    told = await room.hear("/订单 E999", AMEI)
    assert told.startswith("没有查到订单 E999。有赞商城、天猫旗舰店暂时连不上，")


async def test_what_a_concern_says_is_not_said_again(room: Room) -> None:
    for count in range(12):
        room.shops[1].failure = Unavailable("timeout", "超时") if count % 3 == 0 else None
        await room.hear(f"/订单 E{count}99", AMEI)
    told = await room.hear("/店铺", AMEI)
    assert "！最近 12 次查询失败 4 次" in told
    assert told.count("最近 12 次查询") == 2, "once for each shop"


async def test_shops_tell_how_they_have_been_answering(room: Room) -> None:
    assert await room.hear("/店铺", AMEI) == (
        "【有赞商城】正常\n　还没有查询记录\n【天猫旗舰店】正常\n　还没有查询记录"
    )
    room.shops[1].failure = AuthExpired("top.27", "授权已过期")
    await room.hear("/订单 E999", AMEI)
    assert await room.hear("/店铺", AMEI) == (
        "【天猫旗舰店】\n"
        "！授权失效，顾客问到时只能说暂时查不到 → 请到店铺后台重新授权\n"
        "　最近 1 次查询，失败 1 次\n"
        "【有赞商城】正常\n"
        "　最近 1 次查询，失败 0 次"
    )


async def test_shops_tell_how_they_are_synced_and_how_long_they_may_be_asked(room: Room) -> None:
    now = room.house.clock.now()
    pull = PullState("youzan-main", now - timedelta(minutes=3), now - timedelta(minutes=1))
    late = PullState("tmall-flagship", now - timedelta(hours=5), None, 4, "unavailable taobao.7")
    room.sync.shops = (
        SyncHealth("youzan-main", 0, None, 0, now - timedelta(minutes=2), pull),
        SyncHealth("tmall-flagship", 7, now - timedelta(minutes=9), 2, None, late),
    )
    assert await room.hear("/店铺", AMEI) == (
        "【天猫旗舰店】\n"
        "！订单同步落后 5 小时，正在追\n"
        "！7 条推送还没处理\n"
        "！近一天有 2 条推送处理不了，夜里对账会补上\n"
        "　还没有查询记录\n"
        "　订单同步到 5 小时前\n"
        "【有赞商城】正常\n"
        "　还没有查询记录\n"
        "　订单同步到 3 分钟前\n"
        "　上次推送今天 11:58"
    )


async def test_the_difference_list_tells_who_was_right(room: Room) -> None:
    assert await room.hear("/店铺 对账", AMEI) == "近 7 天对账没有发现差异。"
    now = room.house.clock.now()
    room.sync.found = (
        Difference("youzan-main", "E1", Flaw.MISSING, "", "paid 16900 1", now),
        Difference("gone-shop", "E2", Flaw.DIFFERENT, "paid 16900 1", "shipped 16900 1", now),
    )
    assert await room.hear("/店铺 对账", AMEI) == (
        "对账发现的差异（都已按店铺的数据更正）：\n"
        "· 有赞商城 E1：我们漏了（店铺：已付款，待发货，¥169，1 件）\n"
        "· gone-shop E2：我们是 已付款，待发货，¥169，1 件，店铺是 已发货，¥169，1 件"
    )
    assert "没有“退款”这个用法" in await room.hear("/店铺 退款", AMEI)
