"""Agents steer by slash-commands, managers read digests."""

from tests.stories.world import World


async def test_an_agent_asks_for_stock_orders_and_help(world: World) -> None:
    amei = await world.member("amei")
    await amei.asks("/help", "/stock")
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
