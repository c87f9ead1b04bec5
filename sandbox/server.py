"""Puts the sandbox together: the fake WeCom, the shops, the control API and the page."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from aiohttp import web

from sandbox import carriers, people, shops
from sandbox.bot_watch import BotWatch
from sandbox.clock import Clock
from sandbox.control import customers, staff, stream, time_travel, world
from sandbox.control.load import Load
from sandbox.model import ChatModel
from sandbox.settings import Settings
from sandbox.shops.senders import SENDER
from sandbox.wecom import api, history, media_http, webhook
from sandbox.wecom.corp import Corp, found

PAGE = Path(__file__).parent / "page"
CORP = web.AppKey("corp", Corp)
MOST_BODY_BYTES = 25 * 1024 * 1024


def build_app(
    settings: Settings, clock: Clock | None = None, *, with_shops: bool = True
) -> web.Application:
    """The whole sandbox as one aiohttp application; the shops take a while to read their seeds."""
    the_clock = clock if clock is not None else Clock()
    who = people.load(settings.people)
    corp = found(settings, the_clock, who)
    history.seed(corp, who.customers)
    watch = BotWatch(corp)
    load = Load(corp)
    app = web.Application(client_max_size=MOST_BODY_BYTES)
    app[CORP] = corp
    app.add_routes(media_http.routes(corp))
    app.add_routes(webhook.routes(corp))
    app.add_routes(api.routes(corp))
    app.add_routes(customers.routes(corp))
    app.add_routes(staff.routes(corp))
    app.add_routes(stream.routes(corp))
    app.add_routes(time_travel.routes(corp))
    app.add_routes(world.routes(corp, watch))
    app.add_routes(load.routes())
    app.add_routes(ChatModel().routes())
    app.add_routes([web.get("/", _page), web.static("/page", PAGE)])
    if with_shops:
        _mount_shops(app, the_clock)
    app.on_response_prepare.append(_keep_nothing)
    app.cleanup_ctx.append(_running(corp, watch, load))
    return app


def _mount_shops(app: web.Application, clock: Clock) -> None:
    gateways = shops.applications(clock)
    senders = [each[SENDER] for each in gateways.values() if SENDER in each]
    for prefix, application in (gateways | carriers.applications(clock, senders)).items():
        app.add_subapp(prefix, application)


def _running(
    corp: Corp, watch: BotWatch, load: Load
) -> Callable[[web.Application], AsyncIterator[None]]:
    async def running(app: web.Application) -> AsyncIterator[None]:
        await corp.courier.open()
        watching = asyncio.create_task(watch.run())
        yield
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await load.close()
        await corp.courier.close()

    return running


async def _page(request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-store"})


async def _keep_nothing(request: web.Request, response: web.StreamResponse) -> None:
    # A browser that keeps an old script would show an old page after an update.
    if request.path.startswith("/page/"):
        response.headers["Cache-Control"] = "no-cache"
