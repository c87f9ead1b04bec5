"""What a person reads who takes a customer over: a card to act on in five seconds."""

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce

from desk.commands import Command
from desk.conversations.commands import Tell
from desk.handover import HandedOver
from desk.kernel.clock import SHANGHAI
from desk.kernel.messages import Card, CardButton, Phrase, Say, phrase
from desk.kernel.private import hidden
from desk.reviews.intents import INTENTS
from desk.reviews.model import PastTurn
from desk.tickets.cards import called, kind_phrase, row
from desk.tickets.model import Ticket

_MOST_WORDS = 150
"""A card's text holds 512 bytes: 170 characters (WeCom doc 90236)."""
_NEW = timedelta(days=1)

Row = tuple[Phrase, Phrase]


def handed_over(event: HandedOver) -> tuple[Command, ...]:
    """Tell those who may take over; without a customer to look up, in plain words."""
    asked = event.asked
    wants = hidden(event.wants)[:_MOST_WORDS]
    summary = wants or phrase("handover.no_reason")
    if not event.external_userid:
        told = phrase("handover.text", reason=asked.reason, summary=summary)
        return (Tell(Say(told), event.to),)
    card = Card(
        task=event.task,
        title=_title(event),
        subtitle=phrase("handover.card.story", reason=asked.reason, summary=summary),
        rows=_rows(event),
        buttons=(
            CardButton(f"customer {event.external_userid}", phrase("handover.button.customer")),
        ),
    )
    return (Tell(card, event.to),)


def in_short(past: Sequence[PastTurn]) -> Phrase | str:
    """The last turns in one line: 查库存、没听懂、查快递; "" where there was none."""
    named = [each for each in past if each.intent in INTENTS or not each.understood]
    keys = [
        f"intent.menu.{each.intent}" if each.understood else "handover.not_understood"
        for each in named
    ]
    once = [Phrase(key) for number, key in enumerate(keys) if key not in keys[:number]]
    return reduce(_and, once) if once else ""


def _title(event: HandedOver) -> Phrase:
    asked = event.asked
    title = phrase("handover.card.angry") if asked.angry else phrase("handover.card.title")
    return phrase("handover.card.urgent", title=title) if asked.urgent else title


def _rows(event: HandedOver) -> tuple[Row, ...]:
    order = event.asked.order or event.order_no
    product = event.asked.product or event.product
    past = in_short(event.past)
    return (
        row("customer", _who(event)),
        *((row("product", product),) if product else ()),
        *((row("order", order),) if order else ()),
        *((row("tickets", _tickets(event.tickets)),) if event.tickets else ()),
        *((row("past", past),) if past else ()),
    )


def _who(event: HandedOver) -> Phrase:
    tier = phrase("handover.tier", tier=event.asked.tier) if event.asked.tier else ""
    since = _since(event)
    return phrase("handover.who", name=called(event.nickname), tier=tier, since=since)


def _since(event: HandedOver) -> Phrase | str:
    if event.since is None:
        return ""
    if event.now - event.since < _NEW:
        # Who has a tier or an order is new to this chat, and not to the shop.
        known = event.asked.tier or event.asked.order or event.order_no
        return "" if known else phrase("handover.new")
    there = event.since.astimezone(SHANGHAI)
    return phrase("handover.since", year=there.year, month=there.month)


def _tickets(tickets: Sequence[Ticket]) -> Phrase:
    first = tickets[0]
    more = phrase("handover.more_tickets", count=len(tickets)) if len(tickets) > 1 else ""
    return phrase("handover.ticket", number=first.number, kind=kind_phrase(first), more=more)


def _and(before: Phrase, then: Phrase) -> Phrase:
    return phrase("handover.and", before=before, then=then)
