"""Anybody does anything to tickets of any template, and what has to hold holds."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from typing_extensions import override

from desk.assignment.commands import GiveTicket, ReturnTicket
from desk.commands import Command
from desk.kernel.roles import Role
from desk.templates.flow import agrees
from desk.templates.model import Template
from desk.tickets.closing.commands import CloseTicket
from desk.tickets.commands import (
    FinishTicket,
    NoteOnTicket,
    ReopenTicket,
    ResumeTicket,
    TakeTicket,
    WaitOnTicket,
)
from desk.tickets.filling.commands import SetFields
from desk.tickets.model import Priority, Ticket, TicketEvent, TicketState
from desk.tickets.sorting.commands import PrioritiseTicket, RouteTicket, TagTicket
from desk.tickets.steps.commands import StepTicket
from tests.desk.tickets.drawn import templates
from tests.desk.tickets.templates import publish
from tests.desk.work.house import DELAYED, House
from tests.fakes.staff import EVERYBODY

NUMBER = "T-20261121-0001"
ABOVE = {each.userid for each in EVERYBODY if each.role >= Role.SUPERVISOR}
PEOPLE = st.sampled_from(("amei", "dazhi", "xiaolu", "fangjie", "manyun"))
TAGS = st.sampled_from(("易碎", "团购", "加急"))
STEPS = st.integers(0, 6).map("s{}".format)
SORTED = {"tagged", "untagged", "filled", "noted", "raised_urgent", "raised_high"} | {
    *("lowered_high", "lowered_normal", "route_refused", "offer_timed_out"),
}
"""Lines that tell of what leaves the version as it is."""


class AnyTicket(RuleBasedStateMachine):
    """One ticket, all that may be done about it, and a simple model of what follows."""

    @initialize(template=templates())
    def open_one(self, template: Template) -> None:
        """Open it by this template."""
        self.runner = asyncio.Runner()
        self.house, self.template = House(), template
        self.await_(publish(self.house, template))
        self.await_(self.house.do(DELAYED))
        self.tags: set[str] = set()
        self.before = self.ticket
        self.lines: tuple[TicketEvent, ...] = self.history

    @override
    def teardown(self) -> None:
        """Leave no loop behind."""
        if hasattr(self, "runner"):
            self.runner.close()

    def await_(self, work: Coroutine[Any, Any, object]) -> None:
        """Wait for something to be done."""
        self.runner.run(work)

    @property
    def ticket(self) -> Ticket:
        """As it is now."""
        return self.house.books.tickets.kept[NUMBER]

    @property
    def history(self) -> tuple[TicketEvent, ...]:
        """All that was written down."""
        return tuple(each for each in self.house.books.tickets.events)

    def act(self, by: str, command: Command, *, moves: bool = True) -> None:
        """Do one thing and compare with what held before."""
        before, lines = self.ticket, self.history
        self.await_(self.house.staff_does(command))
        after, added = self.ticket, self.history[len(lines) :]
        assert self.history[: len(lines)] == lines, "history is only added to"
        moved = [each for each in added if each.ticket == after.id and each.what not in SORTED]
        if after.version != before.version:
            assert after.version == before.version + 1
            assert by in {each.actor for each in moved}
        else:
            assert (after.state, after.owner, after.step) == (
                *(before.state, before.owner),
                before.step,
            )
        if before.state is TicketState.CLOSED:
            assert (after.state, after.step, after.owner) == (
                *(TicketState.CLOSED, before.step),
                before.owner,
            )
        if moves and before.owner not in ("", by) and by not in ABOVE and not before.state.ended:
            assert after.version == before.version, "only its owner or somebody above moves it"

    @rule(by=PEOPLE)
    def take(self, by: str) -> None:
        free = self.ticket.state is TicketState.OPEN
        self.act(by, TakeTicket(NUMBER, by))
        if free:
            assert (self.ticket.state, self.ticket.owner) == (TicketState.TAKEN, by)

    @rule(by=PEOPLE)
    def finish(self, by: str) -> None:
        before = self.ticket
        self.act(by, FinishTicket(NUMBER, by))
        if self.ticket.version != before.version:
            assert self.ticket.state is TicketState.SOLVED
            assert self.ticket.owner == (before.owner or by)

    @rule(by=PEOPLE, inside=st.booleans())
    def wait(self, by: str, inside: bool) -> None:
        before = self.ticket
        self.act(by, WaitOnTicket(NUMBER, by, "等一下", inside))
        assert self.ticket.step == before.step

    @rule(by=PEOPLE)
    def resume(self, by: str) -> None:
        before = self.ticket
        self.act(by, ResumeTicket(NUMBER, by))
        assert self.ticket.step == before.step

    @rule(by=PEOPLE)
    def reopen(self, by: str) -> None:
        before = self.ticket
        self.act(by, ReopenTicket(NUMBER, by), moves=False)
        if before.state is TicketState.SOLVED:
            assert not self.ticket.state.ended

    @rule(by=PEOPLE, step=STEPS)
    def step(self, by: str, step: str) -> None:
        before = self.ticket
        self.act(by, StepTicket(NUMBER, by, step), moves=not before.state.ended)
        if self.ticket.version != before.version:
            ways = {(each.origin, each.to) for each in self.template.transitions}
            assert (before.step, self.ticket.step) in ways
            reached = self.template.step(self.ticket.step)
            assert reached is not None
            if not before.state.ended and reached.state is not TicketState.OPEN:
                assert self.ticket.state is reached.state

    @rule(by=PEOPLE)
    def close(self, by: str) -> None:
        self.act(by, CloseTicket(NUMBER, by, "不办了"))

    @rule(by=PEOPLE)
    def give_back(self, by: str) -> None:
        self.act(by, ReturnTicket(NUMBER, by, "忙"))

    @rule(by=PEOPLE, to=PEOPLE)
    def give(self, by: str, to: str) -> None:
        self.act(by, GiveTicket(NUMBER, to, by))

    @rule(by=PEOPLE)
    def route(self, by: str) -> None:
        self.act(by, RouteTicket(NUMBER, by, "refund"))

    @rule(by=PEOPLE, add=st.sets(TAGS), remove=st.sets(TAGS))
    def tag(self, by: str, add: set[str], remove: set[str]) -> None:
        self.act(by, TagTicket(NUMBER, by, tuple(add), tuple(remove)))
        self.tags = (self.tags | add) - remove

    @rule(by=PEOPLE, priority=st.sampled_from(tuple(Priority)))
    def prioritise(self, by: str, priority: Priority) -> None:
        ended = self.ticket.state.ended
        self.act(by, PrioritiseTicket(NUMBER, by, priority))
        assert ended or self.ticket.priority is priority

    @rule(by=PEOPLE)
    def note(self, by: str) -> None:
        lines = len(self.history)
        self.act(by, NoteOnTicket(NUMBER, by, "打过电话"))
        assert len(self.history) == lines + 1

    @rule(by=PEOPLE)
    def fill(self, by: str) -> None:
        self.act(by, SetFields(NUMBER, by, {"amount": 100}, "金额：1 元"))

    @invariant()
    def step_and_state_agree(self) -> None:
        if hasattr(self, "template"):
            assert agrees(self.template, self.ticket.step, self.ticket.state)

    @invariant()
    def who_has_it_fits_how_it_stands(self) -> None:
        if hasattr(self, "template"):
            ticket = self.ticket
            if ticket.state is TicketState.OPEN:
                assert ticket.owner == ""
            elif not ticket.state.ended:
                assert ticket.owner

    @invariant()
    def no_tag_is_lost(self) -> None:
        if hasattr(self, "tags"):
            assert set(self.ticket.tags) == self.tags

    @invariant()
    def at_most_one_is_asked_and_nobody_where_somebody_has_it(self) -> None:
        if hasattr(self, "template"):
            offers = [
                each
                for each in self.house.books.assignments.open_now()
                if each.ticket == self.ticket.id
            ]
            assert len(offers) == (self.ticket.state is TicketState.OPEN)


AnyTicket.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestAnyTicket = AnyTicket.TestCase
