"""What a click on a ticket's page does: one command, in one transaction, with ids of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.web.facts import Facts
from bot.web.forms import Form
from bot.web.offers import offers_of
from desk.books import Library
from desk.commands import Command, Outcome
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock
from desk.kernel.private import hidden
from desk.ratings.commands import RateTicket
from desk.ratings.model import LOW
from desk.tickets.commands import ReopenTicket
from desk.tickets.model import Ticket, TicketState

SAID = frozenset(
    (
        *("rated", "rated_low", "rated_before", "no_score"),
        *("reopened", "opened_anew", "at_work", "not_now"),
    )
)
"""What may come of a click; texts are page.said.*."""

_MOST_WORDS = 500
_MOST_WHY = 120
_NO_WORDS = "（在进度页上点的，没有留言）"


@dataclass(frozen=True, slots=True)
class Acts:
    """Does what customers click. `ring` tells that something goes out."""

    library: Library
    handbook: Handbook
    clock: Clock
    ring: Callable[[], None]

    async def act(self, facts: Facts, form: Form) -> str:
        """Do what a form asks for, if that is offered; what came of it, one of `SAID`.

        Raises:
            Unavailable: the database is away; nothing was done.
        """
        match form.do:
            case "rate":
                return await self._rate(facts, form)
            case "reopen":
                return await self._reopen(facts, form.words)
            case _:
                return "not_now"

    async def _rate(self, facts: Facts, form: Form) -> str:
        offers = offers_of(facts, self.clock.now())
        if offers.score is not None:
            return "rated_before"
        ticket = facts.ticket
        if not offers.rate or ticket.customer is None or ticket.conversation is None:
            return "not_now"
        if form.score is None:
            return "no_score"
        owned = (ticket.id, ticket.conversation, ticket.customer, ticket.owner)
        words = form.words[:_MOST_WORDS]
        await self._do(RateTicket(*owned, form.score, words), f"page:rate:{ticket.id}")
        kept = await self.library.ratings.of_ticket(ticket.id)
        if kept is None or (kept.score, kept.words) != (form.score, words):
            return "rated_before"
        return "rated_low" if form.score <= LOW else "rated"

    async def _reopen(self, facts: Facts, words: str) -> str:
        ticket = facts.ticket
        if not ticket.state.ended:
            return "at_work"
        if not offers_of(facts, self.clock.now()).reopen:
            return "not_now"
        why = hidden(words)[:_MOST_WHY] or _NO_WORDS
        await self._do(ReopenTicket(ticket.number, "customer", why), _once(ticket))
        return "opened_anew" if ticket.state is TicketState.CLOSED else "reopened"

    async def _do(self, command: Command, seed: str) -> None:
        async with self.library.open() as books:
            work = Work(books, self.handbook, self.clock)
            await work.settle(Outcome(do=(command,)), None, None, seed)
        self.ring()


def _once(ticket: Ticket) -> str:
    """A double click is one: what it does has the same ids until the ticket moves again."""
    return f"page:reopen:{ticket.id}:{ticket.version}"
