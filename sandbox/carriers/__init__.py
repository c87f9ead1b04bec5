"""The fake trackers of parcels: a strict 快递100 and a strict 快递鸟 over the shops' parcels."""

import os
from collections.abc import Sequence

from aiohttp import web

from sandbox.carriers.credentials import TrackerCredentials, from_environment
from sandbox.carriers.kdniao.gateway import Kdniao
from sandbox.carriers.kuaidi100.gateway import Kuaidi100
from sandbox.carriers.yard import Yard
from sandbox.clock import Clock
from sandbox.shops.senders import Sender


def applications(
    clock: Clock, senders: Sequence[Sender], credentials: TrackerCredentials | None = None
) -> dict[str, web.Application]:
    """The applications by the path they are mounted under."""
    keys = credentials or from_environment(os.environ)
    yard = Yard(clock, senders)
    return {
        "/kuaidi100": Kuaidi100(yard, keys).application(),
        "/kdniao": Kdniao(yard, keys).application(),
    }
