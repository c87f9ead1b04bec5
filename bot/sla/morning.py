"""In the morning everybody reads what they have to finish today, and what nobody has taken."""

from datetime import datetime, time, timedelta

from bot.sla.next_year import LAST_CALL, unknown_year
from desk.assignment.model import Presence
from desk.books import Books, Library
from desk.commands import Command, Outcome
from desk.conversations.commands import Tell
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import SHANGHAI, Clock
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.roles import Role
from desk.staff.audience import audience
from desk.staff.directory import Staff
from desk.tickets.cards import called, kind_phrase
from desk.tickets.model import Ticket
from desk.tickets.promises import SKILL_FOR

CLAIMED_AS, HOLIDAYS = "due_today", "holidays"
_LOOKED_AT = 500
_SHOWN = 15


class DueToday:
    """Lists the day; `run` is what the ticker calls, as often as it likes."""

    def __init__(
        self,
        library: Library,
        handbook: Handbook,
        clock: Clock,
    ) -> None:
        self._library, self._staff = library, handbook.staff
        self._handbook, self._clock = handbook, clock
        self._last = ""

    async def run(self) -> bool:
        """Tell everybody once a day, when the service opens; True if something goes out."""
        now, hours = self._clock.now(), self._staff.hours
        if not hours.open_at(now) or not self._staff.is_whole:
            return False
        day = hours.opened_last(now).astimezone(SHANGHAI).date().isoformat()
        if day <= self._last:
            return False
        async with self._library.open() as books:
            do: tuple[Command, ...] = ()
            if await books.digests.claim(CLAIMED_AS, day, now):
                do = (*await self._lists(books, now), *await self._next_year(books, now))
                work = Work(books, self._handbook, self._clock)
                await work.settle(Outcome(do=do), None, None, f"{CLAIMED_AS}:{day}")
        self._last = day
        return bool(do)

    async def _lists(self, books: Books, now: datetime) -> tuple[Command, ...]:
        ends = _midnight_after(now)
        due = [
            each for each in await books.tickets.unsolved(None, _LOOKED_AT) if each.due_at < ends
        ]
        lists: list[Command] = []
        for member in self._staff.with_role(Role.AGENT):
            theirs = [each for each in due if not each.state.waits and self._is_for(each, member)]
            if theirs:
                lines = [await _line(books, each, now) for each in theirs[:_SHOWN]]
                if hidden := len(theirs) - len(lines):
                    lines.append(phrase("sla.today.more", count=hidden))
                duty = await _duty(books, member)
                said = Say(phrase("sla.today", tickets=tuple(lines), duty=duty))
                lists.append(Tell(said, (member.userid,)))
        return tuple(lists)

    async def _next_year(self, books: Books, now: datetime) -> tuple[Command, ...]:
        """Managers hear once that next year's holidays are missing, while there is time."""
        year = unknown_year(self._handbook.terms.calendar, now, LAST_CALL)
        managers = audience(self._staff, least=Role.MANAGER)
        if year is None or not managers:
            return ()
        if not await books.digests.claim(HOLIDAYS, str(year), now):
            return ()
        return (Tell(Say(phrase("sla.next_year", year=year)), managers),)

    def _is_for(self, ticket: Ticket, member: Staff) -> bool:
        if ticket.owner:
            return ticket.owner == member.userid
        return member in self._staff.agents(SKILL_FOR.get(ticket.kind, ""))


async def _duty(books: Books, member: Staff) -> Phrase | str:
    """Who was set busy yesterday would be asked nothing all day without knowing it."""
    busy = await books.presence.presence(member.userid) is Presence.BUSY
    return phrase("sla.today.busy") if busy else ""


async def _line(books: Books, ticket: Ticket, now: datetime) -> Phrase:
    customer = await books.customers.get(ticket.customer) if ticket.customer else None
    key = "sla.today.late" if ticket.due_at <= now else "sla.today.line"
    return Phrase(
        key,
        {
            "number": ticket.number,
            "kind": kind_phrase(ticket),
            "customer": called(customer.nickname if customer else ""),
            "due": ticket.due_at,
            "open": "" if ticket.owner else phrase("sla.today.open"),
        },
    )


def _midnight_after(now: datetime) -> datetime:
    tomorrow = now.astimezone(SHANGHAI).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), SHANGHAI)
