"""Both fake trackers on one server beside the fake shops whose parcels they know."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

from integrations.carriers.catalog import read_trackers
from integrations.carriers.platform import TrackerEntry
from sandbox import carriers
from sandbox.carriers.credentials import TrackerCredentials
from sandbox.clock import Clock
from sandbox.shops.senders import SENDER
from tests.sandbox.carriers_world import two_shops

KEYS = TrackerCredentials()


@asynccontextmanager
async def fake_trackers(clock: Clock, kdniao_push_url: str = "") -> AsyncIterator[str]:
    """Serve the fakes; yields the address that they are mounted under."""
    gateways = two_shops(clock)
    senders = [each[SENDER] for each in gateways.values() if SENDER in each]
    keys = TrackerCredentials(kdniao_push_url=kdniao_push_url)
    app = web.Application()
    for mount, part in (gateways | carriers.applications(clock, senders, keys)).items():
        app.add_subapp(mount, part)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/")).rstrip("/")


def tracker_entries(root: str, callback_url: str = "", **other: str) -> tuple[TrackerEntry, ...]:
    """Entries for both, with the credentials that the fakes accept unless `other` says so."""
    kuaidi100 = {"customer": KEYS.customer, "key": KEYS.key}
    kdniao = {"ebusiness_id": KEYS.ebusiness_id, "api_key": KEYS.api_key, "jd_code": "010K2026"}
    known = {
        "kuaidi100": kuaidi100 | {name: other[name] for name in kuaidi100 if name in other},
        "kdniao": kdniao | {name: other[name] for name in kdniao if name in other},
    }
    return read_trackers(
        [
            {
                "id": platform,
                "platform": platform,
                "base_url": f"{root}/{platform}",
                "callback_url": callback_url,
                "credentials": credentials,
            }
            for platform, credentials in known.items()
        ]
    )
