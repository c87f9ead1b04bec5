"""没解决 after 完成: the ticket that was said to be solved opens again, under its number."""

import re
from datetime import timedelta

from actions.rated_ticket import named_ticket, says_not_solved
from desk.commands import Command, Outcome
from desk.front import Desk
from desk.kernel.private import hidden
from desk.ratings.commands import RateService
from desk.ratings.model import ANSWERED_WITHIN, BAD
from desk.tickets.commands import ReopenTicket
from desk.tickets.model import Ticket, TicketState
from desk.turns import Turn

_NOT_SOLVED = re.compile(
    r"没有?(?:给我|帮我|能)?(?:解决|搞定|(?:处理|弄|办|搞|修)好)(?!之前|方案|办法)"
    r"|问题(?:还|依然|仍然?)在|还是没[好用]|还是不[行好]|还没好"
)
_LATELY = {TicketState.SOLVED: timedelta(days=7), TicketState.CLOSED: timedelta(days=14)}
"""What was solved longer ago is not what they mean; what is closed by then goes on anew."""
_LOOKED_AT = 10
_MOST_WORDS = 120


async def not_solved(turn: Turn, desk: Desk) -> Outcome | None:
    """Open again what was solved last; None where nothing was, or the words say something else.

    What was opened since is what the customer speaks of. Where we had just asked how a person's
    service was, that is an answer too.
    """
    if says_not_solved(turn):
        return await _named(turn, desk)
    if not _NOT_SOLVED.search(turn.text):
        return None
    ticket = _solved_last(await desk.tickets.of_customer(turn.customer.id, _LOOKED_AT), turn)
    if ticket is None:
        return None
    words = hidden(turn.text.strip())[:_MOST_WORDS]
    do: list[Command] = [ReopenTicket(ticket.number, "customer", words)]
    rating = await desk.ratings.last_asked(turn.conversation.id, turn.now - ANSWERED_WITHIN)
    if rating is not None and rating.ticket is None:
        do.append(RateService(rating.id, BAD, turn.text.strip()))
    return Outcome(do=tuple(do))


async def _named(turn: Turn, desk: Desk) -> Outcome | None:
    """Open again the ticket whose line was tapped; how it was is asked when it is solved."""
    named = named_ticket(turn)
    ticket = await desk.tickets.get(named) if named else None
    if ticket is None or not turn.customer.is_person_of(ticket.customer):
        return None
    return Outcome(do=(ReopenTicket(ticket.number, "customer", turn.text.strip()),))


def _solved_last(tickets: tuple[Ticket, ...], turn: Turn) -> Ticket | None:
    solved = [
        (each.solved_at, each)
        for each in tickets
        if each.state.ended
        and not each.merged_into
        and not each.is_hidden
        and each.solved_at is not None
        and turn.now - each.solved_at <= _LATELY[each.state]
    ]
    if not solved:
        return None
    at, last = max(solved, key=lambda each: each[0])
    newer = any(
        not each.state.ended and not each.is_hidden and each.opened_at > at for each in tickets
    )
    return None if newer else last
