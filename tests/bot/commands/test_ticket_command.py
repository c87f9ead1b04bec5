"""/ticket: list, show, take, finish, note, and speaking to the customer in person."""

from dataclasses import replace
from datetime import timedelta

from desk.conversations.outgoing import PassToPerson
from desk.kernel.messages import phrase
from desk.tickets.model import Priority, TicketState
from tests.bot.commands.room import ORDER_NO, Room
from tests.desk.work.house import CHAT, DELAYED, heard, told
from tests.fakes.staff import AMEI, DAZHI, FANGJIE

NUMBER = "T-20261121-0001"


async def test_an_agent_lists_their_own_and_those_nobody_has(room: Room) -> None:
    await room.open()
    await room.open(replace(DELAYED, order_no="E2"))
    await room.carry_out("/工单 take 2", DAZHI)
    assert await room.hear("/工单", AMEI) == (
        "您手上的和待接的工单：\n"
        f"· {NUMBER} 物流问题（加急）待接单，今天 14:00 截止\n"
        "接单：/工单 接单 号码"
    )


async def test_a_supervisor_lists_all_and_sees_what_is_late(room: Room) -> None:
    await room.open()
    await room.carry_out("/工单 take 1", DAZHI)
    room.house.clock.turn(timedelta(hours=3))
    assert await room.hear("/工单 list", FANGJIE) == (
        "全部未完成的工单：\n"
        f"· {NUMBER} 物流问题（加急）大志处理中，已超时（原定今天 14:00）\n"
        "查看：/工单 查看 号码"
    )


async def test_a_list_that_is_cut_short_says_so(room: Room) -> None:
    for count in range(15):
        await room.open(replace(DELAYED, order_no=f"E{count}"))
    for member in (AMEI, FANGJIE):
        assert "还有更多" not in await room.hear("/工单 list", member)
    await room.open(replace(DELAYED, order_no="E15"))
    for member in (AMEI, FANGJIE):
        told = await room.hear("/工单 list", member)
        assert told.count("物流问题") == 15
        assert "\n还有更多：/工单 列表 第2页\n" in told
        second = await room.hear("/工单 list 第2页", member)
        assert second.count("物流问题") == 1
        assert "还有更多" not in second


async def test_an_empty_list_is_said(room: Room) -> None:
    assert await room.hear("/工单", AMEI) == "没有待处理的工单。"


async def test_a_ticket_is_shown_with_its_history(room: Room) -> None:
    await room.open()
    room.house.clock.turn(timedelta(minutes=5))
    await room.carry_out("/工单 take 1", AMEI)
    await room.carry_out("/工单 note 1 已联系 快递网点", AMEI)
    assert await room.hear("/工单 show 1", AMEI) == (
        f"{NUMBER} 物流问题（加急）\n"
        "阿美处理中，今天 14:00 截止\n"
        "顾客：咪咪妈\n"
        f"订单：有赞商城 {ORDER_NO}\n"
        "情况：三天没有更新物流\n"
        "经过：\n"
        "今天 12:00 登记\n"
        "今天 12:05 阿美接单\n"
        "今天 12:05 阿美备注：已联系 快递网点\n"
        f"处理好了：/工单 完成 {NUMBER}"
    )


async def test_a_ticket_that_is_late_or_solved_says_so(room: Room) -> None:
    await room.open()
    room.house.clock.turn(timedelta(hours=3))
    assert "待接单，已超时（原定今天 14:00）" in await room.hear("/工单 show 1", AMEI)
    await room.carry_out("/工单 done 1 已补发一双", AMEI)
    shown = await room.hear("/工单 show 1", AMEI)
    assert "阿美已完成（今天 15:00）" in shown
    assert "今天 15:00 阿美完成：已补发一双\n这张工单已经完成。" in shown


async def test_of_a_long_history_the_newest_are_shown(room: Room) -> None:
    await room.open()
    for number in range(12):
        await room.open(replace(DELAYED, summary=f"第 {number} 次来催"))
    shown = await room.hear("/工单 show 1", AMEI)
    assert "（更早的 3 条略）\n今天 12:00 顾客补充：第 2 次来催\n" in shown
    assert "第 1 次来催" not in shown


async def test_what_the_summary_says_already_is_not_told_again(room: Room) -> None:
    story = "物流延迟：学步鞋。停在上海。顾客说：“没动。急”"
    await room.open(replace(DELAYED, summary=story))
    await room.open(replace(DELAYED, summary=story))
    await room.open(replace(DELAYED, summary=story.replace("没动。急", "没动。很急")))
    assert (
        "今天 12:00 登记\n今天 12:00 顾客又问了一次\n今天 12:00 顾客补充：顾客说：“没动。很急”\n"
    ) in await room.hear("/工单 show 1", AMEI)


async def test_a_raised_ticket_tells_that_in_its_history(room: Room) -> None:
    await room.open(replace(DELAYED, priority=Priority.NORMAL, summary="问物流"))
    await room.open()
    assert "今天 12:00 顾客补充：三天没有更新物流\n今天 12:00 升为加急\n" in await room.hear(
        "/工单 show 1", AMEI
    )


async def test_done_keeps_the_result(room: Room) -> None:
    await room.open()
    await room.carry_out("/工单 done 1 已补发一双", AMEI)
    assert room.house.books.tickets.kept[NUMBER].state is TicketState.SOLVED
    assert room.house.books.tickets.events[-1].note == "已补发一双"


async def test_the_second_to_press_take_is_told_who_was_first(room: Room) -> None:
    await room.open()
    await room.carry_out(f"ticket take {NUMBER}", AMEI)
    bodies = await room.carry_out(f"ticket take {NUMBER}", DAZHI)
    assert told(bodies, "dazhi") == (phrase("ticket.take.first", number=NUMBER, name="阿美"),)


async def test_the_owner_may_speak_to_the_customer_in_person(room: Room) -> None:
    await room.open()
    await room.carry_out(f"ticket take {NUMBER}", AMEI)
    bodies = await room.carry_out(f"ticket talk {NUMBER}", AMEI)
    assert heard(bodies) == (phrase("ticket.talk", name="阿美", number=NUMBER),)
    assert bodies[-1] == PassToPerson(CHAT.id, ("amei",))


async def test_somebody_else_may_not_take_the_customer_over(room: Room) -> None:
    await room.open()
    await room.carry_out(f"ticket take {NUMBER}", AMEI)
    assert await room.hear(f"/工单 转人工 {NUMBER}", DAZHI) == (
        f"{NUMBER} 不在您手上，请负责人或主管来接待。"
    )
