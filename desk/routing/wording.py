"""Who hears what about where tickets go."""

from dataclasses import replace

from desk.conversations.commands import CloseCard, Tell
from desk.kernel.messages import Card, CardButton, Phrase, phrase
from desk.routing.above import calls
from desk.routing.commands import CallAbove
from desk.routing.events import AboveCalled
from desk.tickets.cards import ticket_card
from desk.tickets.events import TicketOpened, TicketRaised, TicketTaken
from desk.tickets.model import Ticket


def opened(event: TicketOpened | TicketRaised) -> tuple[CallAbove, ...]:
    """Whether somebody above is called is looked into where the ticket is such a one."""
    return (CallAbove(event.ticket),) if calls(event.ticket) else ()


def called(event: AboveCalled) -> tuple[Tell, ...]:
    """They get a card of their own, and may take it themselves."""
    return (Tell(call_card(event), event.to),)


def taken(event: TicketTaken) -> tuple[CloseCard, ...]:
    """Whoever was called sees who has it."""
    if not calls(event.ticket):
        return ()
    took = phrase("ticket.card.taken_by", name=event.name)
    return (CloseCard(call_task(event.ticket), took),)


def call_card(event: AboveCalled) -> Card:
    """The card of whoever is called."""
    ticket = event.ticket
    return replace(
        ticket_card(ticket, event.nickname),
        task=call_task(ticket),
        subtitle=phrase("routing.card.called", number=ticket.number, summary=ticket.summary),
        buttons=(
            CardButton(f"ticket take {ticket.number}", Phrase("ticket.button.take")),
            CardButton(f"ticket why {ticket.number}", phrase("assign.button.why"), style=2),
        ),
    )


def call_task(ticket: Ticket) -> str:
    """Name the card of whoever is called."""
    return f"ticket-{ticket.number}-above"
