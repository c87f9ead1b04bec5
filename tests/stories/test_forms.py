"""The form of a ticket is filled in the chat while the ticket is open and worked on."""

import re

from tests.stories.world import Customer, World, asked_of

TICKET = re.compile(r"T-\d{8}-\d{4,}")
COMPANY, TAX = "上海佳佳贸易有限公司", "91310000MA1K4X5X5X"


async def _number(customer: Customer, words: str) -> str:
    found = TICKET.search(await customer.hears(words))
    assert found is not None
    return found[0]


async def test_what_is_told_at_once_is_on_the_ticket_and_only_the_rest_is_asked(
    world: World,
) -> None:
    customer = await world.customer("要发票的")
    await customer.asks(f"开发票，抬头{COMPANY} 税号{TAX}", "订单号")
    await customer.says("没有订单号")
    told = await customer.hears("电子发票发到哪个邮箱")
    found = TICKET.search(told)
    assert found is not None
    done = await customer.asks("jia@example.com", "信息齐了")
    assert all(each in done for each in (COMPANY, TAX, "jia@example.com", "发票类型：企业"))
    changed = await customer.asks("抬头写错了，应该是上海佳乐贸易有限公司", "改成")
    assert "上海佳乐贸易有限公司" in changed
    members = [await world.member(each) for each in ("amei", "xiaolu", "dazhi")]
    shown = await members[0].asks(f"/工单 show {found[0]}", "经过")
    assert "· 发票抬头：上海佳乐贸易有限公司" in shown
    assert "还缺" not in shown


async def test_an_agent_takes_it_has_the_customer_asked_and_reads_the_answer(world: World) -> None:
    customer = await world.customer("等发票的")
    members = [await world.member(each) for each in ("amei", "xiaolu", "dazhi")]
    await customer.asks("给公司开发票", "订单号")
    await customer.says("没有订单号")
    number = await _number(customer, "抬头写什么")
    await customer.asks("跳过", "税号")
    await customer.asks("先不填", "邮箱")
    await customer.asks("不知道", "缺的需要时再问您")
    agent = await asked_of(f"{number}，请在", *members)
    await agent.clicks(number, "接单")
    card = await agent.hears("您已接单")
    assert "发票抬头、税号、收票邮箱" in card
    await agent.asks(f"/工单 填 {number} 邮箱=不是邮箱", "没有改动")
    await agent.asks(f"/工单 填 {number} 邮箱=jia@example.com", "已记下")
    await agent.says(f"/工单 问 {number} 税号")
    await customer.hears("请把企业的税号")
    await customer.says(TAX)
    await agent.hears("的顾客等发票的回复了")
    shown = await agent.asks(f"/工单 show {number}", "经过")
    assert f"· 税号：{TAX}" in shown
    assert "· 收票邮箱：jia@example.com" in shown
    assert "还缺：发票抬头" in shown


async def test_another_question_goes_before_and_the_form_comes_back(world: World) -> None:
    customer = await world.customer("爱问的")
    await customer.asks("给公司开发票", "订单号")
    await customer.says("没有订单号")
    await customer.hears("抬头写什么")
    answer = await customer.asks("学步鞋多少钱", "¥169")
    if "还差一项" not in answer:
        await customer.hears("还差一项")
    await customer.asks(COMPANY, "税号")
