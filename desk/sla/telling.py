"""What is told of a ticket that is late: cards to staff, a sentence to the customer."""

from datetime import datetime, timedelta

from desk.conversations.commands import SayTo, Tell
from desk.conversations.model import Conversation, Session
from desk.kernel.messages import Card, CardButton, Phrase, Say, phrase
from desk.sla.ladder import Climb, Ladder, Trigger, card_task
from desk.tickets.cards import called, kind_phrase, row
from desk.tickets.model import Ticket

_STILL_REACHED = timedelta(hours=47)
"""A customer who wrote longer ago can hardly be told anything (48 hours, WeCom doc 94677)."""
_WITH_A_PERSON = (Session.QUEUE, Session.SERVICER)


def alarm_card(
    ticket: Ticket, climb: Climb, ladder: Ladder, names: tuple[str, str], now: datetime
) -> Card:
    """The card that names ticket, customer and what is left; `names`: the customer's, the owner's.

    Without an owner it can be taken, else whoever looks after it says so.
    """
    number = ticket.number
    first = "ack" if ticket.owner else "take"
    label = phrase("ticket.button.ack") if ticket.owner else phrase("ticket.button.take")
    return Card(
        task=card_task(number, climb, climb.step),
        title=phrase("sla.card.title", what=_what(ladder), kind=kind_phrase(ticket)),
        subtitle=phrase(
            "sla.card.text",
            number=number,
            left=_left(ticket, ladder, climb, now),
            summary=ticket.summary,
        ),
        rows=(
            row("customer", called(names[0])),
            row("owner", names[1] or phrase("sla.nobody")),
            row("due", phrase("card.time", at=ticket.due_at)),
        ),
        buttons=(
            CardButton(f"ticket {first} {number}", label),
            CardButton(f"ticket done {number}", phrase("ticket.button.done"), style=2),
        ),
    )


def customer_told(
    ticket: Ticket, conversation: Conversation | None, to: tuple[str, ...], now: datetime
) -> SayTo | Tell:
    """The customer hears that it takes longer; where the bot may not write, `to` are asked to."""
    heard = conversation.last_heard_at if conversation else None
    open_to_us = conversation is not None and conversation.session not in _WITH_A_PERSON
    if conversation and open_to_us and heard is not None and now - heard <= _STILL_REACHED:
        late = phrase("sla.customer.late", number=ticket.number, kind=kind_phrase(ticket))
        return SayTo(conversation.id, Say(late))
    return Tell(Say(phrase("sla.customer.by_hand", number=ticket.number)), to)


def _what(ladder: Ladder) -> Phrase:
    of = f"_{ladder.of}" if ladder.of else ""
    return Phrase(f"sla.what.{ladder.when}{of}")


def _left(ticket: Ticket, ladder: Ladder, climb: Climb, now: datetime) -> Phrase:
    match ladder.when:
        case Trigger.UNTOUCHED:
            return phrase("sla.untouched", span=span_phrase(now - climb.anchor))
        case Trigger.WAITING:
            return phrase("sla.waiting", span=span_phrase(now - climb.anchor))
        case Trigger.UNSOLVED:
            return phrase("sla.unsolved", span=span_phrase(now - ticket.opened_at))
        case Trigger.BREACH:
            return phrase("sla.over", span=span_phrase(now - climb.anchor))
        case Trigger.WARNING:
            return phrase("sla.soon", span=span_phrase(climb.anchor - now))


def span_phrase(span: timedelta) -> Phrase:
    """A span as people say it: days and hours, hours and minutes, minutes."""
    minutes = max(0, round(span.total_seconds() / 60))
    hours, minutes = divmod(minutes, 60)
    if hours >= 24:
        key = "sla.span.days" if hours % 24 else "sla.span.whole_days"
        return Phrase(key, {"days": hours // 24, "hours": hours % 24})
    if hours:
        key = "sla.span.hours" if minutes else "sla.span.whole_hours"
        return Phrase(key, {"hours": hours, "minutes": minutes})
    return phrase("sla.span.minutes", minutes=minutes)
