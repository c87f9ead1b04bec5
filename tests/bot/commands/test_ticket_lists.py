"""/ticket list, narrowed by what is named."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.tickets.model import Priority, TicketKind
from tests.bot.commands.room import Room
from tests.desk.work.house import DELAYED, LELE
from tests.fakes.staff import AMEI, DAZHI, FANGJIE, XIAOLU

RETURN = replace(DELAYED, kind=TicketKind.RETURN, order_no="E2", priority=Priority.NORMAL)
LELES = replace(DELAYED, customer=LELE.id, order_no="E3", store="xujiahui")


@pytest.fixture
async def three(room: Room) -> Room:
    """One that nobody has, one of Dazhi's, one of another customer and of a store."""
    await room.open()
    await room.open(RETURN)
    await room.open(LELES)
    await room.carry_out("/工单 take 2", DAZHI)
    await room.carry_out("/工单 标签 3 易碎", FANGJIE)
    return room


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("/工单 list", "132"),
        ("/工单 list 类型=退货", "2"),
        ("/工单 list 类型＝物流问题", "13"),
        ("/工单 list 门店=徐家汇", "3"),
        ("/工单 list 标签=易碎", "3"),
        ("/工单 list 标签=#易碎 类型=物流", "3"),
        ("/工单 list 顾客=乐乐爸", "3"),
        ("/工单 list 状态=处理中", "2"),
        ("/工单 list 状态=待接单", "13"),
        ("/工单 列表 待接单", "13"),
        ("/工单 列表 退货", "2"),
        ("/工单 列表 徐家汇 待接单", "3"),
        ("/工单 list 我的", ""),
        ("/工单 list 超时", ""),
        ("/工单 list 状态=已完成", ""),
    ],
)
async def test_a_supervisor_sees_what_fits_due_soonest_first(
    three: Room, line: str, numbers: str
) -> None:
    assert listed(await three.hear(line, FANGJIE)) == numbers


async def test_an_agent_sees_their_own_and_what_nobody_has(three: Room) -> None:
    assert listed(await three.hear("/工单 list", DAZHI)) == "213"
    assert listed(await three.hear("/工单 list", XIAOLU)) == "13"
    assert listed(await three.hear("/工单 list 我的", DAZHI)) == "2"
    assert listed(await three.hear("/工单 list 类型=退货", XIAOLU)) == ""


async def test_what_is_late_is_listed_alone(three: Room) -> None:
    three.house.clock.turn(timedelta(hours=3))
    assert listed(await three.hear("/工单 list 超时", FANGJIE)) == "13"


async def test_what_ended_is_listed_when_asked_for(three: Room) -> None:
    await three.carry_out("/工单 done 2", DAZHI)
    said = await three.hear("/工单 list 状态=已完成", FANGJIE)
    assert "· T-20261121-0002 退货（普通）大志已完成\n" in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/工单 list 类型=飞船", "没有“飞船”这种工单"),
        ("/工单 list 状态=发呆", "没有“发呆”这种状态"),
        ("/工单 list 门店=月球", "没有叫“月球”的门店"),
        ("/工单 list 随便", "“随便”没看懂"),
        ("/工单 list 标签=", "“标签=”没看懂"),
        ("/工单 list 顾客=阿毛", "阿毛"),
    ],
)
async def test_what_is_not_understood_is_said(three: Room, line: str, words: str) -> None:
    assert words in await three.hear(line, FANGJIE)


async def test_pages_go_on_with_the_same_words(room: Room) -> None:
    for count in range(16):
        await room.open(replace(DELAYED, order_no=f"E{count}"))
    said = await room.hear("/工单 list 类型=物流 第1页", AMEI)
    assert "还有更多：/工单 列表 类型=物流 第2页" in said
    assert listed(await room.hear("/工单 list 类型=物流 第2页", AMEI)) == "6"
    assert await room.hear("/工单 list 第3页", AMEI) == "没有符合的工单。"


def listed(said: str) -> str:
    """The last digits of the tickets of a list, in its order."""
    return "".join(each[16] for each in said.split("\n") if each.startswith("· T-"))
