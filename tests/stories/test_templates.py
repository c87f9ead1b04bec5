"""The head office changes what customers are asked; who was asked before goes on as before."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.templates.files import house_templates
from desk.templates.data import as_data
from desk.templates.model import Template
from tests.stories.world import Customer, World
from tools.local import MERCHANT, ROOT, House, Ports, free_port

pytestmark = pytest.mark.timeout(180)
TICKET = re.compile(r"T-\d{8}-\d{4,}")
STAFF = """
staff:
  - {userid: amei, name: 阿美, role: agent}
  - {userid: fangjie, name: 方姐, role: supervisor}
  - {userid: manyun, name: 满云, role: manager}
"""


def _own_appointment() -> Template:
    """The house's appointments, with a question of the merchant's own."""
    usual = next(each for each in house_templates() if each.id == "appointment")
    purpose = replace(usual.fields[0], question="您好呀，这次想约点什么？")
    return replace(usual, fields=(purpose, *usual.fields[1:]))


@pytest.fixture
async def head_office(tmp_path: Path) -> AsyncIterator[World]:
    """A house with a folder of templates of its own, without the NLU, open at any hour."""
    shops = (MERCHANT / "shops.yml").read_text(encoding="utf-8")
    merchant, staff, own = tmp_path / "shops.yml", tmp_path / "staff.yml", tmp_path / "templates"
    merchant.write_text(f'{shops}\nservice_hours: "00:00-24:00"\n', encoding="utf-8")
    staff.write_text(STAFF, encoding="utf-8")
    own.mkdir()
    text = yaml.safe_dump(as_data(_own_appointment()), allow_unicode=True)
    (own / "appointment.yml").write_text(text, encoding="utf-8")
    extra = {"SHOPS_FILE": str(merchant), "STAFF_FILE": str(staff), "TEMPLATES_DIR": str(own)}
    house = House(Ports(free_port(), free_port(), free_port()), tmp_path / "house", extra)
    try:
        await asyncio.gather(house.start("sandbox"), house.start("bot"))
        async with aiohttp.ClientSession(house.sandbox_url) as control:
            yield World(house, control)
    finally:
        await house.stop()


async def _books(customer: Customer, asked: str) -> str:
    """A customer wants an appointment and is asked in these words; the ticket's number."""
    said = await customer.asks("我想预约明天下午", asked)
    told = "\n".join([said, *(str(each["body"]) for each in customer.lines)])
    found = TICKET.search(told)
    assert found is not None, told
    return found[0]


async def test_what_is_published_holds_for_new_tickets_and_survives_a_restart(
    head_office: World,
) -> None:
    manager = await head_office.member("manyun")
    listed = await manager.asks("/模板", "预约（appointment）第 1 版")
    assert "预约（appointment）第 1 版，有新版可发布" in listed
    before = await _books(await head_office.customer("小周"), "您想预约什么呢？")

    await manager.asks("/模板 diff 预约", "问句改为“您好呀，这次想约点什么？”")
    said = await manager.asks("/模板 publish 预约", "预约（appointment）第 2 版，所有门店")
    assert "办到一半的还按原来的版本走" in said
    after = await _books(await head_office.customer("小吴"), "这次想约点什么？")
    assert "第 1 版" in await manager.asks(f"/工单 show {before}", before)
    assert "第 2 版" in await manager.asks(f"/工单 show {after}", after)

    head_office.house.kill("bot")
    await head_office.house.processes["bot"].wait()
    await head_office.house.start("bot")
    listed = await manager.asks("/模板", "预约（appointment）第 2 版")
    assert "有新版" not in listed
    await manager.asks("/模板 back 预约", "预约（appointment）第 1 版，所有门店")
    await _books(await head_office.customer("小郑"), "您想预约什么呢？")


async def test_the_command_line_publishes_for_one_store_beside_the_running_house(
    head_office: World,
) -> None:
    manager = await head_office.member("manyun")
    said = await _command_line(head_office, "publish", "--store", "徐家汇店", "--by", "laoqin")
    assert "· 预约（appointment）第 2 版，徐家汇店" in said
    listed = await manager.asks("/模板", "预约（appointment）第 1 版")
    assert "预约（appointment）第 1 版\n  徐家汇店 第 2 版" in listed
    assert "徐家汇店：第 2 版，laoqin" in await _command_line(head_office, "list")


async def test_a_return_goes_by_the_houses_template_from_the_wish_to_the_money(
    head_office: World,
) -> None:
    lin = await head_office.story_customer("林雨桐")
    amei, manager = await head_office.member("amei"), await head_office.member("manyun")
    await lin.asks("我要退货", "哪一笔订单")
    await lin.asks("1", "为什么想退")
    await lin.asks("尺码不合适", "怎么退回来")
    number = TICKET.findall(await lin.asks("我自己寄", "要的信息齐了"))[0]
    await amei.hears(f"{number}，请在")

    await amei.asks(f"/工单 take {number}", "您已接单")
    lacking = await amei.asks(f"/工单 步骤 {number} 同意退货", "还差退货地址")
    assert f"/工单 步骤 {number} 等顾客寄回 退货地址=" in lacking
    await amei.asks(f"/工单 填 {number} 退货地址=上海市徐汇区虹桥路1号", "退货地址")
    await amei.says(f"/工单 步骤 {number} 同意退货")
    await lin.hears("可以退。")
    await lin.says("寄出去了，单号 SF1234567890123")
    await amei.hears("SF1234567890123")
    await amei.says(f"/工单 步骤 {number} 已寄回")
    await lin.hears("验完货就给您退款")
    await amei.asks(f"/工单 步骤 {number} 验货不通过", "主管")
    await amei.asks(f"/工单 填 {number} 验货结果=完好可再售 退款金额=129", "退款金额")
    await amei.says(f"/工单 步骤 {number} 验货通过")
    await lin.hears("验货通过")
    await amei.says(f"/工单 步骤 {number} 退款完成")
    await lin.hears("退款已经办好")
    shown = await manager.asks(f"/工单 show {number}", "退款金额")
    assert "¥129" in shown
    assert "步骤：已完成（退货，第 1 版）" in shown


async def _command_line(world: World, *words: str) -> str:
    """What `python -m bot templates …` says; it has to end well."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "templates", *words),
        cwd=ROOT,
        env=world.house.environment(),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()
