"""The state machine of a template, as a pure function of its data.

A step tells how far a ticket is, its state whether somebody is at work on it just now. A step has
a category: going to it brings the ticket into that state (OPEN stands for TAKEN too, since who owns
a ticket is not the template's business). Whatever else is done, the two agree (`agrees`): a ticket
that ended stands in a step that ended in the same way, if its template has one, and a ticket that
did not end stands in no such step.

So a move that names no step leaves a running ticket where it is: who waits for a photo (等顾客)
has not agreed to what the next step promises the customer. Only over the line between running and
ended (完成, 关闭, 重开) it has to take a step; see `Flow.along`.
"""

from collections.abc import Sequence
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

        Back over the end it goes the one way that is free to somebody of this role; where there is
        none it stands in the first step that leads to that end. For the end itself, see `_ended`.
        Without such steps it stays where it is.
        """
        at = self.template.step(ticket.step)
        if at is None or agrees(self.template, at.id, state):
            return Along(ticket.step)
        fitting = [each for each in self.ways(ticket) if _leads(each, state)]
        if state.ended:
            return self._ended(fitting, state, role)
        free = [each for each in fitting if each.is_open_to(role)]
        if len(free) == 1:
            return Along(free[0].to.id, free[0])
        return Along(self._before_the_end(at).id, None, tuple(free or fitting))

    def _ended(self, fitting: Sequence[Way], state: TicketState, role: Role) -> Along:
        """To the first step that ended so: it is what 完成 means.

        The others (已取消, 顾客不退了) say something else to the customer, so where one of them is
        free somebody has to choose. What they wait for keeps nobody from finishing.
        """
        end = next(each for each in self.template.steps if each.state is state)
        straight = tuple(each for each in fitting if each.to.id == end.id)
        others = [each for each in fitting if each.is_open_to(role) and each not in straight]
        if others:
            return Along(end.id, None, (*(straight or (_past_the_steps(end),)), *others))
        if len(straight) == 1 and straight[0].is_open_to(role):
            return Along(end.id, straight[0])
        return Along(end.id, None, straight)

    def _before_the_end(self, end: Step) -> Step:
        running = [each for each in self.template.steps if not each.state.ended]
        origins = {each.origin for each in self.template.transitions if each.to == end.id}
        before = [each for each in running if each.id in origins]
        return (before or running or [end])[0]

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
        line = " ".join(f"{each.label}={_example(each)}" for each in lacking)
        return Way(_as_step(to), transition.label or to.label, transition.least, labels, gap, line)


def _gap(field: Field) -> Gap | None:
    if field.type is FieldType.CHOICE:
        return Gap(field.id, field.label, tuple((each.id, each.label) for each in field.options))
    if field.type is FieldType.TEXT and not field.pattern:
        return Gap(field.id, field.label, (), field.most)
    return None


def _example(field: Field) -> str:
    """What may stand behind the name of a field: its first option, else a sample."""
    if field.options:
        return field.options[0].label
    return {FieldType.MONEY: "25", FieldType.NUMBER: "2", FieldType.YES_NO: "是"}.get(
        field.type, "…"
    )


def _past_the_steps(end: Step) -> Way:
    """To an end that no way leads to from here; its customer was never told what comes before."""
    return Way(StepAt(end.id, end.label, end.state), end.label)


def _leads(way: Way, state: TicketState) -> bool:
    return way.to.state is state if state.ended else not way.to.state.ended


def _as_step(step: Step) -> StepAt:
    return StepAt(step.id, step.label, category(step.state), step.told)
