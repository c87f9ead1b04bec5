"""The cards that agents work a ticket with."""

import re

from desk.kernel.messages import Card, CardButton, Phrase, phrase
from desk.tickets.model import Ticket
from desk.tickets.news import news


def ticket_card(ticket: Ticket, nickname: str) -> Card:
    """Offer a new ticket to those who may take it."""
    return Card(
        task=ticket_task(ticket),
        title=_title(ticket),
        subtitle=phrase("ticket.card.new", number=ticket.number, summary=ticket.summary),
        rows=_rows(ticket, nickname),
        buttons=(
            CardButton(f"ticket take {ticket.number}", phrase("ticket.button.take")),
            CardButton(f"ticket done {ticket.number}", phrase("ticket.button.done"), style=2),
        ),
    )


def owner_card(ticket: Ticket, nickname: str, added: str = "") -> Card:
    """Give the one who took a ticket what to go on with; what was added last stands first."""
    note = news(added, ticket.summary)
    return Card(
        task=owner_task(ticket),
        title=_title(ticket),
        subtitle=phrase(
            "ticket.card.yours",
            number=ticket.number,
            added=phrase("ticket.card.added", note=note) if note else "",
            summary=ticket.summary,
        ),
        rows=_rows(ticket, nickname),
        buttons=(
            CardButton(f"ticket done {ticket.number}", phrase("ticket.button.done")),
            CardButton(f"ticket talk {ticket.number}", phrase("ticket.button.talk"), style=2),
        ),
    )


def ticket_task(ticket: Ticket) -> str:
    """Name the card that offers a ticket."""
    return f"ticket-{ticket.number}"


def owner_task(ticket: Ticket) -> str:
    """Name the card of the one who took a ticket."""
    # A userid may hold dots, a task may not (WeCom doc 90236).
    return f"ticket-{ticket.number}-owner-{re.sub('[^0-9A-Za-z_@-]', '@', ticket.owner)}"


def kind_phrase(ticket: Ticket) -> Phrase:
    """What customers and agents call the kind."""
    return Phrase(f"ticket.kind.{ticket.kind}")


def priority_phrase(ticket: Ticket) -> Phrase:
    """How much it hurries, in a word."""
    return Phrase(f"ticket.priority.{ticket.priority}")


def called(nickname: str) -> str | Phrase:
    """What to call a customer whose nickname may not be known yet."""
    return nickname or phrase("customer.unnamed")


def row(name: str, value: str | Phrase) -> tuple[Phrase, Phrase]:
    """One row of a card: its name from the phrases, its value as it is."""
    text = value if isinstance(value, Phrase) else phrase("card.text", text=value)
    return Phrase(f"card.row.{name}"), text


def _title(ticket: Ticket) -> Phrase:
    return phrase("ticket.card.title", kind=kind_phrase(ticket), priority=priority_phrase(ticket))


def _rows(ticket: Ticket, nickname: str) -> tuple[tuple[Phrase, Phrase], ...]:
    customer = (row("customer", called(nickname)),) if ticket.customer else ()
    order = (row("order", ticket.order_no),) if ticket.order_no else ()
    return (
        *customer,
        *order,
        row("due", phrase("card.time", at=ticket.due_at)),
    )
