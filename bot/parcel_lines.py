"""Trackers and followed parcels, as staff read them."""

from dataclasses import dataclass
from datetime import datetime

from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.parcels.judging import day_begins
from desk.parcels.model import ParcelCounts
from desk.shops.trackers import TrackerHealth


@dataclass(frozen=True, slots=True)
class ParcelsNow:
    """How the trackers do, and how many parcels are under way."""

    trackers: tuple[TrackerHealth, ...]
    counts: ParcelCounts

    @property
    def is_empty(self) -> bool:
        """Nothing is connected, and nothing followed."""
        return not self.trackers and not self.counts.followed


async def parcels_now(desk: Desk, now: datetime, told_since: datetime | None = None) -> ParcelsNow:
    """Ask how it stands; customers told are counted from `told_since`, else from midnight on."""
    trackers = desk.trackers.health() if desk.trackers is not None else ()
    return ParcelsNow(trackers, await desk.parcels.counts(now, told_since or day_begins(now)))


def tracker_line(tracker: TrackerHealth) -> Phrase:
    """One tracker: well, not asked yet, or what is wrong and the way out."""
    state = f"tracker.state.{tracker.why}" if tracker.why else "tracker.state.well"
    if tracker.why is None and tracker.last_success is None:
        state = "tracker.state.unasked"
    return phrase("tracker.line", tracker=tracker.name, state=Phrase(state))


def parcel_lines(now: ParcelsNow) -> tuple[Phrase, ...]:
    """The parcels' part of /shops."""
    if now.is_empty:
        return ()
    return (
        phrase("parcels.title"),
        *(tracker_line(each) for each in now.trackers),
        _counted("parcels.counts", now.counts),
    )


def failing_trackers(now: ParcelsNow | None) -> tuple[Phrase, ...]:
    """A line of the digest for each tracker that failed when it was asked last."""
    trackers = now.trackers if now is not None else ()
    return tuple(
        phrase("digest.shop", shop=each.name, concern=Phrase(f"tracker.state.{each.why}"))
        for each in trackers
        if each.why is not None
    )


def parcels_counted(now: ParcelsNow | None) -> tuple[Phrase, ...]:
    """A line of the digest where parcels are stuck or customers were told of some."""
    if now is None or not (now.counts.stuck or now.counts.told):
        return ()
    return (_counted("digest.parcels", now.counts),)


def _counted(key: str, counts: ParcelCounts) -> Phrase:
    return phrase(key, followed=counts.followed, stuck=counts.stuck, told=counts.told)
