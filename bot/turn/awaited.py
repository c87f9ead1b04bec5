"""What a colleague has asked a customer for: their next words are the answer, and go to them."""

from actions.rated_ticket import named_ticket
from actions.unsolved import unsolved
from bot.understanding.reader import UNSURE
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.kernel.private import hidden
from desk.tickets.cards import kind_phrase
from desk.tickets.commands import ResumeTicket
from desk.tickets.model import Ticket, TicketState
from desk.turns import Turn

_NO_ANSWER = frozenset(("greet", "goodbye", "thank", "affirm", "bot_challenge"))
_UNREAD = frozenset(("out_of_scope", "deny"))
_LOOKED_AT = 10
_MOST_WORDS = 200


async def awaited(turn: Turn, desk: Desk) -> tuple[Ticket, ...]:
    """The tickets that wait for this customer's answer; none where these words are no answer."""
    if (
        named_ticket(turn)
        or turn.understanding.intent in _NO_ANSWER
        or not (turn.text.strip() or _is_media(turn))
    ):
        return ()
    open_ones = await unsolved(turn, desk, _LOOKED_AT)
    return tuple(each for each in open_ones if each.state is TicketState.WAITING_CUSTOMER)


def passed_on(turn: Turn, waiting: tuple[Ticket, ...]) -> Outcome | None:
    """What is heard by who answers a colleague in words that we cannot read; else None."""
    meant = turn.understanding
    if turn.conversation.dialogue.pending is not None:
        return None  # It answers what we have asked ourselves.
    if not waiting or not (meant.source == UNSURE or meant.intent in _UNREAD):
        return None
    ticket = waiting[0]
    said = phrase("ticket.answer_passed", number=ticket.number, kind=kind_phrase(ticket))
    return Outcome((Say(said),))


def going_on(turn: Turn, waiting: tuple[Ticket, ...]) -> tuple[ResumeTicket, ...]:
    """The work goes on, and who asked reads the answer."""
    words = hidden(turn.text.strip())[:_MOST_WORDS] or "（发来了图片或文件）"
    return tuple(ResumeTicket(each.number, "customer", words) for each in waiting)


def _is_media(turn: Turn) -> bool:
    return turn.understanding.intent == "media"
