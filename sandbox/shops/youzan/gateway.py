"""The HTTP side of the fake Youzan: the real gateway's checks in order, HTTP 200 for all."""

import json
import uuid
from collections.abc import AsyncIterator, Mapping

import aiohttp
from aiohttp import web

from sandbox.shops import pictures
from sandbox.shops.control_page import answer, obey
from sandbox.shops.senders import SENDER
from sandbox.shops.wire import Json
from sandbox.shops.youzan import coupons, customers, items, logistics, refunds, secret, trades
from sandbox.shops.youzan.api import Api
from sandbox.shops.youzan.errors import BusinessError, GatewayError, named
from sandbox.shops.youzan.grants import grant_token
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.push import Pusher, compose
from sandbox.shops.youzan.shop import YouzanShop

ALL: tuple[Api, ...] = (
    *trades.APIS,
    *refunds.APIS,
    *items.APIS,
    *logistics.APIS,
    *coupons.APIS,
    *customers.APIS,
    *secret.APIS,
)
BY_NAME = {(api.method, api.version): api for api in ALL}


class Gateway:
    """Token, API calls and control."""

    def __init__(self, shop: YouzanShop) -> None:
        self._shop = shop
        self._pusher: Pusher | None = None

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /youzan."""
        app = web.Application()
        app[SENDER] = self._shop
        app.cleanup_ctx.append(self._open_pusher)
        app.add_routes(
            [
                web.post("/auth/token", self._token),
                web.route("*", "/api/{rest:.*}", self._call),
                web.get("/_control", self._mood),
                web.post("/_control", self._control),
                web.get("/img/{item}.svg", self._picture),
                web.get("/goods/{item}", self._page),
                web.get("/coupons/{number}", self._coupon),
            ]
        )
        return app

    async def _open_pusher(self, _app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            self._pusher = Pusher(self._shop.credentials, session, self._shop.clock)
            yield
            await self._pusher.close()

    async def _token(self, request: web.Request) -> web.StreamResponse:
        if await self._shop.faults.suffer(request):
            return web.Response()
        body = grant_token(self._shop, request.content_type, await request.text())
        return await self._shop.faults.send(request, json.dumps(body, ensure_ascii=False))

    async def _call(self, request: web.Request) -> web.StreamResponse:
        shop, trace_id = self._shop, f"yz7-{uuid.uuid4().hex[:16]}"
        if await shop.faults.suffer(request):
            return web.Response()
        mount = request.path.removesuffix(f"/api/{request.match_info['rest']}")
        shop.public = f"{request.url.origin()}{mount}"
        try:
            body = self._run(request, await request.text(), trace_id)
        except GatewayError as error:
            body = error.body(trace_id)
        return await shop.faults.send(request, json.dumps(body, ensure_ascii=False))

    def _run(self, request: web.Request, text: str, trace_id: str) -> Json:
        shop, now = self._shop, self._shop.clock.now()
        api = _route(request.match_info["rest"])
        if request.method != "POST" or request.content_type != "application/json":
            kind = f"httpMethod:{request.method}, contentType:{request.content_type}"
            raise GatewayError(4007, f"非法的请求姿势，{kind}")
        shop.tokens.check(request.query.get("access_token", ""), now)
        if shop.faults.too_fast(now):
            raise named("rate_limit")
        shop.faults.calls[api.method] += 1
        try:
            _fail_as_planned(shop.faults.next_failure(api.method))
            return api.success(api.run(shop, _params(text)), trace_id)
        except BusinessError as error:
            return api.refusal(error, trace_id)

    async def _mood(self, _request: web.Request) -> web.Response:
        pushed: list[Json] = []
        if self._pusher:
            pushed = [
                {
                    "type": message.event,
                    "id": message.body["id"],
                    "send_count": message.send_count,
                    "delivered": message.delivered,
                }
                for message in self._pusher.sent
            ]
        return answer({**self._shop.faults.as_json(), "pushed": pushed})

    async def _control(self, request: web.Request) -> web.Response:
        wish, changes = await obey(self._shop, request)
        if self._pusher:
            for change in changes:
                await self._pusher.push(compose(self._shop, change))
            if wish.repush:
                await self._pusher.push_again()
        return await self._mood(request)

    async def _picture(self, request: web.Request) -> web.Response:
        return pictures.picture(self._shop.shelf, request)

    async def _page(self, request: web.Request) -> web.Response:
        return pictures.page(self._shop.shelf, request)

    async def _coupon(self, request: web.Request) -> web.Response:
        return pictures.coupon(self._shop.vouchers, request)


def _route(rest: str) -> Api:
    parts = rest.strip("/").split("/")
    if len(parts) != 2 or not all(parts):
        raise GatewayError(4001, "非法请求地址")
    api = BY_NAME.get((parts[0], parts[1]))
    if api is None:
        raise named("unknown_api")
    return api


def _params(text: str) -> Params:
    try:
        data: object = json.loads(text or "{}")
    except ValueError as error:
        raise GatewayError(4008, "请求体不是合法的JSON") from error
    if not isinstance(data, dict):
        raise GatewayError(4008, "请求体不是JSON对象")
    return Params(data)


def _fail_as_planned(error: object | None) -> None:
    if error is None:
        return
    if isinstance(error, Mapping):
        code, message = int(str(error.get("code", 5001))), str(error.get("msg", "planned"))
        if error.get("style") == "gateway":
            raise GatewayError(code, message)
        raise BusinessError(code, message)
    raise named(str(error))
