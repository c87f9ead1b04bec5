"""How it was in the end: a ticket that is solved is asked about once, and rated once."""

from dataclasses import dataclass, replace
from datetime import timedelta

from desk.books import Books
from desk.commands import Command
from desk.conversations.commands import SayTo
from desk.conversations.tray import OutTray
from desk.kernel.menu_lines import line_of
from desk.kernel.messages import Choice, Phrase, Say, phrase
from desk.ratings.commands import AskOfTicket, RateTicket
from desk.ratings.model import BAD, FAIR, GOOD, Rating, rating_of
from desk.tickets.actors import is_person
from desk.tickets.events import TicketFinished
from desk.tickets.model import Ticket, TicketKind

NOT_ASKED = frozenset({TicketKind.EMERGENCY, TicketKind.PRIVACY})
"""Who was in danger, or wants to be forgotten, is not asked how it was."""

_JUST_ASKED = timedelta(minutes=30)
INTENT = "satisfaction_rating"
_SCORES = (GOOD, FAIR, BAD)


@dataclass(frozen=True, slots=True)
class TicketRatingAsked:
    """The customer is asked how it was; `rating` is where the answer is kept."""

    rating: Rating


def may_be_rated(ticket: Ticket) -> bool:
    """Tell whether a ticket is of those whose customers are asked how it was.

    Nobody is asked about what was done under another number, or by nobody.
    """
    known = ticket.customer is not None and ticket.conversation is not None
    served = is_person(ticket.owner) and not ticket.merged_into and not ticket.is_hidden
    return known and served and ticket.kind not in NOT_ASKED


def ask_how_it_was(event: TicketFinished) -> tuple[Command, ...]:
    """What a person has solved is asked about."""
    ticket = event.ticket
    if not may_be_rated(ticket) or ticket.conversation is None or ticket.customer is None:
        return ()
    return (AskOfTicket(ticket.id, ticket.conversation, ticket.customer, ticket.owner),)


async def ask_of_ticket(
    command: AskOfTicket, books: Books, tray: OutTray
) -> tuple[TicketRatingAsked, ...]:
    """Note that it is asked, unless it was answered before it was opened again.

    Who was just asked about the same person's service is not asked about the ticket too.
    """
    before = await books.ratings.of_ticket(command.ticket)
    if before is not None and before.score is not None:
        return ()
    asked = await books.ratings.last_asked(command.conversation, tray.now - _JUST_ASKED)
    if asked is not None and asked.ticket is None and asked.servicer == command.servicer:
        return ()
    rating = _unrated(command, tray)
    await books.ratings.ask(rating)
    return (TicketRatingAsked(rating),)


async def rate_ticket(command: RateTicket, books: Books, tray: OutTray) -> Rating | None:
    """Keep the rating; None where there is one already."""
    asked = await books.ratings.of_ticket(command.ticket)
    if asked is None:
        asked = _unrated(command, tray)
        await books.ratings.ask(asked)
    given = replace(asked, score=command.score, words=command.words)
    return given if await books.ratings.rate_once(given, tray.now) else None


def rating_asked(event: TicketRatingAsked) -> tuple[Command, ...]:
    """The question, in one message with what was done: lines that name the ticket they are of."""
    ticket = event.rating.ticket
    if ticket is None:
        return ()
    about = {"ticketid": ticket.hex}
    lines = [
        Choice(line_of(INTENT, {**about, "score": str(score)}), Phrase(f"rating.choice.{score}"))
        for score in _SCORES
    ]
    unsolved = line_of(INTENT, {**about, "solved": "no"})
    menu = (*lines, Choice(unsolved, phrase("rating.choice.unsolved")))
    return (SayTo(event.rating.conversation, Say(phrase("rating.ask_ticket"), menu)),)


def _unrated(command: AskOfTicket | RateTicket, tray: OutTray) -> Rating:
    return Rating(
        id=rating_of(command.ticket),
        conversation=command.conversation,
        customer=command.customer,
        servicer=command.servicer,
        asked_at=tray.now,
        ticket=command.ticket,
    )
