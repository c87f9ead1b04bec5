"""The sweep: deadlines that warn or are broken, and steps of ladders that are due."""

from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from desk.books import Books
from desk.commands import Command
from desk.conversations.commands import SayTo, Tell
from desk.kernel.messages import Say, phrase
from desk.rules.commands import Notice
from desk.rules.happened import of_ticket
from desk.rules.happenings import On
from desk.sla.deadline import Deadline, judged
from desk.sla.ladder import Climb, Ladder, Recipient, Trigger, climb, stepped, stopped
from desk.sla.recipients import recipients
from desk.sla.telling import alarm_card, customer_told
from desk.sla.terms import Terms
from desk.staff.directory import StaffDirectory
from desk.tickets.cards import kind_phrase
from desk.tickets.model import Ticket, TicketEvent, TicketKind

log = structlog.get_logger()

BOT = "bot"


@dataclass(frozen=True, slots=True)
class Errand:
    """What one step of a ladder makes us do; `seed` is the same however often it is tried."""

    seed: str
    do: tuple[Command, ...]


class Sweep:
    """One look at what is due, in the open books; what others hold is left to them."""

    def __init__(self, books: Books, staff: StaffDirectory, terms: Terms, now: datetime) -> None:
        self._books, self._staff, self._terms, self._now = books, staff, terms, now
        self.late: list[Errand] = []
        """What rules are told of the deadlines that were judged."""

    async def deadlines(self, limit: int) -> int:
        """Judge the deadlines that are due, and set tickets on their ladders; count them."""
        found = await self._books.deadlines.due(self._now, limit)
        return sum([await self._judge(deadline, ticket) for deadline, ticket in found])

    async def steps(self, limit: int) -> tuple[Errand, ...]:
        """Take the steps that are due, one on each ladder."""
        found = await self._books.deadlines.due_climbs(self._now, limit)
        return tuple([await self._step(at, ticket) for at, ticket in found])

    async def _judge(self, deadline: Deadline, ticket: Ticket) -> bool:
        seen = replace(judged(deadline, self._now), warned_at=deadline.warned_at or self._now)
        if ticket.state.ended:
            seen = replace(seen, met_at=ticket.solved_at or self._now)
        if seen == deadline:
            return False  # It is due this very moment: whoever acts now is still in time.
        await self._books.deadlines.keep(seen)
        if not ticket.state.ended:
            when = Trigger.WARNING if seen.breached_at is None else Trigger.BREACH
            await self._begin(deadline, ticket, when)
        return True

    async def _begin(self, deadline: Deadline, ticket: Ticket, when: Trigger) -> None:
        late = when is Trigger.BREACH
        await self._log(ticket, f"breached_{deadline.which}" if late else "warned")
        if late:
            log.warning("ticket.deadline_broken", number=ticket.number, which=deadline.which.value)
        self.late.append(_told_to_rules(deadline, ticket, when))
        for ladder in self._terms.ladders_for(ticket, when, deadline.which):
            begun = climb(ticket.id, ladder, deadline.due_at)
            if when is Trigger.WARNING:
                begun = replace(begun, next_at=self._now + ladder.steps[0].after)
            await self._books.deadlines.keep_climb(begun)

    async def _step(self, at: Climb, ticket: Ticket) -> Errand:
        seed = f"sla:{ticket.number}:{at.ladder}:{at.anchor.isoformat()}:{at.step}"
        ladder = self._terms.ladder(at.ladder)
        if ladder is None or at.step >= len(ladder.steps) or ticket.state.ended:
            await self._books.deadlines.keep_climb(stopped(at))
            return Errand(seed, ())
        await self._books.deadlines.keep_climb(stepped(at, ladder))
        return Errand(seed, await self._told(at, ladder, ticket))

    async def _told(self, at: Climb, ladder: Ladder, ticket: Ticket) -> tuple[Command, ...]:
        wanted = ladder.steps[at.step].to
        heard = recipients(wanted, ticket, self._staff)
        do: list[Command] = []
        if heard.to:
            names = (await self._nickname(ticket), self._name(ticket.owner))
            do.append(Tell(alarm_card(ticket, at, ladder, names, self._now), heard.to))
            note = f"{ladder.id}#{at.step + 1}：" + "、".join(map(self._name, heard.to))
            await self._log(ticket, "escalated", note)
        watching = self._watching(at, ladder, ticket, heard.to)
        if watching:
            late = phrase("ticket.watch.late", number=ticket.number, kind=kind_phrase(ticket))
            do.append(Tell(Say(late), watching))
        if heard.missing or not (heard.to or Recipient.CUSTOMER in wanted):
            missing = "、".join(heard.missing) or ladder.id
            log.error("ticket.nobody_to_tell", number=ticket.number, missing=missing)
            await self._log(ticket, "nobody", missing)
        if Recipient.CUSTOMER in wanted and not _is_silent(ticket):
            do += await self._customer(ticket)
        return tuple(do)

    def _watching(
        self, at: Climb, ladder: Ladder, ticket: Ticket, heard: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Who watches a ticket hears once that it is late, if they do not hear of it anyway."""
        if ladder.when is not Trigger.BREACH or at.step > 0:
            return ()
        others = (each for each in ticket.watchers if each not in heard)
        return tuple(each for each in others if self._staff.find(each) is not None)

    async def _customer(self, ticket: Ticket) -> tuple[Command, ...]:
        """Of whom nobody knows where they write, the ticket itself says that."""
        if ticket.customer is None:
            return ()
        books, where = self._books.conversations, ticket.conversation
        conversation = await books.get(where) if where else None
        to = recipients((Recipient.OWNER,), ticket, self._staff).to
        told = customer_told(ticket, conversation, to, self._now)
        if isinstance(told, SayTo):
            await self._log(ticket, "customer_told")
        return (told,)

    async def _nickname(self, ticket: Ticket) -> str:
        found = await self._books.customers.get(ticket.customer) if ticket.customer else None
        return found.nickname if found else ""

    def _name(self, userid: str) -> str:
        member = self._staff.find(userid) if userid else None
        return member.name if member else userid

    async def _log(self, ticket: Ticket, what: str, note: str = "") -> None:
        await self._books.tickets.log(TicketEvent(ticket.id, self._now, BOT, what, note))


def _told_to_rules(deadline: Deadline, ticket: Ticket, when: Trigger) -> Errand:
    stage = "breached" if when is Trigger.BREACH else "warned"
    told = {"late.which": deadline.which.value, "late.stage": stage}
    seed = f"late:{ticket.number}:{deadline.which}:{stage}:{deadline.due_at.isoformat()}"
    return Errand(seed, (Notice(of_ticket(On.TICKET_LATE, ticket, told)),))


def _is_silent(ticket: Ticket) -> bool:
    """Whether the customer does not hear that it takes longer."""
    return ticket.is_hidden or ticket.kind is TicketKind.EMERGENCY
