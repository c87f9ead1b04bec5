"""The door to tickets' pages: who has the signed address may look, rate, and object."""

import hashlib
from dataclasses import dataclass
from functools import cache

import structlog
from aiohttp import ETag, web
from prometheus_client import Counter

from bot.web.acts import SAID, Acts
from bot.web.assets import asset_routes
from bot.web.facts import Facts, LinkIsOver, read_facts
from bot.web.forms import Unreadable, read_form
from bot.web.headers import secured
from bot.web.limit import Limit
from bot.web.links import PATH, TicketLinks
from bot.web.pages import Pages
from bot.web.visitors import address_of, is_our_form
from desk.front import Desk
from desk.kernel.errors import Unavailable
from desk.tickets.links import link_to

log = structlog.get_logger()
VISITS = Counter("zhanggui_ticket_pages_total", "Visits of tickets' pages", ["end"])

_A_LOOK, _A_GUESS, _A_FORM = 1, 10, 6
_SECONDS_TO_COME_BACK = "60"


class NoPage(Exception):
    """There is nothing to show; `key` is the text that says so, `status` what HTTP calls it."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


@dataclass(frozen=True, slots=True)
class TicketDoor:
    """Answers under /t/<token>."""

    desk: Desk
    links: TicketLinks
    pages: Pages
    acts: Acts
    limit: Limit
    public_url: str
    proxies: int = 0

    def routes(self) -> list[web.RouteDef]:
        """GET and HEAD show, POST does; 404 and 410 look the same and tell nothing."""
        path = f"{PATH}/{{token}}"
        return [
            *asset_routes(PATH),
            web.get(path, self._show),
            web.post(path, self._take),
            web.route("*", path, self._refuse),
        ]

    async def _show(self, request: web.Request) -> web.Response:
        try:
            return await self._shown(request)
        except NoPage as none:
            return self._none(none)

    async def _take(self, request: web.Request) -> web.Response:
        try:
            return await self._taken(request)
        except NoPage as none:
            return self._none(none)

    async def _refuse(self, _request: web.Request) -> web.Response:
        answer = self._none(NoPage(405, "page.refused"))
        answer.headers["Allow"] = "GET, HEAD, POST"
        return answer

    async def _shown(self, request: web.Request) -> web.Response:
        self._count(request, _A_LOOK)
        facts = await self._facts(request)
        said = request.query.get("said", "")
        html = self.pages.ticket(
            facts,
            request.match_info["token"],
            said=said if said in SAID else "",
            onward=self._onward(facts),
        )
        mark = hashlib.sha256(html.encode()).hexdigest()[:24]
        known = {each.value for each in request.if_none_match or ()}
        VISITS.labels("same" if mark in known else "shown").inc()
        answer = _same() if mark in known else _page(html)
        answer.etag = ETag(mark)
        return answer

    async def _taken(self, request: web.Request) -> web.Response:
        self._count(request, _A_FORM)
        if not is_our_form(request, self.public_url):
            raise NoPage(403, "page.refused")
        try:
            form = await read_form(request)
        except Unreadable:
            raise NoPage(400, "page.refused") from None
        facts = await self._facts(request)
        try:
            said = await self.acts.act(facts, form)
        except Unavailable as error:
            raise _away(error) from error
        VISITS.labels(said).inc()
        # Relative: behind a proxy the page may lie elsewhere than here.
        place = f"{request.match_info['token']}?said={said}"
        return secured(web.Response(status=303, headers={"Location": place}))

    async def _facts(self, request: web.Request) -> Facts:
        link = self.links.read(request.match_info["token"])
        if link is None:
            self._count(request, _A_GUESS)
            raise NoPage(404, "page.none")
        try:
            facts = await read_facts(link, self.desk, self.desk.clock.now())
        except LinkIsOver:
            raise NoPage(410, "page.none") from None
        except Unavailable as error:
            raise _away(error) from error
        if facts is None:
            raise NoPage(404, "page.none")
        return facts

    def _count(self, request: web.Request, cost: int) -> None:
        if not self.proxies and "X-Forwarded-For" in request.headers:
            _warn_of_proxy()
        if self.limit.wait(address_of(request, self.proxies), cost):
            raise NoPage(429, "page.busy")

    def _onward(self, facts: Facts) -> str:
        """The token of the page that goes on instead."""
        return self.links.token(link_to(facts.onward)) if facts.onward else ""

    def _none(self, none: NoPage) -> web.Response:
        VISITS.labels(none.key.removeprefix("page.")).inc()
        answer = _page(self.pages.none(none.key), none.status)
        if none.status in (429, 503):
            answer.headers["Retry-After"] = _SECONDS_TO_COME_BACK
        return answer


@cache
def _warn_of_proxy() -> None:
    """Say it once: all visitors of one proxy share the looks of one address."""
    log.warning("ticket_page.unknown_proxy", help="set TRUSTED_PROXIES")


def _page(html: str, status: int = 200) -> web.Response:
    return secured(web.Response(text=html, content_type="text/html", status=status))


def _same() -> web.Response:
    return secured(web.Response(status=304))


def _away(error: Unavailable) -> NoPage:
    log.warning("ticket_page.away", code=error.code)
    return NoPage(503, "page.away")
