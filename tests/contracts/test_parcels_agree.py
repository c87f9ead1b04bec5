"""Of one parcel a shop and both trackers tell the same; where a shop tells nothing, they do."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.kernel.errors import Refused
from desk.shops.carriers import carrier_named
from desk.shops.port import Shop
from desk.shops.powers import Power
from desk.shops.tracking import TrackedParcel
from integrations.carriers.catalog import connected_trackers
from integrations.catalog import connected_shops
from sandbox import carriers, shops
from sandbox.clock import Clock
from sandbox.shops.senders import SENDER
from tests.contracts.cases import ALL
from tests.contracts.cases.shape import ShopCase
from tests.contracts.fake_shops import entry_of
from tests.contracts.fake_trackers import KEYS, tracker_entries


@pytest.fixture
async def clock() -> Clock:
    return Clock()


@pytest.fixture
async def root(clock: Clock) -> AsyncIterator[str]:
    gateways = shops.applications(clock)
    senders = [gateway[SENDER] for gateway in gateways.values()]
    app = web.Application()
    for mount, part in (gateways | carriers.applications(clock, senders, KEYS)).items():
        app.add_subapp(mount, part)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/")).rstrip("/")


async def _asked_for(case: ShopCase, shop: Shop) -> TrackedParcel:
    (parcel,) = await shop.parcels(case.order)
    company = carrier_named(parcel.carrier)
    assert company is not None, f"a stranger: {parcel.carrier}"
    return TrackedParcel(company, parcel.tracking_no, case.phone_tail or "")


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.platform)
async def test_a_shops_parcel_is_found_by_both_trackers(
    case: ShopCase, root: str, clock: Clock
) -> None:
    async with (
        connected_shops((entry_of(case, root),), clock) as (shop,),
        connected_trackers(tracker_entries(root)) as trackers,
    ):
        (told_by_shop,) = await shop.parcels(case.order)
        asked = await _asked_for(case, shop)
        for tracker in trackers:
            if asked.lacks_phone:
                with pytest.raises(Refused):
                    await tracker.track(asked)
                continue
            told = await tracker.track(asked)
            assert told is not None
            assert told.tracking_no == told_by_shop.tracking_no
            assert told.scans != ()
            if Power.TRACE in case.powers:
                assert told.scans[0].text == told_by_shop.scans[0].text
                assert len(told.scans) == len(told_by_shop.scans)
