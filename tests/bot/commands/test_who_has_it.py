"""Who takes work, who has which ticket and why: as agents and managers type it."""

from dataclasses import replace

import pytest

from desk.assignment.commands import (
    DismissStaff,
    GiveTicket,
    ReturnTicket,
    SetPresence,
    SwitchSurge,
)
from desk.assignment.model import Presence
from desk.commands import Command
from desk.staff.directory import Staff
from desk.tickets.model import TicketKind
from tests.bot.commands.room import BOOK, Room
from tests.desk.work.house import DELAYED, told
from tests.fakes.staff import AMEI, DAZHI, FANGJIE, MANYUN, XIAOLU

NUMBER = "T-20261121-0001"


@pytest.mark.parametrize(
    ("line", "member", "does"),
    [
        ("/上班", AMEI, SetPresence("amei", Presence.ON_DUTY, "amei")),
        ("/忙碌", AMEI, SetPresence("amei", Presence.BUSY, "amei")),
        ("/下班", AMEI, SetPresence("amei", Presence.AWAY, "amei")),
        ("/off", FANGJIE, SetPresence("fangjie", Presence.AWAY, "fangjie")),
        ("/员工 离职 阿美", MANYUN, DismissStaff("amei", "manyun")),
        ("/staff left dazhi", MANYUN, DismissStaff("dazhi", "manyun")),
        ("/员工 复职 阿美", MANYUN, SetPresence("amei", Presence.ON_DUTY, "manyun")),
        ("/大促 开", MANYUN, SwitchSurge("manyun", on=True)),
        ("/surge off", MANYUN, SwitchSurge("manyun", on=False)),
        ("/工单 give 1 大志", AMEI, GiveTicket(NUMBER, "dazhi", "amei")),
        ("/工单 转派 1 dazhi", FANGJIE, GiveTicket(NUMBER, "dazhi", "fangjie")),
        ("/工单 退回 1 不懂 这款", AMEI, ReturnTicket(NUMBER, "amei", "不懂 这款")),
        (f"ticket return {NUMBER}", AMEI, ReturnTicket(NUMBER, "amei", "")),
    ],
)
async def test_a_line_does_one_thing(room: Room, line: str, member: Staff, does: Command) -> None:
    await room.open()
    assert (await room.outcome(line, member)).do == (does,)


@pytest.mark.parametrize(
    ("line", "member", "words"),
    [
        ("/员工 离职 阿美", FANGJIE, "店长"),
        ("/大促 开", AMEI, "店长"),
        ("/员工 离职 小王", MANYUN, "员工名单里没有“小王”"),
        ("/员工 离职 满云", MANYUN, "不能给自己办离职"),
        ("/员工 阿美", MANYUN, "用法"),
        ("/大促", MANYUN, "要开还是关"),
        ("/工单 give 1 小王", AMEI, "员工名单里没有“小王”"),
        ("/工单 why 1", AMEI, "还没有派单记录"),
    ],
)
async def test_what_cannot_be_done_is_told_and_done_not(
    room: Room, line: str, member: Staff, words: str
) -> None:
    await room.open()
    room.house.books.assignments.kept.clear()
    assert words in await room.hear(line, member)
    assert (await room.outcome(line, member)).do == ()


async def test_nobody_is_given_what_they_have(room: Room) -> None:
    await room.open()
    await room.carry_out("/工单 take 1", AMEI)
    assert "已经在阿美手上" in await room.hear("/工单 give 1 阿美", AMEI)


async def test_why_tells_everybodys_reasons_and_the_decisions_before(room: Room) -> None:
    await room.open(replace(DELAYED, kind=TicketKind.RETURN, skill=""))
    await room.carry_out("/工单 退回 1", AMEI)
    assert await room.hear("/工单 why 1", FANGJIE) == (
        f"{NUMBER} 的派单\n"
        "今天 12:00（退回）派给大志\n"
        "· 大志 +4.33（手上 0 张）\n"
        "技能 +1.33，手上少 +3.00\n"
        "· 阿美：没派，退回过或超时没接（手上 0 张）\n"
        "· 小鹿：没派，没有这项技能（手上 0 张）\n"
        "今天 12:00（新工单）派给阿美"
    )


async def test_why_names_who_gave_it_and_that_nobody_could(room: Room) -> None:
    await room.carry_out("/下班", AMEI)
    await room.open()
    assert "（新工单）没人能接\n" in await room.hear("/工单 why 1", AMEI)
    await room.carry_out("/工单 give 1 大志", FANGJIE)
    assert "今天 12:00 方姐转给大志\n" in await room.hear("/工单 why 1", DAZHI)


async def test_going_home_tells_what_is_still_held(room: Room) -> None:
    await room.open()
    await room.carry_out("/工单 take 1", AMEI)
    (said,) = told(await room.carry_out("/下班", AMEI), "amei")
    assert BOOK.render(said, room.house.clock.now()) == (
        "辛苦了，不再派新单。您手上还有 1 张没完成，要转走发：/工单 转派 号码 同事"
    )


async def test_coming_on_duty_says_how_to_say_busy(room: Room) -> None:
    (said,) = told(await room.carry_out("/上班", AMEI), "amei")
    assert BOOK.render(said, room.house.clock.now()) == "好，开始给您派单。\n忙不过来发：/忙碌"


async def test_who_does_not_have_it_is_not_asked_whom_to_give_it_to(room: Room) -> None:
    await room.open()
    await room.carry_out("/工单 接单 1", AMEI)
    said = await room.hear("/工单 转派 1", XIAOLU)
    assert said == f"{NUMBER} 在阿美手上，请阿美或主管来转。"
