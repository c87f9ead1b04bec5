"""The HTTP side of the fake Kuaishou: GET /open/…, the token office, pictures, pages, control."""

import hmac
import json
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from aiohttp import web

from sandbox.clock import Clock
from sandbox.shops import pictures
from sandbox.shops.control_page import answer, obey
from sandbox.shops.kuaishou import items, orders, refunds
from sandbox.shops.kuaishou.api import Api
from sandbox.shops.kuaishou.credentials import from_environment
from sandbox.shops.kuaishou.errors import KuaishouError, named
from sandbox.shops.kuaishou.grants import ACCESS_LIFE
from sandbox.shops.kuaishou.params import Params
from sandbox.shops.kuaishou.shop import KuaishouShop
from sandbox.shops.kuaishou.signing import sign
from sandbox.shops.senders import SENDER
from sandbox.shops.wire import Json

ALL: tuple[Api, ...] = (*items.APIS, *orders.APIS, *refunds.APIS)
BY_PATH = {api.method.replace(".", "/"): api for api in ALL}
MAX_SKEW = timedelta(minutes=10)
REFRESH = "oauth2.refresh_token"
_SYSTEM = frozenset(
    {"appkey", "method", "version", "timestamp", "access_token", "signMethod", "param", "sign"}
)
_FORM = "application/x-www-form-urlencoded"


class Gateway:
    """Calls and control."""

    def __init__(self, shop: KuaishouShop) -> None:
        self._shop = shop

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /kuaishou."""
        app = web.Application()
        app[SENDER] = self._shop
        app.add_routes(
            [
                web.get("/open/{path:.+}", self._call),
                web.post("/oauth2/refresh_token", self._refresh),
                web.get("/_control", self._mood),
                web.post("/_control", self._control),
                web.get("/img/{item}.svg", self._picture),
                web.get("/goods/{item}", self._page),
            ]
        )
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if await self._shop.faults.suffer(request):
            return web.Response()
        path, query = f"open/{request.match_info['path']}", dict(request.query)
        return await self._answer(request, lambda: self._run(path, query))

    async def _answer(self, request: web.Request, run: Callable[[], Json]) -> web.StreamResponse:
        try:
            body = {"result": 1, "code": "1", "msg": "成功", **run()}
        except KuaishouError as error:
            body = error.body()
        body["requestId"] = uuid.uuid4().hex
        return await self._shop.faults.send(request, json.dumps(body, ensure_ascii=False))

    def _run(self, path: str, query: Mapping[str, str]) -> Json:
        shop = self._shop
        api = self._let_in(path, query)
        if shop.faults.too_fast(shop.clock.now()):
            raise named("rate_limit")
        shop.faults.calls[api.method] += 1
        _fail_as_planned(shop.faults.next_failure(api.method))
        return {"data": api.run(shop, Params.parse(query["param"]))}

    def _let_in(self, path: str, query: Mapping[str, str]) -> Api:
        api = BY_PATH.get(path)
        if api is None or query.get("method") != api.method:
            raise KuaishouError(10, "API不存在")
        if query.keys() != _SYSTEM or query["version"] != "1":
            raise KuaishouError(11, "公共参数缺失或多余")
        keys = self._shop.credentials
        if query["appkey"] != keys.app_key or query["signMethod"] not in ("MD5", "HMAC_SHA256"):
            raise KuaishouError(12, "appkey或signMethod无效")
        self._check_time(query["timestamp"])
        right = sign(query, keys.sign_secret, query["signMethod"])
        if not hmac.compare_digest(query["sign"].encode(), right.encode()):
            raise KuaishouError(14, "签名校验失败")
        if not self._shop.grants.lets_in(query["access_token"], self._shop.clock.now()):
            raise named("token")
        return api

    def _check_time(self, timestamp: str) -> None:
        """Unix milliseconds, thirteen digits, near to now."""
        is_millis = timestamp.isascii() and timestamp.isdecimal() and len(timestamp) == 13
        at = datetime.fromtimestamp(int(timestamp) / 1000, UTC) if is_millis else None
        if at is None or abs(at - self._shop.clock.now()) > MAX_SKEW:
            raise KuaishouError(13, "timestamp无效")

    async def _refresh(self, request: web.Request) -> web.StreamResponse:
        if await self._shop.faults.suffer(request):
            return web.Response()
        self._shop.faults.calls[REFRESH] += 1
        form = {name: str(value) for name, value in (await request.post()).items()}
        if request.query or request.content_type != _FORM:
            form = {}
        return await self._answer(request, lambda: self._refreshed(form))

    def _refreshed(self, form: Mapping[str, str]) -> Json:
        keys, grants, now = self._shop.credentials, self._shop.grants, self._shop.clock.now()
        _fail_as_planned(self._shop.faults.next_failure(REFRESH))
        if form.keys() != {"grant_type", "refresh_token", "app_id", "app_secret"}:
            raise KuaishouError(100200100, "invalid_request")
        if (form["app_id"], form["app_secret"]) != (keys.app_key, keys.app_secret):
            raise KuaishouError(100200101, "unauthorized_client")
        if form["grant_type"] != "refresh_token":
            raise KuaishouError(100200104, "unsupported_grant_type")
        access_token = grants.refresh(form["refresh_token"], now)
        return {
            "access_token": access_token,
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "refresh_token": grants.refresh_token,
            "refresh_token_expires_in": int((grants.ends - now).total_seconds()),
            "scopes": ["merchant_item", "merchant_order", "merchant_refund"],
        }

    async def _mood(self, _request: web.Request) -> web.Response:
        return answer(self._shop.faults.as_json())

    async def _control(self, request: web.Request) -> web.Response:
        await obey(self._shop, request)
        return await self._mood(request)

    async def _picture(self, request: web.Request) -> web.Response:
        return pictures.picture(self._shop.shelf, request)

    async def _page(self, request: web.Request) -> web.Response:
        return pictures.page(self._shop.shelf, request)


def _fail_as_planned(error: object | None) -> None:
    if error is None:
        return
    if isinstance(error, Mapping):
        raise KuaishouError(int(str(error.get("result", 0))), str(error.get("error_msg", "")))
    raise named(str(error))


def application(clock: Clock, env: Mapping[str, str]) -> web.Application:
    """The fake shop, to be mounted under /kuaishou."""
    return Gateway(KuaishouShop(clock, from_environment(env))).application()
