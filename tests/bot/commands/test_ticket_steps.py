"""/ticket step, close, merge, relate, watch, tag, priority; give and note by a tap."""

from dataclasses import replace

import pytest

from desk.commands import Outcome
from desk.kernel.messages import Card
from desk.staff.directory import Staff
from desk.tickets.closing.commands import CloseTicket
from desk.tickets.commands import TicketCommand
from desk.tickets.kin.commands import LinkTicket, MergeTicket, UnlinkTicket
from desk.tickets.model import Priority, TicketState
from desk.tickets.relations import How
from desk.tickets.sorting.commands import PrioritiseTicket, RouteTicket, TagTicket, WatchTicket
from desk.tickets.steps.commands import StepTicket
from tests.bot.commands.room import BOOK, Room
from tests.desk.tickets.templates import ASKED, publish
from tests.desk.work.house import DELAYED, LELE, keys, told
from tests.fakes.staff import AMEI, DAZHI, FANGJIE, XIAOLU

FIRST, SECOND = "T-20261121-0001", "T-20261121-0002"


@pytest.fixture
async def stepping(room: Room) -> Room:
    await publish(room.house)
    await room.open(replace(ASKED, fields={"reason": "小了"}))
    await room.open()
    return room


@pytest.mark.parametrize(
    ("line", "member", "does"),
    [
        ("/工单 步骤 1 等顾客寄回", AMEI, StepTicket(FIRST, "amei", "等顾客寄回")),
        ("/ticket step 1 sending", AMEI, StepTicket(FIRST, "amei", "sending")),
        ("/工单 关闭 1 重复登记", FANGJIE, CloseTicket(FIRST, "fangjie", "重复登记")),
        ("/工单 合并 1 2", AMEI, MergeTicket(FIRST, SECOND, "amei")),
        ("/工单 合并 1 2 确定", AMEI, MergeTicket(FIRST, SECOND, "amei", sure=True)),
        ("/工单 关联 1 2", AMEI, LinkTicket(FIRST, SECOND, "amei", How.RELATED)),
        ("/工单 关联 1 2 起因", AMEI, LinkTicket(FIRST, SECOND, "amei", How.CAUSE)),
        ("/工单 取消关联 1 2", AMEI, UnlinkTicket(FIRST, SECOND, "amei")),
        ("/工单 改派 1 退款", AMEI, RouteTicket(FIRST, "amei", "refund")),
        ("/工单 改派 1", FANGJIE, RouteTicket(FIRST, "fangjie")),
        ("/工单 关注 1", AMEI, WatchTicket(FIRST, "amei", ("amei",))),
        ("/工单 关注 1 方姐", AMEI, WatchTicket(FIRST, "amei", ("fangjie",))),
        ("/工单 取消关注 1", AMEI, WatchTicket(FIRST, "amei", ("amei",), off=True)),
        ("/工单 标签 1 #团购 -易碎", AMEI, TagTicket(FIRST, "amei", ("团购",), ("易碎",))),
        (
            "/工单 优先级 1 加急 明天出差",
            AMEI,
            PrioritiseTicket(FIRST, "amei", Priority.URGENT, "明天出差"),
        ),
    ],
)
async def test_a_line_comes_to_a_command(
    stepping: Room, line: str, member: Staff, does: TicketCommand
) -> None:
    assert (await stepping.outcome(line, member)).do == (does,)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/工单 关闭 1", "为什么关闭？"),
        ("/工单 合并 1", "另一张的号码还没写"),
        ("/工单 关联 1 2 也许", "“也许”没看懂"),
        ("/工单 标签 1", "要加哪些标签？"),
        ("/工单 优先级 1 很急", "改成哪一级？"),
        ("/工单 关注 1 小王", "员工名单里没有“小王”"),
        ("/工单 步骤 2", "没有分步骤"),
        ("/工单 改派 1 量子", "没有人会“量子”。可以写：物流、售后、退款、投诉、商品"),
    ],
)
async def test_what_is_missing_is_asked_for(stepping: Room, line: str, words: str) -> None:
    assert words in await stepping.hear(line, FANGJIE)
    assert (await stepping.outcome(line, FANGJIE)).do == ()


async def test_without_a_name_the_ways_on_are_buttons(stepping: Room) -> None:
    card = card_of(await stepping.outcome("/工单 步骤 1", AMEI))
    assert [each.key for each in card.buttons] == [
        f"ticket step {FIRST} asking",
        f"ticket step {FIRST} sending",
        f"ticket step {FIRST} unfit",
    ]
    assert BOOK.render(card.subtitle, stepping.house.clock.now()) == (f"{FIRST} 现在在“待审核”")


