"""The state machine of a template, as a pure function of its data.

A step tells how far a ticket is, its state whether somebody is at work on it just now. A step has
a category: going to it brings the ticket into that state (OPEN stands for TAKEN too, since who owns
a ticket is not the template's business). Whatever else is done, the two agree (`agrees`): a ticket
that ended stands in a step that ended in the same way, if its template has one, and a ticket that
did not end stands in no such step.

So a move that names no step leaves a running ticket where it is: who waits for a photo (等顾客)
has not agreed to what the next step promises the customer. Only over the line between running and
ended (完成, 关闭, 重开) it has to take a step, and goes the one way there is; see `Flow.along`.
"""

from dataclasses import dataclass
from datetime import datetime

from desk.kernel.roles import Role
from desk.templates.model import Field, FieldType, Step, Template, Transition
from desk.templates.shown import form_shown
from desk.tickets.course import Along, Gap, StepAt, Way
from desk.tickets.form import FormShown
from desk.tickets.model import Ticket, TicketState


def category(state: TicketState) -> TicketState:
    """The category of a state: who owns a ticket makes no difference."""
    return TicketState.OPEN if state is TicketState.TAKEN else state


def agrees(template: Template, step: str, state: TicketState) -> bool:
    """Whether a ticket of this template may stand in a step while it is in a state.

    A step that nobody knows disagrees with nothing.
    """
    at = template.step(step)
    if at is None or at.state is state:
        return True
    if state.ended:
        return not any(each.state is state for each in template.steps)
    return not at.state.ended


@dataclass(frozen=True, slots=True)
class Flow:
    """Implements `desk.tickets.course.Course` by one version of a template."""

    template: Template

    def at(self, ticket: Ticket) -> StepAt | None:
        """Where it stands."""
        step = self.template.step(ticket.step)
        return None if step is None else _as_step(step)

    def ways(self, ticket: Ticket) -> tuple[Way, ...]:
        """The ways that lead on; from a step that nobody knows they are those from the first."""
        origin = ticket.step
        if self.template.step(origin) is None:
            origin = next((each.id for each in self.template.steps), "")
        ways = (self._way(each, ticket) for each in self.template.ways_from(origin))
        return tuple(each for each in ways if each is not None)

    def along(self, ticket: Ticket, state: TicketState, role: Role) -> Along:
        """Where a move that names no step leads.

        Over the end it goes the one way to such a state that is free to somebody of this role.
        Where there is none, it stands in the first step that ended so, or again in the step that
        came before the end; without such steps it stays where it is.
        """
        at = self.template.step(ticket.step)
        if at is None or agrees(self.template, at.id, state):
            return Along(ticket.step)
        fitting = [each for each in self.ways(ticket) if _leads(each, state)]
        free = [each for each in fitting if each.is_open_to(role)]
        if len(free) == 1:
            return Along(free[0].to.id, free[0])
        step = self._end(state) if state.ended else self._before_the_end(at)
        return Along(step.id, None, tuple(free or fitting))

    def _end(self, state: TicketState) -> Step:
        return next(each for each in self.template.steps if each.state is state)

    def _before_the_end(self, end: Step) -> Step:
        running = [each for each in self.template.steps if not each.state.ended]
        origins = {each.origin for each in self.template.transitions if each.to == end.id}
        before = [each for each in running if each.id in origins]
        return (before[-1:] or running[:1] or [end])[0]

    def form(self, ticket: Ticket, now: datetime) -> FormShown:
        """The answers on it and what is missing."""
        return form_shown(self.template, ticket, now)

    def _way(self, transition: Transition, ticket: Ticket) -> Way | None:
        to = self.template.step(transition.to)
        if to is None:
            return None
        lacking = self.template.lacking(transition.needs, ticket.fields)
        labels = tuple(each.label for each in lacking)
        gap = _gap(lacking[0]) if len(lacking) == 1 else None
        return Way(_as_step(to), transition.label or to.label, transition.least, labels, gap)


def _gap(field: Field) -> Gap | None:
    if field.type is FieldType.CHOICE:
        return Gap(field.id, field.label, tuple((each.id, each.label) for each in field.options))
    if field.type is FieldType.TEXT and not field.pattern:
        return Gap(field.id, field.label, (), field.most)
    return None


def _leads(way: Way, state: TicketState) -> bool:
    return way.to.state is state if state.ended else not way.to.state.ended


def _as_step(step: Step) -> StepAt:
    return StepAt(step.id, step.label, category(step.state), step.told)
