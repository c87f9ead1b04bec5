"""/ticket wait, hold, resume, reopen, ack: how agents move a ticket on."""

import pytest

from desk.tickets.model import TicketState
from tests.bot.commands.room import Room
from tests.desk.work.house import keys, told
from tests.fakes.staff import AMEI, DAZHI, FANGJIE

NUMBER = "T-20261121-0001"


def state(room: Room) -> TicketState:
    return room.house.books.tickets.kept[NUMBER].state


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("/工单 wait 1 请发照片", TicketState.WAITING_CUSTOMER),
        ("/工单 等顾客 1 请发照片", TicketState.WAITING_CUSTOMER),
        ("/工单 hold 1 等仓库", TicketState.WAITING_INSIDE),
    ],
)
async def test_a_ticket_waits_and_goes_on(room: Room, line: str, after: TicketState) -> None:
    await room.open()
    await room.carry_out("/工单 take 1", AMEI)
    await room.carry_out(line, AMEI)
    assert state(room) is after
    bodies = await room.carry_out("/工单 resume 1", AMEI)
    assert state(room) is TicketState.TAKEN
    assert keys(told(bodies, "amei")) == ("ticket.resumed",)


async def test_who_lets_a_ticket_wait_that_nobody_has_has_it(room: Room) -> None:
    await room.open()
    await room.carry_out("/工单 wait 1 请发照片", AMEI)
    assert room.house.books.tickets.kept[NUMBER].owner == "amei"


async def test_a_colleagues_ticket_is_not_moved(room: Room) -> None:
    await room.open()
    await room.carry_out("/工单 take 1", AMEI)
    bodies = await room.carry_out("/工单 wait 1 请发照片", DAZHI)
    assert state(room) is TicketState.TAKEN
    assert keys(told(bodies, "dazhi")) == ("ticket.move_refused",)


async def test_what_does_not_wait_cannot_go_on_and_what_is_open_cannot_open(room: Room) -> None:
    await room.open()
    for line in ("/工单 resume 1", "/工单 reopen 1"):
        bodies = await room.carry_out(line, AMEI)
        assert keys(told(bodies, "amei")) == ("ticket.move_refused",)
    assert state(room) is TicketState.OPEN


async def test_a_supervisor_opens_a_solved_one_again(room: Room) -> None:
    await room.open()
    await room.carry_out("/工单 done 1 已催", AMEI)
    bodies = await room.carry_out("/工单 reopen 1 顾客来电", FANGJIE)
    assert state(room) is TicketState.TAKEN
    assert keys(told(bodies, "amei")) == ("ticket.reopened.told_staff",)


async def test_who_acknowledges_hears_that_nobody_else_is_told(room: Room) -> None:
    await room.open()
    bodies = await room.carry_out("/工单 ack 1", AMEI)
    assert keys(told(bodies, "amei")) == ("ticket.acknowledged",)