async def test_who_does_not_have_it_reads_the_ways_without_buttons(stepping: Room) -> None:
    await stepping.carry_out("/工单 take 1", DAZHI)
    said = await stepping.hear("/工单 步骤 1", XIAOLU)
    assert said.startswith(f"{FIRST} 现在在“待审核”\n· 再问问：/工单 步骤 {FIRST} 问清情况\n")


async def test_what_a_way_waits_for_is_told_with_how_to_fill_it(stepping: Room) -> None:
    await stepping.carry_out("/工单 take 1", DAZHI)
    await stepping.carry_out("/工单 步骤 1 sending", DAZHI)
    card = card_of(await stepping.outcome("/工单 步骤 1", DAZHI))
    assert BOOK.render(card.subtitle, stepping.house.clock.now()) == (
        f"{FIRST} 现在在“等顾客寄回”\n"
        f"· 收到货：还差退货单号，写上就走：/工单 步骤 {FIRST} 验货中 退货单号=…"
    )
    await stepping.carry_out("/工单 步骤 1 收到货 退货单号=SF1", DAZHI)
    kept = stepping.house.books.tickets.kept[FIRST]
    assert (kept.step, kept.fields["return_no"]) == ("checking", "SF1")


async def test_what_is_missing_may_be_written_behind_done(stepping: Room) -> None:
    await stepping.carry_out("/工单 take 1", DAZHI)
    await stepping.carry_out("/工单 完成 1 退款金额=25.5 三天内到账 理由=无", DAZHI)
    kept = stepping.house.books.tickets.kept[FIRST]
    assert (kept.state, dict(kept.fields)) == (TicketState.SOLVED, {**kept.fields, "amount": 2550})
    assert "没看出退款金额" in await stepping.hear("/工单 完成 1 退款金额=很多", DAZHI)


async def test_a_ticket_is_shown_with_all_that_belongs_to_it(stepping: Room) -> None:
    await stepping.carry_out("/工单 关联 1 2 起因", FANGJIE)
    await stepping.carry_out("/工单 标签 1 易碎", FANGJIE)
    shown = await stepping.hear("/工单 show 1", AMEI)
    assert "步骤：待审核（退货，第 1 版）\n" in shown
    assert "标签：退货、易碎\n关注：方姐、小鹿\n" in shown
    assert f"起因：{SECOND} 三天没有更新物流\n" in shown
    other = await stepping.hear("/工单 show 2", AMEI)
    assert f"引起了：{FIRST} 鞋子小了想退\n" in other


async def test_what_was_merged_is_read_in_one_history(room: Room) -> None:
    await room.open()
    await room.open(replace(DELAYED, order_no="E2", summary="另一件也没到"))
    await room.carry_out("/工单 合并 2 1", FANGJIE)
    shown = await room.hear("/工单 show 1", AMEI)
    assert f"并来的：{SECOND}\n" in shown
    assert f"今天 12:00 登记：另一件也没到（{SECOND}）\n" in shown
    assert f"今天 12:00 方姐并来一张：{SECOND} 另一件也没到\n" in shown
    old = await room.hear("/工单 show 2", AMEI)
    assert f"{SECOND} 物流问题（加急）\n已并入 {FIRST}\n" in old
    assert old.endswith(f"后面都在这张上：/工单 查看 {FIRST}")


async def test_the_step_of_a_template_that_is_gone_is_shown(stepping: Room) -> None:
    stepping.house.books.templates.kept.clear()
    assert "步骤：review（模板 return 已经不在了）" in await stepping.hear("/工单 show 1", AMEI)
    assert "模板已经不在了" in await stepping.hear("/工单 步骤 1", AMEI)


async def test_give_without_a_name_offers_who_comes_into_question(room: Room) -> None:
    await room.open()
    card = card_of(await room.outcome("/工单 give 1", FANGJIE))
    assert [each.key for each in card.buttons] == [
        f"ticket give {FIRST} amei",
        f"ticket give {FIRST} xiaolu",
        f"ticket give {FIRST} dazhi",
    ]
    said = await room.carry_out(card.buttons[2].key, FANGJIE)
    assert keys(told(said, "fangjie")) == ("assign.given",)


async def test_a_merge_of_strangers_is_asked_about_first(room: Room) -> None:
    await room.open()
    await room.open(replace(DELAYED, customer=LELE.id, order_no="E9"))
    said = await room.carry_out("/工单 合并 1 2", FANGJIE)
    (unsure,) = told(said, "fangjie")
    line = BOOK.render(unsure, room.house.clock.now()).split("：")[-1]
    said = await room.carry_out(line, FANGJIE)
    assert keys(told(said, "fangjie")) == ("ticket.merged.strangers",)


def card_of(outcome: Outcome) -> Card:
    (card,) = outcome.say
    assert isinstance(card, Card)
    return card
