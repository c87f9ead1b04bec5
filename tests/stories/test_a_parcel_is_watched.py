"""From the shop's door to the customer's: followed, found stuck, told, and told again."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from desk.kernel.clock import SHANGHAI
from tests.stories.world import World, eventually
from tools.local import House, Ports, free_port

ORDER, NUMBER = "E20261119112803019500072", "YT7490011223344"


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[World]:
    """A house whose parcels are watched, for one story alone."""
    ports = Ports(free_port(), free_port(), free_port())
    house = House(ports, tmp_path / "house", {"PARCEL_WATCH": "true"})
    try:
        await asyncio.gather(house.start("sandbox"), house.start("bot"))
        async with aiohttp.ClientSession(house.sandbox_url) as control:
            yield World(house, control)
    finally:
        await house.stop()


def seconds_until(days: int, hour: int, minute: int = 0) -> int:
    """Seconds from now to a time of a later day in Shanghai."""
    here = datetime.now(UTC).astimezone(SHANGHAI)
    day = here + timedelta(days=days)
    then = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return int((then - here).total_seconds())


async def _subscribed(world: World) -> list[dict[str, Any]]:
    async with world.control.get("/kuaidi100/_control") as answer:
        mood = await answer.json()
    return [each for each in mood["subscribed"] if each["number"] == NUMBER]


async def test_a_stuck_parcel_is_found_and_its_customer_hears_of_it_before_they_ask(
    watched: World,
) -> None:
    world = watched
    jiajia, amei = await world.story_customer("何佳佳"), await world.member("amei")
    await jiajia.asks("我的订单到哪了", "还没发出")
    await world.shop("youzan", ship={"number": ORDER, "company": "圆通速递", "waybill": NUMBER})
    await eventually(lambda: _subscribed(world))

    await world.turn_clock(seconds_until(5, 7, 30))
    await jiajia.asks("你好", "早上好")
    await jiajia.hears_nothing_more()
    await world.turn_clock(seconds_until(5, 8, 5))
    told = await jiajia.hears(NUMBER)
    assert "没有新的物流动态" in told
    assert "工单号 T-" in told
    card = await amei.hears(NUMBER)
    assert "已主动告诉顾客" in card
    await jiajia.hears_nothing_more()

    scan = {"waybill": NUMBER, "text": "【上海市】快件到达上海浦东转运中心"}
    await world.shop("youzan", scan=scan)
    await amei.hears("有新轨迹了")
    found = re.search(r"T-\d{8}-\d{4}", told)
    assert found is not None
    await amei.asks(f"/工单 take {found[0]}", found[0])
    await amei.asks(f"/工单 done {found[0]} 快递已经重新派送", found[0])
    await jiajia.hears("快递已经重新派送")
    await world.turn_clock(seconds_until(6, 8, 5))
    assert "快件到达上海浦东转运中心" in await jiajia.hears("有新动态了")
    await jiajia.hears_nothing_more()

    lines = await (await world.member("manyun")).asks("/店铺", "【快递】")
    assert "主动告诉了 1 位顾客" in lines


async def test_the_way_of_a_parcel_is_told_where_the_shop_itself_tells_none(
    own_world: World,
) -> None:
    amei = await own_world.member("amei")
    told = await amei.asks("/订单 3737401822650113024", "78613240118862")
    assert "【上海市】到达上海转运中心" in told[told.index("78613240118862") :]
