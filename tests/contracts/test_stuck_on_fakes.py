"""Of the merchant's parcels, as a tracker tells them, the stuck ones are found and no others."""

from collections.abc import Iterator
from datetime import datetime

from desk.shops.carriers import carrier_named
from desk.shops.routes import Route, RouteBook
from desk.shops.stuck import Stuck, StuckWhy, stuck
from desk.shops.tracking import ParcelTracker, TrackedParcel
from integrations.carriers.catalog import connected_trackers
from sandbox.clock import Clock
from sandbox.shops.senders import SENDER
from tests.contracts.fake_trackers import fake_trackers, tracker_entries
from tests.sandbox.carriers_world import two_shops


def _sent(clock: Clock) -> Iterator[tuple[TrackedParcel, datetime | None]]:
    """What the shops sent, and when."""
    for gateway in two_shops(clock).values():
        sender = gateway[SENDER]
        for order in sender.ledger.all():
            tail = sender.buyer(order.buyer).mobile[-4:]
            for parcel in order.parcels:
                company = carrier_named(parcel.company)
                yield TrackedParcel(company, parcel.waybill, tail), order.shipped


async def _judged(
    tracker: ParcelTracker, asked: TrackedParcel, shipped_at: datetime | None, now: datetime
) -> Stuck | None:
    parcel = await tracker.track(asked)
    assert parcel is not None
    assert asked.company is not None
    usual = RouteBook().usual(Route(asked.company, "浙江", "上海"))
    return stuck(parcel, usual, now, shipped_at)


async def test_the_silent_and_the_troubled_parcels_are_found() -> None:
    clock = Clock()
    async with (
        fake_trackers(clock) as root,
        connected_trackers(tracker_entries(root)) as (kuaidi100, _),
    ):
        judged = {
            asked.number: await _judged(kuaidi100, asked, shipped_at, clock.now())
            for asked, shipped_at in _sent(clock)
        }

    assert len(judged) > 12
    assert {number: found.why for number, found in judged.items() if found} == {
        "YT7489920153386": StuckWhy.SILENT,
        "YT7489711008254": StuckWhy.SILENT,
        "462881990047318": StuckWhy.TROUBLE,
    }
