"""Steps and states agree, whatever template there is and whatever is done."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.ids import TicketId
from desk.kernel.roles import Role
from desk.templates.flow import Flow, agrees, category
from desk.templates.model import Template
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from tests.clocks import NOON
from tests.desk.tickets.drawn import templates

PLAIN = Ticket(
    id=TicketId(UUID(int=1)),
    number="T-20261121-0001",
    kind=TicketKind.LOGISTICS,
    priority=Priority.NORMAL,
    state=TicketState.OPEN,
    customer=None,
    conversation=None,
    source=None,
    shop="",
    order_no="",
    summary="",
    owner="",
    opened_at=NOON,
    taken_at=None,
    solved_at=None,
    due_at=NOON,
    version=1,
)
ROLES = st.sampled_from((Role.AGENT, Role.SUPERVISOR, Role.ADMIN))
STATES = st.sampled_from(tuple(TicketState))


@st.composite
def standing(draw: st.DrawFn) -> tuple[Template, Ticket]:
    """A template, and a ticket that stands in one of its steps as it may."""
    template = draw(templates())
    fitting = [
        (step.id, state)
        for step in template.steps
        for state in TicketState
        if agrees(template, step.id, state)
    ]
    step, state = draw(st.sampled_from(fitting))
    filled = draw(st.sampled_from(({}, {"amount": 100})))
    return template, replace(PLAIN, step=step, state=state, fields=filled)


@given(standing(), STATES, ROLES)
def test_a_move_that_names_no_step_ends_where_step_and_state_agree(
    case: tuple[Template, Ticket], state: TicketState, role: Role
) -> None:
    template, ticket = case
    along = Flow(template).along(ticket, state, role)
    assert agrees(template, along.step, state)


@given(standing(), STATES, ROLES)
def test_a_running_ticket_keeps_its_step_as_long_as_it_runs(
    case: tuple[Template, Ticket], state: TicketState, role: Role
) -> None:
    template, ticket = case
    if not ticket.state.ended and not state.ended:
        assert Flow(template).along(ticket, state, role).step == ticket.step


@given(standing(), STATES, ROLES)
def test_the_way_that_is_gone_is_the_only_one_that_is_free(
    case: tuple[Template, Ticket], state: TicketState, role: Role
) -> None:
    template, ticket = case
    along = Flow(template).along(ticket, state, role)
    if along.way is not None:
        assert along.way.is_open_to(role)
        assert along.way in Flow(template).ways(ticket)
        assert (along.step, along.blocked) == (along.way.to.id, ())
    for each in along.blocked:
        assert each in Flow(template).ways(ticket)


@given(standing())
def test_every_way_leads_where_its_step_and_the_state_of_that_agree(
    case: tuple[Template, Ticket],
) -> None:
    template, ticket = case
    for way in Flow(template).ways(ticket):
        assert agrees(template, way.to.id, way.to.state)
        assert way.to.state is category(way.to.state)
        assert bool(way.lacking) <= (not ticket.fields)


@given(templates(), STATES, ROLES)
def test_a_step_that_nobody_knows_is_survived(
    template: Template, state: TicketState, role: Role
) -> None:
    ticket = replace(PLAIN, step="long_gone")
    flow = Flow(template)
    assert flow.at(ticket) is None
    assert flow.along(ticket, state, role).step == "long_gone"
    assert flow.ways(ticket) == flow.ways(replace(PLAIN, step=template.steps[0].id))
