"""From figures to what a manager reads: what happened, and what to do about it."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.digests.intents import NAMED
from bot.digests.missing import missing_lines
from bot.digests.shops import ShopsNow, shop_lines, sold_line
from bot.digests.spans import Span
from desk.insights.model import DigestFigures, LowRating
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.private import hidden
from desk.tickets.cards import called, kind_phrase, priority_phrase
from desk.tickets.model import Ticket

LATE_AFTER = timedelta(seconds=90)
"""A first reply that takes longer is late."""

_INTENTS_SHOWN = 6
_OVERDUE_SHOWN = 8
_LOW_SHOWN = 10
_WORDS_SHOWN = 20
_WEEKDAYS = "一二三四五六日"

NameOf = Callable[[str], str]
"""Tells what people call a userid."""


def compose(
    figures: DigestFigures,
    span: Span,
    name_of: NameOf,
    shops: ShopsNow | None = None,
    awaited: Sequence[tuple[str, int]] = (),
) -> tuple[Say, ...]:
    """Write a digest; each line that wants something done ends with the command that does it.

    `awaited` are the products (titles) that people wait for now, with how many do.

    Lists are cut so that each message fits into 2048 bytes with titles of usual length; who was
    not content stands in a message of its own.
    """
    title = Phrase(f"digest.title.{span.name}", {"days": _days(span)})
    low = _low_ratings(figures, span, name_of)
    return (
        Say(
            phrase(
                "digest.daily",
                title=title,
                heard=_heard(figures),
                response=_response(figures),
                intents=_intents(figures),
                tickets=_tickets(figures),
                overdue=_overdue(figures, name_of),
                missing=missing_lines(figures.missing_products, dict(awaited)),
                coupons=phrase(
                    "digest.coupons", count=figures.coupons_issued, handed=figures.handed_over
                ),
                ratings=_ratings(figures),
                stuck=_stuck(figures),
                sold=sold_line(shops or ShopsNow()),
                shops=shop_lines(shops or ShopsNow()),
            )
        ),
        *low,
    )


def nothing_happened(figures: DigestFigures) -> bool:
    """Tell whether there is nothing at all to report."""
    happened = figures.messages + figures.tickets_opened + figures.tickets_solved
    return not (happened or figures.overdue or figures.dead_letters or figures.unroutable)


def _days(span: Span) -> str:
    first, last = span.first_day, span.last_day
    if first == last:
        return f"{first.month}月{first.day}日 周{_WEEKDAYS[first.weekday()]}"
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"


def _heard(figures: DigestFigures) -> Phrase:
    if not figures.messages:
        return phrase("digest.heard_nothing")
    heard = {"messages": figures.messages, "customers": figures.customers}
    if not figures.not_understood:
        return Phrase("digest.heard", heard)
    return Phrase("digest.heard_some_not", {**heard, "unclear": figures.not_understood})


def _response(figures: DigestFigures) -> Phrase:
    median, worst = figures.first_response_median, figures.first_response_worst
    if median is None or worst is None:
        missing = figures.messages > 0
        return phrase("digest.response_missing") if missing else phrase("digest.response_none")
    late = (
        phrase("digest.late", count=figures.answered_late)
        if figures.answered_late
        else phrase("digest.none_late")
    )
    return phrase("digest.response", median=_took(median), worst=_took(worst), late=late)


def _took(span: timedelta) -> Phrase:
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return phrase("digest.took.hours", hours=hours, minutes=minutes)
    if minutes:
        return phrase("digest.took.minutes", minutes=minutes, seconds=seconds)
    return phrase("digest.took.seconds", seconds=seconds)


def _intents(figures: DigestFigures) -> tuple[Phrase, ...]:
    asked = [(intent, count) for intent, count in figures.by_intent if intent in NAMED]
    if not asked:
        return ()
    lines = tuple(
        phrase("digest.intent", name=Phrase(f"intent.name.{intent}"), count=count)
        for intent, count in asked[:_INTENTS_SHOWN]
    )
    return (phrase("digest.intents"), *lines)


def _tickets(figures: DigestFigures) -> Phrase:
    return phrase(
        "digest.tickets",
        opened=figures.tickets_opened,
        solved=figures.tickets_solved,
        overdue=len(figures.overdue),
    )


def _overdue(figures: DigestFigures, name_of: NameOf) -> tuple[Phrase, ...]:
    shown = tuple(_late_ticket(each, name_of) for each in figures.overdue[:_OVERDUE_SHOWN])
    hidden = len(figures.overdue) - len(shown)
    return (*shown, phrase("digest.overdue_more", count=hidden)) if hidden else shown


def _late_ticket(ticket: Ticket, name_of: NameOf) -> Phrase:
    owner = name_of(ticket.owner) if ticket.owner else phrase("digest.nobody")
    return phrase(
        "digest.overdue",
        kind=kind_phrase(ticket),
        priority=priority_phrase(ticket),
        owner=owner,
        due=ticket.due_at,
        number=ticket.number,
    )


def _ratings(figures: DigestFigures) -> Phrase | str:
    if not figures.ratings:
        return ""
    average = f"{figures.ratings_sum / figures.ratings:.1f}"
    low = len(figures.low_ratings)
    return phrase("digest.ratings", count=figures.ratings, average=average, low=low)


def _low_ratings(figures: DigestFigures, span: Span, name_of: NameOf) -> tuple[Say, ...]:
    low = figures.low_ratings
    if not low:
        return ()
    lines = tuple(_low_rating(each, name_of) for each in low[:_LOW_SHOWN])
    return (Say(phrase("digest.low_ratings", days=_days(span), ratings=lines)),)


def _low_rating(rating: LowRating, name_of: NameOf) -> Phrase:
    words = hidden(rating.words).replace("\n", " ")
    if len(words) > _WORDS_SHOWN:
        words = f"{words[: _WORDS_SHOWN - 1]}…"
    servicer = name_of(rating.servicer) if rating.servicer else phrase("rating.nobody")
    return phrase(
        "digest.low_rating",
        name=called(rating.nickname),
        score=rating.score,
        servicer=servicer,
        words=phrase("digest.low_rating_words", words=words) if words else "",
        id=rating.external_userid,
    )


def _stuck(figures: DigestFigures) -> Phrase | str:
    if figures.dead_letters:
        return phrase("digest.stuck", unroutable=figures.unroutable, dead=figures.dead_letters)
    if figures.unroutable:
        return phrase("digest.unroutable", count=figures.unroutable)
    return ""
