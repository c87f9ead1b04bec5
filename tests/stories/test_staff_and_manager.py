"""Agents steer by slash-commands, managers read digests."""

import asyncio
import re

from tests.stories.world import World, asked_of, eventually

TICKET = re.compile(r"T-\d{8}-\d{4,}")


async def test_an_agent_asks_for_stock_orders_and_help(world: World) -> None:
    amei = await world.member("amei")
    await amei.asks("/help", "/库存")
    stock = await amei.asks("/stock 学步鞋", "有赞商城")
    assert "天猫旗舰店" in stock
    order = await amei.asks("/order E20261116201844019500026", "E20261116201844019500026")
    assert "YT7489920153386" in order
    await amei.asks("/stok 学步鞋", "/stock")


async def test_the_same_command_twice_is_answered_twice(world: World) -> None:
    amei = await world.member("amei")
    await amei.asks("/whoami", "阿美")
    await amei.asks("/whoami", "阿美")


async def test_the_digest_is_for_managers(world: World) -> None:
    amei = await world.member("amei")
    manyun = await world.member("manyun")
    await amei.asks("/digest", "店长")
    digest = await manyun.asks("/digest today", "工单")
    assert "首次响应" in digest


async def test_of_two_agents_who_take_the_same_ticket_the_second_hears_who_was_first(
    world: World,
) -> None:
    customer = await world.customer()
    xiaolu, dazhi = await world.member("xiaolu"), await world.member("dazhi")
    found = TICKET.search(await customer.asks("学步鞋的鞋底有多厚", "T-"))
    assert found is not None
    number = found[0]
    asked = await asked_of(f"{number}，请在", xiaolu, dazhi)
    other = dazhi if asked is xiaolu else xiaolu
    await asyncio.gather(asked.clicks(number, "接单"), other.says(f"/工单 take {number}"))
    taken = await customer.hears("负责")
    first, name, second = (xiaolu, "小鹿", dazhi) if "小鹿" in taken else (dazhi, "大志", xiaolu)
    late = await second.hears("晚了一步")
    assert late.startswith(f"晚了一步，{number} 已由{name}接单，您不用处理了。")
    await first.hears("您已接单")
    shown = await second.asks(f"/工单 show {number}", "经过")
    assert f"{name}处理中" in shown
    assert shown.count("接单") == 1
    await customer.hears_nothing_more()


async def test_a_customer_who_never_had_a_ticket_is_found_and_told_apart(world: World) -> None:
    for nickname in ("橙子妈妈", "橙子爸爸"):
        customer = await world.customer(nickname)
        await customer.asks("附近门店", "徐家汇店")
    amei = await world.member("amei")

    async def both_are_named() -> bool:
        return "不止一位" in await amei.asks("/顾客 橙子", "橙子")

    await eventually(both_are_named)
    several = await amei.asks("/顾客 橙子", "不止一位")
    assert "· 橙子妈妈，今天 " in several
    assert "· 橙子爸爸，今天 " in several
    assert "近 90 天订单" in await amei.asks("/顾客 橙子妈妈", "橙子妈妈（")


async def test_stock_of_eighteen_kinds_in_six_shops_is_one_message(world: World) -> None:
    amei = await world.member("amei")
    stock = await amei.asks("/库存 步步熊软底学步鞋", "天猫旗舰店")
    assert "米白：20×8 21×14 22×11 23×7 24缺 25×4" in stock
    assert len(stock.encode()) <= 2048
