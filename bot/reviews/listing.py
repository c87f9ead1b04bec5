"""Open reviews as a list: how many of each kind, and the first of them in a line each."""

from bot.reviews.card import said
from desk.kernel.messages import Phrase, phrase
from desk.reviews.model import Review, ReviewKind
from desk.reviews.ports import ReviewReader

_SHOWN = 8
_MOST_WORDS = 24


async def listing(reviews: ReviewReader) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]] | None:
    """The counts by kind, and a line for each of the first; None where nothing is open."""
    counts = await reviews.counts()
    if not counts:
        return None
    by_kind = tuple(
        phrase("review.count", kind=Phrase(f"review.kind.{kind}"), count=counts[kind])
        for kind in ReviewKind
        if counts.get(kind)
    )
    waiting = await reviews.waiting(_SHOWN)
    lines = [await _line(each, reviews) for each in waiting]
    hidden = sum(counts.values()) - len(lines)
    if hidden:
        lines.append(phrase("review.more", count=hidden))
    return by_kind, tuple(lines)


async def _line(review: Review, reviews: ReviewReader) -> Phrase:
    exchange = await reviews.exchange(review)
    return phrase(
        "review.line",
        number=review.number,
        kind=Phrase(f"review.kind.{review.kind}"),
        text=said(exchange, _MOST_WORDS),
    )
