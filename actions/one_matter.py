"""One trouble is one ticket: 换个新的 after 坏了 tells what is wished, and opens no other."""

import re
from collections.abc import Mapping
from dataclasses import replace

from actions.form_filling import Heard, gone_on
from actions.form_state import FORM, Form, form_of, is_about
from actions.unsolved import unsolved
from desk.commands import Outcome
from desk.customers.opened import plain_number
from desk.front import Desk
from desk.templates.model import FieldType
from desk.templates.telling import told_in
from desk.tickets.model import FieldValue, Ticket, TicketKind
from desk.turns import Turn

GOES_WITH: Mapping[TicketKind, frozenset[TicketKind]] = {
    TicketKind.RETURN: frozenset((TicketKind.AFTER_SALES, TicketKind.REPAIR)),
    TicketKind.EXCHANGE: frozenset((TicketKind.AFTER_SALES, TicketKind.REPAIR)),
    TicketKind.AFTER_SALES: frozenset((TicketKind.RETURN, TicketKind.EXCHANGE, TicketKind.REPAIR)),
    TicketKind.REPAIR: frozenset((TicketKind.AFTER_SALES,)),
}
"""What is wished, and the tickets that it may be said of."""
_LOOKED_AT = 10
_ANEW = re.compile(r"另外|另一|还有一|别的|其他|又一")


async def ticket_of_the_matter(turn: Turn, desk: Desk, kind: TicketKind) -> Ticket | None:
    """The unsolved ticket that already is about this trouble, also one of the wish itself.

    Another order or another thing that is named is another matter.
    """
    others = GOES_WITH.get(kind)
    if others is None or turn.understanding.source != "nlu" or _ANEW.search(turn.text):
        return None
    number = plain_number(turn.slots.get("order_id", ""))
    thing = turn.slots.get("product", "")
    open_ones = await unsolved(turn, desk, _LOOKED_AT)
    found = [
        each
        for each in open_ones
        if each.kind in {kind, *others}
        and number in ("", each.order_no)
        and (not thing or thing in each.summary)
    ]
    return found[0] if len(found) == 1 else None


async def told_of_the_matter(
    turn: Turn, desk: Desk, ticket: Ticket, kind: TicketKind
) -> Outcome | None:
    """Take the wish as an answer to the ticket's form; None where the form has no word of it.

    A wish of another kind than the ticket's may be a change of mind: choices are open again.
    """
    form = await form_of(ticket, turn.focus, desk)
    if form is None:
        return None
    entities = {name: each[0] for name, each in turn.understanding.entities.items() if each}
    known = form.answers if kind is ticket.kind else _not_chosen(form)
    told = told_in(form.template, known, turn.text, entities, turn.now)
    new = {name: each for name, each in told.items() if form.answers.get(name) != each}
    if not new:
        return None
    changed = next((name for name in new if name in form.answers), "")
    pending = turn.conversation.dialogue.pending
    if pending is not None and pending.intent == FORM and is_about(pending.slots, form):
        turn = replace(turn, slots={**pending.slots, **turn.slots})
    return gone_on(turn, form, Heard(new, changed=changed))


def _not_chosen(form: Form) -> Mapping[str, FieldValue]:
    choices = {each.id for each in form.theirs if each.type is FieldType.CHOICE}
    return {name: each for name, each in form.answers.items() if name not in choices}
