"""Complaints go to the store they are about, group leaders to their own people."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.stories.world import Customer, World, eventually, text_of
from tools.local import MERCHANT, House, Ports, free_port

TICKET = re.compile(r"T-\d{8}-\d{4,}")
STAFF = """
staff:
  - {userid: amei, name: 阿美, role: agent, stores: [xujiahui], skills: [complaint]}
  - {userid: xiaolu, name: 小鹿, role: agent, stores: [wujiaochang], skills: [complaint]}
  - {userid: dazhi, name: 大志, role: agent, stores: [jiading], skills: [leader]}
  - {userid: laoqin, name: 老秦, role: agent, skills: [product]}
  - {userid: fangjie, name: 方姐, role: supervisor, region: 上海, skills: [complaint]}
  - {userid: manyun, name: 满云, role: manager}
"""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[World]:
    """A house whose agents belong to stores, without the NLU, open at any hour."""
    shops = (MERCHANT / "shops.yml").read_text(encoding="utf-8")
    merchant, staff = tmp_path / "shops.yml", tmp_path / "staff.yml"
    merchant.write_text(f'{shops}\nservice_hours: "00:00-24:00"\n', encoding="utf-8")
    staff.write_text(STAFF, encoding="utf-8")
    extra = {"SHOPS_FILE": str(merchant), "STAFF_FILE": str(staff)}
    house = House(Ports(free_port(), free_port(), free_port()), tmp_path / "house", extra)
    try:
        await asyncio.gather(house.start("sandbox"), house.start("bot"))
        async with aiohttp.ClientSession(house.sandbox_url) as control:
            yield World(house, control)
    finally:
        await house.stop()


async def number_of(customer: Customer, words: str) -> str:
    """The number of the ticket that a customer hears of after these words."""
    found = TICKET.search(await customer.asks(words, "T-"))
    assert found is not None
    return found[0]


async def test_a_complaint_goes_to_its_store_and_to_the_next_one_while_nobody_is_there(
    town: World,
) -> None:
    amei, xiaolu = await town.member("amei"), await town.member("xiaolu")
    fangjie = await town.member("fangjie")
    number = await number_of(await town.customer("小周"), "徐家汇店的店员态度太差了，我要投诉")
    card = await amei.hears(f"{number}，请在")
    assert "徐家汇店" in card
    assert "支援" not in card
    why = await fangjie.asks(f"/工单 why {number}", "派给阿美")
    assert "门店：徐家汇店（顾客提到“徐家汇店”）" in why
    assert "地区：上海" in why
    await amei.clicks(number, "接单")
    await amei.hears("您已接单")

    await amei.asks("/下班", "不再派新单")
    number = await number_of(await town.customer("小吴"), "我要投诉徐家汇店，态度太差")
    card = await xiaolu.hears(f"{number}，请在")
    assert "徐家汇店（店里现在没人能接，请您支援）" in card
    why = await fangjie.asks(f"/工单 why {number}", "派给小鹿")
    assert "徐家汇店没人能接，请五角场店支援" in why
    assert "阿美：没派，已下班" in why


async def test_a_leaders_ticket_goes_to_their_people_with_the_nearest_warehouse_named(
    town: World,
) -> None:
    dazhi, laoqin = await town.member("dazhi"), await town.member("laoqin")
    fangjie = await town.member("fangjie")
    leader = await town.customer("橙子团长")
    await leader.asks("附近门店", "徐家汇店")

    async def is_named() -> bool:
        return "橙子团长（" in await fangjie.asks("/顾客 橙子团长", "橙子团长")

    await eventually(is_named)
    await dazhi.asks("/顾客 橙子团长 团长 萧山仓", "要主管")
    await fangjie.asks("/顾客 橙子团长 团长 太仓", "嘉定仓、萧山仓")
    await fangjie.asks("/顾客 橙子团长 团长 萧山仓", "已标为团长")
    assert "橙子团长，萧山仓供货" in await fangjie.asks("/团长", "标的")

    await leader.sends(location={"latitude": 31.36, "longitude": 121.27, "name": "嘉定新城"})
    await leader.hears("公里")
    number = await number_of(leader, "学步鞋的鞋底有多厚")
    card = await dazhi.hears(f"{number}，请在")
    assert "最近仓库" in card
    assert "嘉定仓（约 2 公里）" in card
    await laoqin.next_lines(1, 2)
    assert not any(number in text_of(line) for line in laoqin.lines)
    routes = await dazhi.asks(f"/路由 {number}", "没有一条符合")
    assert "第 1 条“VIP 投诉”：类型要 投诉，这张是 咨询" in routes
