"""The HTTP side of the fake JD: /routerjson, the token office, pictures, pages and the control."""

import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import timedelta

from aiohttp import web

from sandbox.shops import pictures
from sandbox.shops.control_page import answer, obey
from sandbox.shops.jd import aftersales, oauth, orders, skus
from sandbox.shops.jd.api import Api
from sandbox.shops.jd.errors import JosError, named
from sandbox.shops.jd.params import Params
from sandbox.shops.jd.shop import JdShop
from sandbox.shops.jd.signing import sign
from sandbox.shops.senders import SENDER
from sandbox.shops.wire import Json, from_beijing

ALL: tuple[Api, ...] = (*skus.APIS, *orders.APIS, *aftersales.APIS)
BY_NAME = {api.method: api for api in ALL}
MAX_SKEW = timedelta(minutes=6)
REFRESH = "oauth2.refresh_token"


class Gateway:
    """Calls and control."""

    def __init__(self, shop: JdShop) -> None:
        self._shop = shop

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /jd."""
        app = web.Application()
        app[SENDER] = self._shop
        app.add_routes(
            [
                web.get("/routerjson", self._call),
                web.post("/routerjson", self._call),
                web.get("/oauth2/refresh_token", self._refresh),
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
        form = await request.post()
        params = {key: value for key, value in form.items() if isinstance(value, str)}
        params |= dict(request.query)
        try:
            body = self._run(params)
        except JosError as error:
            body = error.body()
        return await self._shop.faults.send(request, json.dumps(body, ensure_ascii=False))

    def _run(self, params: Mapping[str, str]) -> Json:
        shop = self._shop
        api = self._let_in(params)
        if shop.faults.too_fast(shop.clock.now()):
            raise named("rate_limit")
        shop.faults.calls[api.method] += 1
        _fail_as_planned(shop.faults.next_failure(api.method))
        if "360buy_param_json" not in params:
            raise JosError("43", "缺少 360buy_param_json", "no business parameters")
        result = api.run(shop, Params.parse(params["360buy_param_json"]))
        return {api.response_key: {"code": "0", "request_id": uuid.uuid4().hex, **result}}

    def _let_in(self, params: Mapping[str, str]) -> Api:
        """The checks before any method, in the order of their codes. Raises JosError 4 to 21."""
        self._check_form(params)
        if not params.get("method"):
            raise JosError("14", "缺少方法名参数", "missing method")
        api = BY_NAME.get(params["method"])
        if api is None:
            raise JosError("15", "不存在的方法名", "invalid method")
        if not params.get("access_token"):
            raise JosError("18", "缺少access_token参数", "missing access_token")
        if not self._shop.grants.lets_in(params["access_token"], self._shop.clock.now()):
            raise named("token")
        return api

    def _check_form(self, params: Mapping[str, str]) -> None:
        if not params.get("v"):
            raise JosError("4", "缺少版本参数", "missing version")
        if params["v"] != "2.0":
            raise JosError("5", "不支持的版本号", "unsupported version")
        if not params.get("timestamp"):
            raise JosError("7", "缺少时间戳参数", "missing timestamp")
        self._check_time(params["timestamp"])
        if not params.get("app_key"):
            raise JosError("20", "缺少app_key参数", "missing app_key")
        if params["app_key"] != self._shop.credentials.app_key:
            raise JosError("21", "无效app_key", "invalid app_key")
        if not params.get("sign"):
            raise JosError("11", "缺少签名参数", "missing sign")
        right = sign(params, self._shop.credentials.app_secret)
        if not hmac.compare_digest(params["sign"].encode(), right.encode()):
            raise JosError("12", "无效签名", "invalid sign")

    def _check_time(self, timestamp: str) -> None:
        try:
            skew = abs(from_beijing(timestamp) - self._shop.clock.now())
        except ValueError as error:
            raise JosError("8", "非法时间戳参数", "invalid timestamp") from error
        if skew > MAX_SKEW:
            raise JosError("8", "时间戳超出允许范围", "timestamp out of range")

    async def _refresh(self, request: web.Request) -> web.StreamResponse:
        if await self._shop.faults.suffer(request):
            return web.Response()
        self._shop.faults.calls[REFRESH] += 1
        body = oauth.refresh(self._shop, request.query)
        return await self._shop.faults.send(request, json.dumps(body, ensure_ascii=False))

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
        raise JosError(str(error.get("code", "67")), str(error.get("zh_desc", "平台抛错误")))
    raise named(str(error))
