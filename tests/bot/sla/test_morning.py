"""In the morning everybody reads what they have to finish today, once."""

from datetime import timedelta

from bot.sla.morning import DueToday
from desk.assignment.commands import SetPresence
from desk.assignment.model import Presence
from desk.conversations.outgoing import TellStaff
from desk.handbook import plain_handbook
from desk.kernel.messages import Say, phrase
from desk.staff.hours import ServiceHours
from desk.tickets.commands import TakeTicket
from desk.tickets.model import Priority
from tests.bot.sla.late import NUMBER, PEOPLE, LateDesk
from tests.fakes.staff import FakeStaff


def lists(late: LateDesk) -> DueToday:
    return DueToday(late.library, plain_handbook(late.staff), late.clock)


async def told(late: LateDesk) -> dict[str, list[str]]:
    """Who reads which lines."""
    found: dict[str, list[str]] = {}
    until = late.clock.now() + timedelta(minutes=1)
    async with late.library.open() as books:
        for each in await books.outbox.claim(late.clock.now(), until, 50):
            body = each.entry.body
            if isinstance(body, TellStaff) and isinstance(body.reply, Say):
                lines = body.reply.phrase.params["tickets"]
                assert isinstance(lines, tuple)
                found[body.to[0]] = [line.key for line in lines]
    return found


async def test_the_owner_and_nobody_else_reads_of_their_ticket(late: LateDesk) -> None:
    late.staff = FakeStaff(PEOPLE, ServiceHours())
    await late.opens(priority=Priority.NORMAL)
    await late.do(TakeTicket(NUMBER, "amei"))
    await late.outbox()
    late.clock.turn(timedelta(hours=21, minutes=1))
    assert await lists(late).run()
    assert await told(late) == {"amei": ["sla.today.line"]}
    assert not await lists(late).run()


async def test_what_nobody_has_is_read_by_those_with_the_skill(late: LateDesk) -> None:
    late.staff = FakeStaff(PEOPLE, ServiceHours())
    await late.opens(priority=Priority.HIGH)
    late.clock.turn(timedelta(hours=21, minutes=1))
    assert await lists(late).run()
    assert await told(late) == {"amei": ["sla.today.late"]}


async def test_at_night_nobody_is_woken(late: LateDesk) -> None:
    late.staff = FakeStaff(PEOPLE, ServiceHours())
    await late.opens()
    late.clock.turn(timedelta(hours=11))
    assert not await lists(late).run()


async def test_who_was_set_busy_yesterday_reads_how_to_be_asked_again(late: LateDesk) -> None:
    late.staff = FakeStaff(PEOPLE, ServiceHours())
    await late.opens(priority=Priority.HIGH)
    await late.do(SetPresence("amei", Presence.BUSY, "amei"))
    await late.outbox()
    late.clock.turn(timedelta(hours=21, minutes=1))
    assert await lists(late).run()
    until = late.clock.now() + timedelta(minutes=1)
    async with late.library.open() as books:
        found = [each.entry.body for each in await books.outbox.claim(late.clock.now(), until, 50)]
    duties = [
        each.reply.phrase.params["duty"]
        for each in found
        if isinstance(each, TellStaff) and isinstance(each.reply, Say) and each.to == ("amei",)
    ]
    assert duties == [phrase("sla.today.busy")]
