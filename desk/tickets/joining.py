"""Finds the ticket that a customer's message goes on with, so that no second one is opened."""

from collections.abc import Sequence

from desk.kernel.ids import TicketId
from desk.tickets.commands import OpenTicket
from desk.tickets.kin.merging import are_strangers, end_of
from desk.tickets.model import Ticket
from desk.tickets.tools import Tools


async def joined(tools: Tools, identity: TicketId, asked: OpenTicket) -> Ticket | None:
    """The ticket to go on with, locked; `identity` is the one that this work opened before.

    Until the transaction ends nobody else opens one of this kind for the same person.
    """
    if asked.customer is None:
        return None
    while True:
        running = await tools.store.running(asked.customer, asked.kind)
        found = picked(await _led(tools, running), identity, asked)
        kept = await tools.store.locked(found.number) if found else None
        if kept is None or not kept.state.ended:
            return kept
        # It ended while we waited for whoever held it: perhaps there is another one.


async def _led(tools: Tools, running: Sequence[Ticket]) -> list[tuple[Ticket, Ticket]]:
    """Each with where it leads; what goes on as another person's ticket leads nowhere."""
    led = [(each, await end_of(tools.store, each)) for each in running]
    return [(part, end) for part, end in led if not await are_strangers(tools, part, end)]


def picked(
    running: Sequence[tuple[Ticket, Ticket]], identity: TicketId, asked: OpenTicket
) -> Ticket | None:
    """Choose among a person's tickets of the kind, the newest first, each with where it leads.

    The one about this order; without an order the only one there is; for an order the only one
    that is about none so far.
    """
    alive = [(part, end) for part, end in running if not end.state.ended]
    its_own = [end for _, end in alive if end.id == identity]
    about = [end for part, end in alive if part.order_no == asked.order_no]
    if its_own or about:
        return (*its_own, *about)[0]
    ends = [end for _, end in alive]
    if asked.order_no:
        ends = [each for each in ends if not each.order_no and _fits(each.shop, asked.shop)]
    only = {each.number: each for each in ends}
    return next(iter(only.values())) if len(only) == 1 else None


def _fits(one: str, other: str) -> bool:
    return not (one and other) or one == other
