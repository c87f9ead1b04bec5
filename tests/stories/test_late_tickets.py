"""Tickets that nobody forgets: who is late is told of, step by step; what is not solved reopens."""

import re
from collections import Counter

from tests.stories.world import Member, World, text_of

TITLES = ("响应超时", "处理超时", "快到处理时限", "快到响应时间", "工单没有进展")


def alarms(seat: Member, number: str) -> Counter[str]:
    """How often a seat read of each kind of lateness of a ticket."""
    texts = [text_of(line) for line in seat.lines if line["kind"] == "template_card"]
    return Counter(
        title for text in texts if number in text for title in TITLES if f"{title}：" in text
    )


async def test_in_three_days_each_step_comes_once_until_somebody_acknowledges(
    own_world: World,
) -> None:
    supervisor, manager = await own_world.member("fangjie"), await own_world.member("manyun")
    agent = await own_world.member("amei")
    lin = await own_world.story_customer("林雨桐")
    told = await lin.asks("我的快递三天没动了", "T-")
    number = re.findall(r"T-\d{8}-\d{4}", told)[0]
    for hours in (30, 54, 78):
        await own_world.turn_clock(hours * 3600)
        await agent.next_lines(30, 3)
        await supervisor.next_lines(30, 2)
    await manager.hears("工单没有进展")
    await manager.next_lines(30, 3)
    above = alarms(supervisor, number)
    assert (above["处理超时"], above["工单没有进展"]) == (1, 1)
    assert alarms(manager, number)["处理超时"] == 1
    assert max(alarms(manager, number).values()) == 1
    await supervisor.says(f"/工单 ack {number}")
    await supervisor.hears("不再往上提醒")
    history = await supervisor.asks(f"/工单 show {number}", "方姐确认跟进")
    assert "处理超时" in history


async def test_what_was_done_is_told_to_the_customer_and_not_solved_opens_it_again(
    own_world: World,
) -> None:
    agent = await own_world.member("amei")
    lin = await own_world.story_customer("林雨桐")
    told = await lin.asks("我的快递三天没动了", "T-")
    number = re.findall(r"T-\d{8}-\d{4}", told)[0]
    await agent.hears(number)
    await agent.says(f"/工单 done {number} 已送到 快递员今天送到")
    assert "的物流问题" in await agent.hears("已完成")
    assert "快递员今天送到" in await lin.hears("已处理好")
    again = await lin.asks("没解决，根本没人送", "重新打开")
    assert number in again
    assert "没解决，根本没人送" in await agent.hears("还没解决")
    await agent.asks("/工单 list", number)
