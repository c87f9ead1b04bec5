"""/alias: supervisors teach what customers' names mean, and everybody's questions follow."""

import pytest

from desk.aliases.commands import ForgetAlias, TeachAlias
from desk.shops.port import ItemId
from tests.bot.commands.room import Room
from tests.fakes.staff import AMEI, FANGJIE, MANYUN


async def teach(room: Room, line: str) -> None:
    """A supervisor teaches."""
    await room.carry_out(line, FANGJIE)


@pytest.mark.parametrize(
    "line", ["/alias 小熊鞋 = 学步鞋", "/alias add 小熊鞋=学步鞋", "/叫法 加 小熊鞋 → 学步鞋"]
)
async def test_a_name_is_taught(room: Room, line: str) -> None:
    outcome = await room.outcome(line, FANGJIE)

    assert outcome.do == (TeachAlias("小熊鞋", "学步鞋", "fangjie"),)
    assert await room.hear(line, FANGJIE) == "记住了：顾客说“小熊鞋”，就是“学步鞋”。"


async def test_what_was_taught_is_understood_from_then_on(room: Room) -> None:
    assert "没找到" in await room.hear("/price 小熊鞋", AMEI)
    await teach(room, "/alias 小熊鞋 = 学步鞋")
    assert (await room.hear("/price 小熊鞋", AMEI)).startswith("软底学步鞋")


async def test_a_name_may_mean_one_item(room: Room) -> None:
    outcome = await room.outcome("/alias 小软 = youzan-main:101", FANGJIE)
    assert outcome.do == (TeachAlias("小软", ItemId("youzan-main", "101"), "fangjie"),)
    await teach(room, "/alias 小软 = youzan-main:101")
    assert (await room.hear("/stock 小软", AMEI)).startswith("软底学步鞋")


async def test_names_are_listed_with_who_taught_them(room: Room) -> None:
    assert "还没有教过" in await room.hear("/alias", FANGJIE)
    await teach(room, "/alias 小熊鞋 = 学步鞋")
    assert "· 小熊鞋 = 学步鞋（方姐" in await room.hear("/alias list", MANYUN)


async def test_a_name_is_forgotten(room: Room) -> None:
    await teach(room, "/alias 小熊鞋 = 学步鞋")
    assert (await room.outcome("/alias remove 小熊鞋", FANGJIE)).do == (ForgetAlias("小熊鞋"),)
    await teach(room, "/alias remove 小熊鞋")
    assert "没找到" in await room.hear("/price 小熊鞋", AMEI)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/alias 小熊鞋", "没看懂“小熊鞋”"),
        ("/alias 小熊鞋 = 拖拉机", "拖拉机"),
        ("/alias 小熊鞋 = youzan-main:77", "youzan-main:77"),
        ("/alias 小熊鞋 =", "等号右边"),
        ("/alias = 学步鞋", "1 到 20"),
        ("/alias remove 小熊鞋", "没有教过"),
    ],
)
async def test_a_line_that_teaches_nothing_is_told_why(room: Room, line: str, said: str) -> None:
    outcome = await room.outcome(line, FANGJIE)

    assert outcome.do == ()
    assert said in await room.hear(line, FANGJIE)


async def test_agents_may_not_teach(room: Room) -> None:
    assert (await room.outcome("/alias 小熊鞋 = 学步鞋", AMEI)).do == ()
    assert "主管" in await room.hear("/alias 小熊鞋 = 学步鞋", AMEI)
