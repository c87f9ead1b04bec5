"""Where the parcels of an order are, as a customer wants to hear it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from actions.order_part import names_of
from actions.order_states import partly_sent, sent, status_phrase
from desk.kernel.messages import Phrase, phrase
from desk.shops.answers import Answer, AnswerState
from desk.shops.port import Order, Parcel, ParcelStatus, Scan

MOST_PARCELS = 3
_LONGEST_SCAN = 80
_WORTH_NAMING = 6
"""From how many hours of silence on they are named."""

ParcelAnswer = Answer[tuple[Parcel, ...]]


def whereabouts(order: Order, answer: ParcelAnswer) -> Phrase:
    """The order's parcels, how old the news is, and what to say where there is none."""
    if not answer.is_known:
        return phrase("logistics.shop_silent", status=status_phrase(order), shop=answer.shop_name)
    parcels = answer.value or ()
    if not parcels:
        key = "logistics.no_trace" if sent(order) else "logistics.not_sent"
        return phrase(key, status=status_phrase(order))
    lines = tuple(parcel_phrase(each) for each in parcels[:MOST_PARCELS])
    note = _note(answer, len(parcels))
    return phrase("logistics.parcels", parcels=lines, waits=still_waits(order), note=note)


def still_waits(order: Order) -> Phrase | str:
    """What of an order has not been sent, by name where the shop tells; "" where all has."""
    if not partly_sent(order):
        return ""
    waiting = [each for each in order.lines if each.waits]
    if not waiting:
        return phrase("logistics.rest_waits")
    return phrase("logistics.waits", titles=names_of(waiting))


def parcel_phrase(parcel: Parcel) -> Phrase:
    """One parcel: carrier, number, where it is, the last scan."""
    last = latest(parcel)
    news = phrase("parcel.last", at=last.at, text=_short(last.text)) if last else ""
    return phrase(
        "parcel.line",
        carrier=parcel.carrier or phrase("parcel.some_carrier"),
        number=parcel.tracking_no,
        status=phrase(f"parcel.stands.{parcel.status}"),
        news=news,
    )


def latest(parcel: Parcel) -> Scan | None:
    """The newest scan."""
    return max(parcel.scans, key=lambda scan: scan.at, default=None)


def last_news(parcels: Sequence[Parcel]) -> Scan | None:
    """The newest scan of the parcel that has been silent for longest."""
    newest = [scan for parcel in parcels if (scan := latest(parcel)) is not None]
    return min(newest, key=lambda scan: scan.at, default=None)


def quiet_for(since: datetime | None, now: datetime) -> Phrase:
    """How long nothing has been heard, in whole hours or days; with an apology."""
    if since is None:
        return phrase("logistics.quiet_unknown")
    silence = now - since
    if silence >= timedelta(days=2):
        return phrase("logistics.quiet_days", count=silence.days)
    hours = int(silence.total_seconds()) // 3600
    if hours >= _WORTH_NAMING:
        return phrase("logistics.quiet_hours", count=hours)
    return phrase("logistics.quiet_unknown")


def all_arrived(parcels: Sequence[Parcel]) -> bool:
    """Every parcel is shown as signed for."""
    return bool(parcels) and all(each.status is ParcelStatus.DELIVERED for each in parcels)


def _note(answer: ParcelAnswer, count: int) -> tuple[Phrase, ...]:
    stale = answer.state is AnswerState.STALE and answer.as_of is not None
    key = "logistics.as_of" if answer.why is not None else "logistics.as_known"
    old = (phrase(key, at=answer.as_of),) if stale and answer.as_of else ()
    more = count - MOST_PARCELS
    return (*old, phrase("logistics.more", count=more)) if more > 0 else old


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SCAN else f"{text[: _LONGEST_SCAN - 1]}…"
