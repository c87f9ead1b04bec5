"""The card that asks a member to take a ticket."""

from dataclasses import replace

from desk.assignment.events import NobodyFound, TicketOffered
from desk.assignment.where import rows
from desk.kernel.messages import Card, CardButton, Phrase, phrase
from desk.tickets.cards import ticket_card
from desk.tickets.model import Ticket
from desk.tickets.news import news


def offer_card(event: TicketOffered, by: str = "") -> Card:
    """Ask whoever is best to take a ticket until a moment, or to give it back."""
    ticket, note = event.ticket, news(event.added, event.ticket.summary)
    card = ticket_card(ticket, event.nickname)
    return replace(
        card,
        task=event.offer.task,
        rows=(*rows(event.where), *card.rows),
        subtitle=phrase(
            "assign.card.asked",
            number=ticket.number,
            until=event.offer.due_at,
            given=phrase("assign.card.given", name=by) if by else "",
            added=phrase("ticket.card.added", note=note) if note else "",
            summary=ticket.summary,
        ),
        buttons=(
            _take(ticket),
            CardButton(f"ticket return {ticket.number}", phrase("assign.button.return"), style=2),
        ),
    )


def nobody_card(event: NobodyFound) -> Card:
    """Tell those above that nobody can take a ticket; they can."""
    ticket = event.ticket
    return replace(
        ticket_card(ticket, event.nickname),
        task=event.offer.task,
        subtitle=phrase("assign.card.nobody", number=ticket.number, summary=ticket.summary),
        buttons=(
            _take(ticket),
            CardButton(f"ticket give {ticket.number}", phrase("ticket.button.give"), style=2),
            CardButton(f"ticket why {ticket.number}", phrase("assign.button.why"), style=2),
        ),
    )


def _take(ticket: Ticket) -> CardButton:
    return CardButton(f"ticket take {ticket.number}", Phrase("ticket.button.take"))
