"""Lists of tickets, each found by the index that narrows it most."""

from typing import Any

from sqlalchemy import Select, bindparam, case, select, text

from desk.store.persons import person
from desk.store.schema_tickets import SOLVED, UNSOLVED, tickets
from desk.tickets.listing import Listing
from desk.tickets.model import TicketState

_SOLVED = (TicketState.SOLVED,)
_TAGGED = text("tickets.tags @> :tag").bindparams(bindparam("tag", type_=tickets.c.tags.type))


def listed(wanted: Listing) -> Select[Any]:
    """The tickets that fit, in the order of `Listing`."""
    fitting = _fitting(wanted)
    if not any(each.ended for each in wanted.states):
        first = [] if len(wanted.owners) < 2 else [_rank(wanted.owners)]
        return fitting.order_by(*first, tickets.c.due_at, tickets.c.number)
    if wanted.states == _SOLVED:
        return fitting.order_by(tickets.c.solved_at.desc(), tickets.c.number.desc())
    return fitting.order_by(tickets.c.opened_at.desc(), tickets.c.number.desc())


def _fitting(wanted: Listing) -> Select[Any]:
    query = select(tickets)
    if not any(each.ended for each in wanted.states):
        query = query.where(text(UNSOLVED))  # In the words of the index.
    if wanted.states == _SOLVED:
        query = query.where(text(SOLVED))
    elif set(wanted.states) != {each for each in TicketState if not each.ended}:
        query = query.where(tickets.c.state.in_([each.value for each in wanted.states]))
    if wanted.owners:
        query = query.where(tickets.c.owner.in_(wanted.owners))
    if wanted.kind is not None:
        query = query.where(tickets.c.kind == wanted.kind.value)
    if wanted.store:
        query = query.where(tickets.c.store == wanted.store)
    if wanted.tag:
        query = query.where(_TAGGED.bindparams(tag=[wanted.tag]))
    if wanted.customer is not None:
        query = query.where(tickets.c.customer_id.in_(person(wanted.customer)))
    if wanted.due_before is not None:
        query = query.where(tickets.c.due_at < wanted.due_before)
    return query


def _rank(owners: tuple[str, ...]) -> Any:  # noqa: ANN401  an expression of SQL
    ranks = {owner: rank for rank, owner in enumerate(owners)}
    return case(ranks, value=tickets.c.owner)
