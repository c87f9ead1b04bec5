"""The HTTP side of the fake WeChat Store: the real gateway's checks in order, HTTP 200 for all."""

import json
from collections.abc import AsyncIterator, Mapping

import aiohttp
from aiohttp import web

from sandbox.clock import Clock
from sandbox.shops import pictures
from sandbox.shops.control_page import answer, obey
from sandbox.shops.senders import SENDER
from sandbox.shops.wechat_store import aftersales, coupons, members, orders, products
from sandbox.shops.wechat_store.api import Api
from sandbox.shops.wechat_store.credentials import from_environment
from sandbox.shops.wechat_store.errors import WechatError, named
from sandbox.shops.wechat_store.params import Params
from sandbox.shops.wechat_store.push import Pusher, compose, compose_scarce
from sandbox.shops.wechat_store.shop import WechatStoreShop
from sandbox.shops.wire import Json
from sandbox.shops.wishes import SetStock

SCARCE = 5
"""The platform warns when a fifth of what was last put in is left."""


def basics(_shop: WechatStoreShop, _params: Params) -> Json:
    """basics/info/get, the one interface that is asked by GET."""
    info = {"nickname": "小满母婴", "headimg_url": "", "subject_type": "企业", "status": "open"}
    return {"info": info}


ALL: tuple[Api, ...] = (
    Api("basics/info/get", basics, is_post=False),
    *products.APIS,
    *orders.APIS,
    *aftersales.APIS,
    *members.APIS,
    *coupons.APIS,
)
BY_PATH = {api.path: api for api in ALL}


def application(clock: Clock, env: Mapping[str, str]) -> web.Application:
    """The fake to mount; its credentials come from the environment."""
    return Gateway(WechatStoreShop(clock, from_environment(env))).application()


class Gateway:
    """Token, API calls and control."""

    def __init__(self, shop: WechatStoreShop) -> None:
        self._shop = shop
        self._pusher: Pusher | None = None

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /wechat_store."""
        app = web.Application()
        app[SENDER] = self._shop
        app.cleanup_ctx.append(self._open_pusher)
        app.add_routes(
            [
                web.route("*", "/cgi-bin/stable_token", self._token),
                web.route("*", "/channels/ec/{path:.*}", self._call),
                web.get("/_control", self._mood),
                web.post("/_control", self._control),
                web.get("/img/{item}.svg", self._picture),
                web.get("/goods/{item}", self._page),
            ]
        )
        return app

    async def _open_pusher(self, _app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            self._pusher = Pusher(self._shop, session)
            yield

    async def _token(self, request: web.Request) -> web.StreamResponse:
        if await self._shop.faults.suffer(request):
            return web.Response()
        try:
            if request.method != "POST":
                raise named("need_post")
            body = self._grant(Params.parse(await request.text()))
        except WechatError as error:
            body = error.body()
        return await self._shop.faults.send(request, json.dumps(body))

    def _grant(self, params: Params) -> Json:
        keys, force = self._shop.keys, params.flag("force_refresh")
        if params.required("grant_type") != "client_credential":
            raise WechatError(40002, "invalid grant_type")
        if params.required("appid") != keys.app_id:
            raise WechatError(40013, "invalid appid")
        if params.required("secret") != keys.app_secret:
            raise WechatError(40125, "invalid appsecret")
        params.finish()
        now = self._shop.clock.now()
        grant = self._shop.tokens.get(now, force=force)
        left = int((grant.ends - now).total_seconds())
        return {"access_token": grant.value, "expires_in": left}

    async def _call(self, request: web.Request) -> web.StreamResponse:
        shop, path = self._shop, request.match_info["path"]
        if await shop.faults.suffer(request):
            return web.Response()
        mount = request.path.removesuffix(f"/channels/ec/{path}")
        shop.public = f"{request.url.origin()}{mount}"
        try:
            body: Json = {"errcode": 0, "errmsg": "ok", **self._run(request, await request.text())}
        except WechatError as error:
            body = error.body()
        return await shop.faults.send(request, json.dumps(body, ensure_ascii=False))

    def _run(self, request: web.Request, text: str) -> Json:
        shop, now = self._shop, self._shop.clock.now()
        api = BY_PATH.get(request.match_info["path"])
        if api is None:
            raise named("url")
        if request.method != ("POST" if api.is_post else "GET"):
            raise named("need_post" if api.is_post else "need_get")
        shop.tokens.check(request.query.get("access_token", ""), now)
        if shop.faults.too_fast(now):
            raise named("rate_limit")
        shop.faults.calls[api.path] += 1
        _fail_as_planned(shop.faults.next_failure(api.path))
        params = Params.parse(text) if api.is_post else Params({})
        found = api.run(shop, params)
        params.finish()
        return found

    async def _mood(self, _request: web.Request) -> web.Response:
        pushed: list[Json] = [
            {
                "type": message.event,
                "body": message.body,
                "send_count": message.send_count,
                "delivered": message.delivered,
            }
            for message in (self._pusher.sent if self._pusher else [])
        ]
        return answer({**self._shop.faults.as_json(), "pushed": pushed})

    async def _control(self, request: web.Request) -> web.Response:
        wish, changes = await obey(self._shop, request)
        if self._pusher:
            for change in changes:
                await self._pusher.push(compose(self._shop, change))
            if wish.stock:
                await self._warn(self._pusher, wish.stock)
            if wish.repush:
                await self._pusher.push_again()
        return await self._mood(request)

    async def _warn(self, pusher: Pusher, wish: SetStock) -> None:
        item, sku = str(wish.item), int(wish.sku)
        full = self._shop.full.get((item, sku), 0)
        if wish.quantity * SCARCE <= full:
            await pusher.push(compose_scarce(self._shop, item, sku, wish.quantity))

    async def _picture(self, request: web.Request) -> web.Response:
        return pictures.picture(self._shop.shelf, request)

    async def _page(self, request: web.Request) -> web.Response:
        return pictures.page(self._shop.shelf, request)


def _fail_as_planned(error: object | None) -> None:
    if error is None:
        return
    if isinstance(error, Mapping):
        raise WechatError(int(str(error.get("errcode", -1))), str(error.get("errmsg", "planned")))
    raise named(str(error))
