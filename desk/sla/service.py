"""Keeps the promised times of a ticket in step with what is done about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desk.sla.deadline import Deadline, met, sooner
from desk.sla.ladder import Climb, Trigger, card_task, climb, stopped
from desk.sla.policy import Which
from desk.sla.ports import DeadlineStore
from desk.sla.terms import Terms
from desk.tickets.model import Priority, Ticket, TicketKind

_RESPONSES = (Which.FIRST, Which.NEXT)


class PromisedTimes:
    """Implements `desk.tickets.ports.TicketTimes` for one piece of work, done at one moment."""

    def __init__(self, store: DeadlineStore, terms: Terms, now: datetime) -> None:
        self._store, self._terms, self._now = store, terms, now

    def due(self, kind: TicketKind, priority: Priority) -> datetime:
        """When a ticket that is opened now has to be solved."""
        return self._terms.due(kind, priority, self._now)

    async def begin(self, ticket: Ticket) -> None:
        """Start the clocks of a new or reopened ticket; who has had it owes the next answer."""
        response = Which.NEXT if ticket.owner else Which.FIRST
        for which in (response, Which.SOLUTION):
            await self._start(ticket, which)
        await self._climb(ticket, Trigger.UNTOUCHED, self._now)
        await self._climb(ticket, Trigger.UNSOLVED, self._now)

    async def raised(self, ticket: Ticket, priority: Priority) -> datetime:
        """Measure a ticket by another priority; when it has to be solved from now on."""
        due = ticket.due_at
        for each in await self._store.of_ticket(ticket.id):
            target = self._terms.policy.target(ticket.kind, priority, each.which)
            if target is None:
                continue
            changed = self._terms.measure.retarget(each, target, self._now)
            await self._store.keep(changed)
            if changed.which is Which.SOLUTION:
                due = changed.due_at
        return due

    async def spoken_of(self, ticket: Ticket) -> None:
        """The customer said more about it and expects an answer, from the first time they did."""
        if ticket.owner and not await self._owes(ticket):
            await self._start(ticket, Which.NEXT)

    async def touched(self, ticket: Ticket, *, answered: bool) -> None:
        """Somebody of the staff did something about it; `answered`: the customer hears of them."""
        if answered:
            await self._each(ticket, lambda one: self._met(one, _RESPONSES))
        await self._lie(ticket, self._now)

    async def answered(self, ticket: Ticket, at: datetime) -> bool:
        """Somebody spoke to the customer at a moment; whether they had been waiting for that.

        What they said after that moment is not answered by it.
        """
        owed = [
            each
            for each in await self._store.of_ticket(ticket.id)
            if each.which in _RESPONSES and each.met_at is None and each.since <= at
        ]
        for each in owed:
            await self._store.keep(met(each, at))
        if not await self._was_touched(ticket, at):
            await self._lie(ticket, at)
        return bool(owed)

    async def waits(self, ticket: Ticket) -> None:
        """It waits, as its state tells: the clocks stand still if that is what was agreed."""
        if ticket.state not in self._terms.policy.pauses:
            return await self.touched(ticket, answered=False)
        await self._each(ticket, lambda one: self._met(one, _RESPONSES))
        await self._each(ticket, lambda one: self._terms.measure.pause(one, self._now))
        lasting = {each.id for each in self._terms.ladders_for(ticket, Trigger.UNSOLVED)}
        for at in await self._store.climbs(ticket.id):
            if at.next_at is not None and at.ladder not in lasting:
                await self._store.keep_climb(stopped(at))
        await self._climb(ticket, Trigger.WAITING, self._now)
        return None

    async def goes_on(self, ticket: Ticket) -> datetime:
        """The waiting is over; when it has to be solved."""
        await self._each(ticket, lambda one: self._terms.measure.resume(one, self._now))
        over = {each.id for each in self._terms.ladders_for(ticket, Trigger.WAITING)}
        for at in await self._store.climbs(ticket.id):
            if at.next_at is not None and at.ladder in over:
                await self._store.keep_climb(stopped(at))
        await self._lie(ticket, self._now)
        deadlines = await self._store.of_ticket(ticket.id)
        solution = (each.due_at for each in deadlines if each.which is Which.SOLUTION)
        return next(solution, ticket.due_at)

    async def acknowledged(self, ticket: Ticket, by: str) -> Mapping[str, str]:
        """Nobody else is told that it is late; the ladders it was on, with the last card of each.

        A ladder on which nobody has heard of it yet goes on: that one is not late so far.
        """
        climbs = await self._store.climbs(ticket.id)
        for each in climbs:
            if each.begun:
                await self._store.keep_climb(stopped(each, by))
        await self._lie(ticket, self._now)
        return _cards(ticket, climbs)

    async def ended(self, ticket: Ticket) -> Mapping[str, str]:
        """It is solved: what was promised is kept, or broken; the ladders it was on, as above."""
        await self._each(ticket, lambda one: self._met(one, tuple(Which)))
        return await self._off_the_ladders(ticket)

    async def given_up(self, ticket: Ticket) -> Mapping[str, str]:
        """Nobody deals with it any more; the ladders it was on, as above.

        What was promised stands still for good: it was not kept, and is broken only if it was.
        """
        await self._each(ticket, lambda one: self._terms.measure.pause(one, self._now))
        return await self._off_the_ladders(ticket)

    async def united(self, ticket: Ticket, merged: Ticket) -> datetime:
        """Another ticket goes on in this one: of each promise that runs the earlier one counts.

        An answer that is owed there is owed here. What was broken before stays with the other; when
        this one has to be solved.
        """
        theirs = {each.which: each for each in await self._store.of_ticket(merged.id)}
        due = ticket.due_at
        for each in await self._store.of_ticket(ticket.id):
            counts = sooner(each, theirs.get(each.which))
            await self._store.keep(counts)
            if counts.which is Which.SOLUTION:
                due = counts.due_at
        if ticket.owner and not await self._owes(ticket):
            await self._owe(ticket, theirs.values())
        return due

    async def _owe(self, ticket: Ticket, others: Iterable[Deadline]) -> None:
        """The answer that another ticket's customer waits for is the next one of this ticket."""
        running = (each for each in others if each.runs and each.breached_at is None)
        owed = [each for each in running if each.which in _RESPONSES]
        if owed:
            first = min(owed, key=lambda each: each.due_at)
            await self._store.keep(replace(first, ticket=ticket.id, which=Which.NEXT))

    async def _was_touched(self, ticket: Ticket, since: datetime) -> bool:
        """Whether somebody did something about it after that, as messages may come late."""
        ladders = {each.id for each in self._terms.ladders_for(ticket, Trigger.UNTOUCHED)}
        climbs = await self._store.climbs(ticket.id)
        return any(each.ladder in ladders and each.anchor > since for each in climbs)

    async def _lie(self, ticket: Ticket, since: datetime) -> None:
        """It lies untouched from a moment on, unless it waits, or nobody has to touch it."""
        if not ticket.state.ended and ticket.state not in self._terms.policy.pauses:
            await self._climb(ticket, Trigger.UNTOUCHED, since)

    async def _off_the_ladders(self, ticket: Ticket) -> Mapping[str, str]:
        climbs = await self._store.climbs(ticket.id)
        for each in climbs:
            if each.next_at is not None:
                await self._store.keep_climb(stopped(each))
        return _cards(ticket, climbs)

    async def _owes(self, ticket: Ticket) -> bool:
        deadlines = await self._store.of_ticket(ticket.id)
        return any(each.which in _RESPONSES and each.met_at is None for each in deadlines)

    async def _start(self, ticket: Ticket, which: Which) -> None:
        target = self._terms.policy.target(ticket.kind, ticket.priority, which)
        if target is not None:
            begun = self._terms.measure.begin(ticket.id, which, target, self._now)
            await self._store.keep(begun)

    async def _climb(self, ticket: Ticket, when: Trigger, anchor: datetime) -> None:
        for ladder in self._terms.ladders_for(ticket, when):
            await self._store.keep_climb(climb(ticket.id, ladder, anchor))

    async def _each(self, ticket: Ticket, then: Callable[[Deadline], Deadline]) -> None:
        for each in await self._store.of_ticket(ticket.id):
            changed = then(each)
            if changed != each:
                await self._store.keep(changed)

    def _met(self, deadline: Deadline, which: tuple[Which, ...]) -> Deadline:
        return met(deadline, self._now) if deadline.which in which else deadline


def _cards(ticket: Ticket, climbs: Sequence[Climb]) -> Mapping[str, str]:
    return {
        each.ladder: card_task(ticket.number, each, each.step - 1) for each in climbs if each.step
    }
