"""Whom nobody is does not go unsaid."""

from desk.tickets.model import Priority, TicketKind
from tests.bot.sla.late import ROUND_THE_CLOCK, LateDesk
from tests.fakes.staff import AMEI, LAOQIN, MANYUN, FakeStaff


async def test_without_a_department_head_the_manager_hears_and_the_history_tells(
    late: LateDesk,
) -> None:
    late.staff = FakeStaff((AMEI, MANYUN, LAOQIN), ROUND_THE_CLOCK)
    await late.opens(TicketKind.REPAIR, Priority.NORMAL)
    assert "manyun: sla.what.unsolved" in await late.after(hours=49)
    notes = [
        each.note
        for each in await late.library.tickets.history((await late.ticket()).number)
        if each.what == "nobody"
    ]
    assert notes == ["department_head、account_manager"]


async def test_without_anybody_it_is_logged_and_not_lost(late: LateDesk) -> None:
    await late.opens()
    late.staff = FakeStaff((), ROUND_THE_CLOCK)
    assert await late.after(minutes=20) == []
    assert "nobody" in await late.history()
