"""One review as a card: what was said, how it was read, what was answered, what to do."""

from datetime import timedelta

from desk.front import Desk
from desk.handover_card import in_short
from desk.kernel.messages import Card, CardButton, Phrase, phrase
from desk.kernel.private import hidden
from desk.reviews.model import Exchange, Review
from desk.tickets.cards import called, row

_MOST_WORDS = 70
_BEFORE, _TURNS = timedelta(hours=12), 6

MARK = "#"
"""Begins the last word of a button's line: which card it stands on."""


async def review_card(review: Review, desk: Desk, token: str) -> Card:
    """Show a review; `token` ([0-9a-f]) tells the cards of one review apart."""
    exchange = await desk.reviews.exchange(review)
    customer = await desk.customers.get(review.customer)
    past = await desk.reviews.past(review.conversation, review.kept_at - _BEFORE, _TURNS)
    who = phrase(
        "review.card.who", name=called(customer.nickname if customer else ""), at=review.kept_at
    )
    so_far = in_short(past)
    return Card(
        task=card_task(review.number, token),
        title=phrase(
            "review.card.title", number=review.number, kind=Phrase(f"review.kind.{review.kind}")
        ),
        subtitle=phrase(
            "review.card.story", text=said(exchange, _MOST_WORDS), answer=exchange.answers
        ),
        rows=(
            row("customer", who),
            row("read_as", _read_as(review)),
            *((row("so_far", so_far),) if so_far else ()),
            row("otherwise", phrase("review.card.otherwise", number=review.number)),
        ),
        buttons=_buttons(review, token),
    )


def card_task(number: int, token: str) -> str:
    """Name the card of a review."""
    return f"review-{number}-{token}"


def said(exchange: Exchange, most: int) -> Phrase:
    """The customer's words without what is private, at most so many characters."""
    text = words(exchange, most)
    return phrase("review.quoted", text=text) if text else phrase("review.recalled")


def words(exchange: Exchange, most: int) -> str:
    """The same as bare text; "" once recalled."""
    text = hidden(exchange.text)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _read_as(review: Review) -> Phrase:
    if not review.intent:
        return phrase("review.card.unclear")
    share = f"{review.confidence:.0%}"
    return phrase("review.card.read_as", intent=Phrase(f"intent.menu.{review.intent}"), share=share)


def _buttons(review: Review, token: str) -> tuple[CardButton, ...]:
    line = f"review {review.number}"
    mark = f"{MARK}{token}"
    others = tuple(
        CardButton(f"{line} fix {intent} {mark}", Phrase(f"intent.menu.{intent}"), style=2)
        for intent in review.alternatives
    )
    return (
        CardButton(f"{line} ok {mark}", phrase("review.button.ok")),
        *others,
        CardButton(f"{line} skip {mark}", phrase("review.button.skip"), style=2),
    )
