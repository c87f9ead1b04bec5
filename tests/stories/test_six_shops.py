"""Six shops answer one question; one that hangs and one whose access has ended are named."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.stories.world import World
from tools.local import House, Ports, free_port, start_all

SIX = ("有赞商城", "天猫旗舰店", "京东旗舰店", "抖音小店", "拼多多店", "微信小店")


@pytest.fixture
async def whole_world(tmp_path: Path) -> AsyncIterator[World]:
    """A house with its NLU for one story alone: shops may be broken in it."""
    house = House(Ports(free_port(), free_port(), free_port()), tmp_path / "house")
    try:
        await start_all(house)
        async with aiohttp.ClientSession(house.sandbox_url) as control:
            yield World(house, control)
    finally:
        await house.stop()


async def test_one_shop_hangs_and_one_has_lost_its_access_and_four_answer(
    whole_world: World,
) -> None:
    customer = await whole_world.customer("小满的妈妈")
    first = await customer.asks("软底学步鞋有货吗", "学步鞋")
    assert all(f"{shop} " in first for shop in SIX), first
    assert "6 家店都有货" in first

    await whole_world.shop("taobao", expire_token=True)
    await whole_world.shop("douyin", slow_ms=30_000)
    started = time.monotonic()
    told = await customer.asks("牧云臻护2段有货吗", "奶粉")
    took = time.monotonic() - started
    assert all(shop in told for shop in SIX), told
    assert "【天猫旗舰店、抖音小店】现在连不上" in told
    assert "4 家店都有货" in told
    assert took < 10

    manager = await whole_world.member("manyun")
    shops = await manager.asks("/店铺", "天猫旗舰店")
    assert shops.index("授权失效") < shops.index("有赞商城")
