"""The pages put together out of the house; none without an address to reach them at."""

import time

from aiohttp import web

from bot.web.acts import Acts
from bot.web.limit import Limit
from bot.web.pages import Pages
from bot.web.ticket_page import TicketDoor
from bot.wiring import House

_LOOKS_AT_ONCE = 120
_SECONDS_PER_LOOK = 0.5


def page_routes(house: House) -> list[web.RouteDef]:
    """The pages that customers open."""
    settings = house.settings
    if not settings.public_url:
        return []
    door = TicketDoor(
        desk=house.desk,
        links=house.links,
        pages=Pages(house.renderer.book, house.members, house.clock),
        acts=Acts(house.database, house.handbook, house.clock, lambda: house.wakes.ring("outbox")),
        limit=Limit(_LOOKS_AT_ONCE, _SECONDS_PER_LOOK, time.monotonic),
        public_url=settings.public_url,
        proxies=settings.trusted_proxies,
    )
    return door.routes()
