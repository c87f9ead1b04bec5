"""The pages put together out of the house; none without an address to reach them at."""

import time

from aiohttp import web

from bot.settings import Settings
from bot.web.acts import Acts
from bot.web.limit import Limit
from bot.web.pages import Pages
from bot.web.ticket_page import TicketDoor
from bot.wecom.check import Finding, Level
from bot.wiring import House

_LOOKS_AT_ONCE = 300
_SECONDS_PER_LOOK = 0.1


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


def check_pages(settings: Settings) -> Finding:
    """Say whether customers get the address of a page, and whose address is believed."""
    if not settings.public_url:
        why = "没有设置 PUBLIC_URL：顾客收不到工单进度页的链接"
        return Finding(Level.WARN, "pages.none", why)
    believed = settings.trusted_proxies
    proxies = f"前面有 {believed} 层自己的代理" if believed else "前面没有代理"
    return Finding(
        Level.OK, "pages.ok", f"工单进度页：{settings.public_url}（{proxies}，TRUSTED_PROXIES）"
    )
