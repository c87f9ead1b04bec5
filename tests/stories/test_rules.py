"""A merchant's rules at work: the customer writes a word, the supervisor reads it, nobody else."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.stories.test_a_person_takes_over import servicer_of
from tests.stories.world import World
from tools.local import MERCHANT, House, Ports, free_port

RULES = """
rules:
  - id: hidden_offer
    name: 问内部价
    on: message
    words: [内部价, 员工价]
    then:
      - {open_ticket: consult, priority: high, quiet: true, summary: 顾客问内部价}
      - {tag: 内部价}
      - {tell: {to: [supervisor], text: "{customer}在问内部价，已建工单 {number}"}}
      - {say: 内部价只给员工本人，您可以看看店里的优惠券。}
    once: {per: customer, within: 1d}
  - id: up
    name: 往上调
    on: [ticket_opened, ticket_changed]
    only: {kind: consult, priority: [high, normal]}
    then: [{priority: urgent}]
  - id: down
    name: 往下调
    on: ticket_changed
    only: {kind: consult, priority: urgent}
    then: [{priority: high}]
"""


@pytest.fixture
async def ruled(tmp_path: Path) -> AsyncIterator[World]:
    """A house of a merchant with rules of their own, without the NLU."""
    shops = (MERCHANT / "shops.yml").read_text(encoding="utf-8")
    file = tmp_path / "shops.yml"
    file.write_text(f'{shops}\nservice_hours: "00:00-24:00"\n{RULES}', encoding="utf-8")
    ports = Ports(free_port(), free_port(), free_port())
    house = House(ports, tmp_path / "house", {"SHOPS_FILE": str(file)})
    try:
        await asyncio.gather(house.start("sandbox"), house.start("bot"))
        async with aiohttp.ClientSession(house.sandbox_url) as control:
            yield World(house, control)
    finally:
        await house.stop()


async def test_a_risk_word_reaches_the_supervisor_and_never_comes_back_to_the_customer(
    ruled: World,
) -> None:
    supervisor = await ruled.member("fangjie")
    customer = await ruled.customer("周先生")
    await customer.says("你们这不是刷单吗，再不退钱我就打12315")
    told = await supervisor.hears("已建风险评估")
    number = re.findall(r"T-\d{8}-\d{4}", told)[0]
    assert "此前没有风险评估" in told
    await customer.says("我已经找律师了，等着律师函吧")
    log = await supervisor.asks("/规则 log risk_legal", "已执行")
    assert "关键词“12315”" in log
    assert f"建工单 {number}" in log
    shown = await supervisor.asks(f"/工单 show {number}", "风险评估")
    assert "律师函" not in shown
    heard = "\n".join(str(line["body"]) for line in customer.lines)
    await customer.next_lines(3, 3)
    heard += "\n".join(str(line["body"]) for line in customer.lines)
    assert "风险" not in heard
    assert number not in heard


async def test_what_a_merchant_wrote_is_done_and_two_rules_that_fight_are_stopped(
    ruled: World,
) -> None:
    supervisor = await ruled.member("fangjie")
    customer = await ruled.customer("小何")
    tried = await supervisor.asks("/规则 list", "hidden_offer")
    assert "问内部价：执行 0 次" in tried
    await customer.asks("有没有员工价呀", "内部价只给员工本人")
    told = await supervisor.hears("在问内部价，已建工单")
    number = re.findall(r"T-\d{8}-\d{4}", told)[0]
    log = await supervisor.asks(f"/规则 log {number}", "互相触发")
    assert "由规则“往上调”引起，第 3 层" in log
    assert "由规则“问内部价”引起，第 2 层" in log
    trial = await supervisor.asks(f"/规则 试 hidden_offer {number} 有内部价吗", "试运行")
    assert "✓ 有关键词“内部价”" in trial
    assert "✗ 同一位顾客在期限内没执行过" in trial
    assert "现在不会执行" in trial
    assert f"建工单 {number}" in trial
    agent = await ruled.member("amei")
    await agent.asks("/规则", "主管")


async def test_while_a_person_holds_the_session_rules_hear_it_and_the_bot_keeps_silent(
    ruled: World,
) -> None:
    supervisor = await ruled.member("fangjie")
    customer = await ruled.customer("钱女士")
    await customer.asks("转人工", "正在转人工客服")
    await servicer_of(ruled, customer)
    await customer.next_lines(3, 2)
    await customer.says("有没有员工价")
    told = await supervisor.hears("在问内部价，已建工单")
    number = re.findall(r"T-\d{8}-\d{4}", told)[0]
    await customer.hears_nothing_more()
    await supervisor.asks(f"/规则 log {number}", "人工正在接待，不插话")
