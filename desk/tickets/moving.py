"""Moves a ticket to another state; its step and its clocks go along, so that none disagrees."""

from dataclasses import dataclass
from datetime import datetime

from desk.kernel.roles import Role
from desk.tickets.course import Courses, StepAt, Way
from desk.tickets.model import Ticket, TicketEvent, TicketState
from desk.tickets.ports import TicketStore, TicketTimes


@dataclass(frozen=True, slots=True)
class Act:
    """What is done about a ticket and by whom, as its history tells it."""

    by: str
    what: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a ticket goes: a state, who has it there, and the way of its template, if by one.

    Without a way it finds its step by itself, as somebody of `role` may. `strict`: it does not go
    where there are ways, and none of them was free or one has to be chosen.
    """

    state: TicketState
    owner: str
    way: Way | None = None
    role: Role = Role.ADMIN
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A ticket after a move, and how it stood before; `way` is None where it went by none."""

    ticket: Ticket
    before: Ticket
    at: StepAt | None
    to: StepAt | None
    way: Way | None

    @property
    def stepped(self) -> bool:
        """Whether it stands in another step."""
        return self.ticket.step != self.before.step

    @property
    def from_to(self) -> str:
        """From which step to which, as people call them; what nobody knows by its id."""
        at = self.at.label if self.at else self.before.step
        to = self.to.label if self.to else self.ticket.step
        return f"{at} → {to}"


@dataclass(frozen=True, slots=True)
class Stopped:
    """It did not move; `ways` are those between which to choose, or that wait for something.

    Without any, somebody else was faster.
    """

    at: StepAt | None = None
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Mover:
    """Moves tickets in one piece of work, done at one moment."""

    store: TicketStore
    courses: Courses
    times: TicketTimes
    now: datetime

    async def move(self, ticket: Ticket, goal: Goal, act: Act) -> Moved | Stopped:
        """Move it and write down what was done, and the step where that changed."""
        course = await self.courses.of(ticket)
        way, step = goal.way, goal.way.to.id if goal.way else ""
        if way is None:
            along = course.along(ticket, goal.state, goal.role)
            if goal.strict and along.blocked:
                return Stopped(course.at(ticket), along.blocked)
            way, step = along.way, along.step
        changed = await self.store.change(ticket, goal.state, goal.owner, self.now, step)
        if changed is None:
            return Stopped()
        if ticket.state.waits and goal.state is not ticket.state and not goal.state.ended:
            changed = await self._going_on(changed)
        moved = Moved(changed, ticket, course.at(ticket), course.at(changed), way)
        if act.what != STEP:
            await self._log(changed, act)
        if moved.stepped or act.what == STEP:
            await self._log(changed, Act(act.by, STEP, moved.from_to))
        return moved

    async def _going_on(self, ticket: Ticket) -> Ticket:
        """Whoever ends the waiting, the clocks run on."""
        due_at = await self.times.goes_on(ticket)
        return await self.store.hurry(ticket, ticket.priority, due_at)

    async def _log(self, ticket: Ticket, act: Act) -> None:
        await self.store.log(TicketEvent(ticket.id, self.now, act.by, act.what, act.note))


STEP = "step"
"""The line of the history that tells from which step a ticket went to which."""
