"""One door for typed lines and buttons: found by name, allowed by role, explained when wrong."""

import pytest

from bot.commands import ALL
from bot.commands.base import SlashCommand
from desk.kernel.messages import Phrase
from desk.kernel.roles import Role
from desk.staff.directory import Staff
from desk.tickets.commands import TakeTicket
from tests.bot.commands.room import BOOK, Room
from tests.clocks import NOON
from tests.fakes.staff import AMEI, EVERYBODY, FANGJIE, LAOQIN, MANYUN


def test_no_two_commands_share_a_name() -> None:
    names = [name for command in ALL for name in command.names]
    assert len(names) == len(set(names))


def test_every_command_has_its_summary_and_usage_in_the_book() -> None:
    keys = [key for command in ALL for key in (command.summary, command.usage)]
    assert BOOK.check(keys) == ()


async def test_help_lists_what_this_member_may_do(room: Room) -> None:
    agents, managers = await room.hear("/help", AMEI), await room.hear("/帮助", MANYUN)
    assert "/库存：查各店库存" in agents
    assert "/digest" not in agents
    assert "/redeliver" not in agents
    assert "/简报：看今天、昨天或近 7 天的简报" in managers


async def test_help_on_one_command_shows_its_usage(room: Room) -> None:
    assert await room.hear("/帮助 库存", AMEI) == (
        "用法：/库存 商品名 [颜色 尺码]，例如 /库存 学步鞋 粉色 22码"
    )


@pytest.mark.parametrize("line", ["/工单 帮助", "/工单 ?", "/帮助 工单", "/help ticket"])
async def test_help_may_stand_behind_the_name_of_a_command(room: Room, line: str) -> None:
    assert (await room.hear(line, AMEI)).startswith("用法（当天的工单")


@pytest.mark.parametrize("command", ALL, ids=lambda each: each.name)
def test_every_usage_fits_into_a_message(command: SlashCommand) -> None:
    assert len(BOOK.render(Phrase(command.usage), NOON).encode()) < 2048


async def test_a_wrong_line_does_not_bring_all_verbs_of_tickets(room: Room) -> None:
    await room.open()
    for line in ("/工单 飞", "/工单 接单", "/工单 查看 abc", "/工单 关闭 1", "/工单 合并 1"):
        assert len((await room.hear(line, FANGJIE)).splitlines()) <= 2


@pytest.mark.parametrize(
    ("line", "least"),
    [
        ("/digest", Role.MANAGER),
        ("/redeliver", Role.SUPERVISOR),
        ("redeliver 0a1b2c3d", Role.SUPERVISOR),
        ("/stock 学步鞋", Role.AGENT),
        ("/whoami", Role.AGENT),
    ],
)
@pytest.mark.parametrize("member", EVERYBODY, ids=lambda each: each.userid)
async def test_the_role_decides_for_typed_lines_and_buttons_alike(
    room: Room, line: str, least: Role, member: Staff
) -> None:
    forbidden = "权限" in await room.hear(line, member)
    assert forbidden == (member.role < least)


async def test_a_forbidden_command_names_who_may(room: Room) -> None:
    assert await room.hear("/日报", AMEI) == "/简报 需要店长权限，请店长来操作。"


async def test_an_unknown_command_is_told_what_is_near(room: Room) -> None:
    assert await room.hear("/stok 鞋", AMEI) == (
        "没有 /stok 这个指令，是不是想用：/stock？发 /帮助 看全部指令。"
    )
    assert "/工单" in await room.hear("/工蛋", AMEI)
    assert await room.hear("/wxyzq", AMEI) == "没有 /wxyzq 这个指令。发 /帮助 看全部指令。"


async def test_chat_is_told_that_only_commands_work_here(room: Room) -> None:
    assert await room.hear("今天好忙啊", AMEI) == "这里只认指令。发 /帮助 看看能做什么。"


async def test_a_button_is_the_same_line_as_the_typed_one(room: Room) -> None:
    await room.open()
    typed = await room.outcome("/工单 接单 1", AMEI)
    pressed = await room.outcome("ticket take T-20261121-0001", AMEI)
    assert typed == pressed
    assert typed.do == (TakeTicket("T-20261121-0001", "amei"),)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/库存", "要查哪件商品？\n用法：/库存"),
        ("/库存 电冰箱", "在售商品里没找到“电冰箱”。"),
        ("/订单", "要查哪个订单？\n用法：/订单 订单号"),
        ("/顾客", "要查哪位顾客？\n用法：/顾客"),
        ("/顾客 没这人", "没找到顾客“没这人”。"),
        ("/工单 飞", "不认识“飞”。\n写法看：/帮助 工单"),
        ("/工单 take", "要操作哪张工单？号码写在后面"),
        ("/工单 take 一号", "“一号”不是工单号。"),
        ("/工单 show 99", "没有工单 T-20261121-0099"),
        ("/发券 give 1", "要给谁发哪张券？\n用法："),
        ("/发券 give 1 nope", "没有编号为“nope”的券。"),
        ("/重发 abc", "“abc”不是滞留消息的编号。\n用法："),
        ("/简报 下周", "没有“下周”的简报。\n用法："),
    ],
)
async def test_a_wrong_line_is_told_what_was_wrong_and_how_it_goes(
    room: Room, line: str, why: str
) -> None:
    assert (await room.hear(line, LAOQIN)).startswith(why)


async def test_a_note_without_words_is_asked_for(room: Room) -> None:
    await room.open()
    assert await room.hear("/工单 note 1", FANGJIE) == (
        "要给 T-20261121-0001 记什么？把内容写在号码后面发来：\n/工单 备注 T-20261121-0001 内容"
    )
