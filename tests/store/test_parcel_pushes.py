"""A tracker's push is kept once and whole; there is nothing to read again for it."""

from datetime import timedelta

from sqlalchemy import select

from desk.shops.carriers import Carrier
from desk.shops.port import Parcel, ParcelStatus, Scan
from desk.shops.tracking import ParcelPush, Watch, push_as_event
from desk.store.database import Database
from desk.store.schema_shops import shop_pushes
from tests.clocks import NOON, FrozenClock

ARRIVED = Parcel("圆通速递", "YT1", ParcelStatus.DELIVERED, (Scan(NOON, "已签收"),))
PUSH = ParcelPush("kuaidi100", "p1", "YT1", Carrier.YUANTONG, ARRIVED, Watch.DONE)


async def test_a_tracker_that_pushes_again_is_heard_once(
    library: Database, clock: FrozenClock
) -> None:
    event = push_as_event(PUSH)

    assert await library.keep_pushes((event,), clock.now()) == 1
    assert await library.keep_pushes((event,), clock.now()) == 0

    async with library.open() as books:
        claimed = await books.pushes.claim(clock.now(), clock.now() + timedelta(seconds=30))
    assert claimed is None
    async with library.reading() as connection:
        (row,) = await connection.execute(select(shop_pushes).where(shop_pushes.c.event_id == "p1"))
    assert (row.shop, row.kind, row.subject_id, row.state) == (
        "kuaidi100",
        "parcel.done",
        "YT1",
        "noted",
    )
    assert row.raw == event.raw


async def test_a_tracker_is_no_shop_in_the_health_of_the_sync(
    library: Database, clock: FrozenClock
) -> None:
    await library.keep_pushes((push_as_event(PUSH),), clock.now())

    assert await library.sync.health(clock.now()) == ()
