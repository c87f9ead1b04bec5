"""The number of a parcel that a ticket waits for, told without having been asked for."""

from actions.form_questions import told
from actions.form_state import Form, form_of
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.templates.model import Field, FilledBy
from desk.templates.refusal import Refused
from desk.templates.values import read
from desk.tickets.actors import CUSTOMER
from desk.tickets.filling.commands import SetFields
from desk.tickets.model import Ticket, TicketState
from desk.turns import Turn

TRACKING_NO = "tracking_no"
_LOOKED_AT = 10


async def awaited_parcel(turn: Turn, desk: Desk) -> Outcome | None:
    """Put the number onto the ticket that stands still for it; None where none does."""
    number = turn.slots.get(TRACKING_NO, "")
    if not number:
        return None
    for ticket in await desk.tickets.of_customer(turn.customer.id, _LOOKED_AT):
        form = await form_of(ticket, {}, desk) if _waits(ticket) else None
        field = _awaited(form, ticket) if form else None
        value = read(field, number, turn.now) if field else None
        if form is None or field is None or value is None or isinstance(value, Refused):
            continue
        line = told(form, {field.id: value}, turn.now)
        said = phrase("form.awaited", told=line, number=ticket.number)
        return Outcome((Say(said),), (SetFields(ticket.number, CUSTOMER, {field.id: value}, line),))
    return None


def _waits(ticket: Ticket) -> bool:
    return ticket.state is TicketState.WAITING_CUSTOMER


def _awaited(form: Form, ticket: Ticket) -> Field | None:
    """The customer's field of parcels that a way on needs, and that is empty."""
    needs = [name for way in form.template.ways_from(ticket.step) for name in way.needs]
    lacking = form.template.lacking(tuple(needs), ticket.fields)
    theirs = (each for each in lacking if each.filled_by is FilledBy.CUSTOMER)
    return next((each for each in theirs if TRACKING_NO in each.slots), None)
