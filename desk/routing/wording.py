"""Who hears what about where tickets go."""

from dataclasses import replace

from desk.conversations.commands import CloseCard, Tell
from desk.kernel.messages import Card, CardButton, Phrase, phrase
from desk.routing.above import calls
from desk.routing.commands import CallAbove, PlaceAgain
from desk.routing.events import AboveCalled, StoreLearnt
from desk.tickets.actors import BOT
from desk.tickets.cards import ticket_card
from desk.tickets.events import TicketJoined, TicketOpened, TicketRaised, TicketTaken
from desk.tickets.filling.events import FieldsSet
from desk.tickets.model import Ticket
from desk.tickets.sorting.commands import RouteTicket
from desk.tickets.sorting.events import TicketPrioritised


def opened(event: TicketOpened | TicketPrioritised | TicketRaised) -> tuple[CallAbove, ...]:
    """Whether somebody above is called is looked into where the ticket is such a one."""
    return (CallAbove(event.ticket),) if calls(event.ticket) else ()


def more_known(event: FieldsSet | TicketJoined) -> tuple[PlaceAgain, ...]:
    """What the customer says later may tell the store of a ticket that has none."""
    ticket = event.ticket
    return () if ticket.store or ticket.state.ended else (PlaceAgain(ticket),)


def learnt(event: StoreLearnt) -> tuple[RouteTicket, ...]:
    """The store's people are asked, unless somebody has it already or one of them is asked."""
    ticket = event.ticket
    if ticket.owner or event.there:
        return ()
    return (RouteTicket(ticket.number, BOT, store=ticket.store),)


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
