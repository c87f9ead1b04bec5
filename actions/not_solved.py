"""没解决 after 完成: the ticket that was said to be solved opens again, under its number."""

import re
from datetime import timedelta

from actions import ticket_progress
from actions.asked_after import KINDS
from actions.rated_ticket import named_ticket, says_not_solved
from actions.unsolved import unsolved
from desk.commands import Command, Outcome
from desk.customers.opened import plain_number
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
_WENT_WRONG = re.compile(
    r"没收到|没看到|没找到|收不到|找不到|没有(?:啊|呀|收到|看到|$)|里没有|不对|错了|又|还是(?:坏|不|没|这样|那样)"
)
_ANEW = re.compile(r"再开|另外|另一|还有一|别的|新买")
_SAYS_LITTLE = frozenset(
    (
        *("deny", "out_of_scope", "affirm", "order_status", "urge_order", "logistics_query"),
        *("logistics_delay", "refund_status"),
    )
)
_ABOUT_AN_ORDER = re.compile(r"快递|物流|发货|包裹|订单|退款|到账|钱|货|送到|收到")
_MOST_TOLD = 3
_LOOKED_AT = 10
_MOST_WORDS = 120


async def not_solved(turn: Turn, desk: Desk) -> Outcome | None:
    """Open again what was solved last; None where nothing was, or the words say something else.

    What was opened since is what the customer speaks of. Where we had just asked how a person's
    service was, that is an answer too.
    """
    if says_not_solved(turn):
        return await _named(turn, desk)
    plainly = _NOT_SOLVED.search(turn.text) is not None
    if not plainly and not _went_wrong(turn):
        return None
    ticket = _solved_last(await desk.tickets.of_customer(turn.customer.id, _LOOKED_AT), turn)
    if ticket is None:
        return await _still_at_it(turn, desk) if plainly else None
    if not plainly and not _is_of_it(turn, ticket):
        return None
    words = hidden(turn.text.strip())[:_MOST_WORDS]
    do: list[Command] = [ReopenTicket(ticket.number, "customer", words)]
    rating = await desk.ratings.last_asked(turn.conversation.id, turn.now - ANSWERED_WITHIN)
    if rating is not None and rating.ticket is None:
        do.append(RateService(rating.id, BAD, turn.text.strip()))
    return Outcome(do=tuple(do))


def _went_wrong(turn: Turn) -> bool:
    """Whether words may say that what was done is not right: 没收到啊, 又坏了."""
    return _WENT_WRONG.search(turn.text) is not None and _ANEW.search(turn.text) is None


def _is_of_it(turn: Turn, ticket: Ticket) -> bool:
    """Whether the wish is the one that the solved ticket was for, on the same order."""
    number = plain_number(turn.slots.get("order_id", ""))
    same = ticket.kind in KINDS.get(turn.understanding.intent, ())
    return same and number in ("", ticket.order_no)


async def _still_at_it(turn: Turn, desk: Desk) -> Outcome | None:
    """How far it is, to who says that something is not solved that nobody has said was."""
    if turn.understanding.intent not in _SAYS_LITTLE or _ABOUT_AN_ORDER.search(turn.text):
        return None
    theirs = await unsolved(turn, desk, _LOOKED_AT)
    return ticket_progress.told_of(turn, desk, theirs[:_MOST_TOLD]) if theirs else None


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
