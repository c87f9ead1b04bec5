"""The HTTP side of the fake TOP: POST /router/rest, every refusal an error_response in HTTP 200."""

import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import timedelta

from aiohttp import web

from sandbox.shops import pictures
from sandbox.shops.control_page import answer, obey
from sandbox.shops.senders import SENDER
from sandbox.shops.taobao import (
    items,
    logistics,
    members,
    messages,
    promotions,
    refunds,
    sessions,
    trades,
)
from sandbox.shops.taobao.api import Api
from sandbox.shops.taobao.errors import TopError, named
from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shapes import encode
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.taobao.signing import sign
from sandbox.shops.wire import Json, from_beijing

ALL: tuple[Api, ...] = (
    *items.APIS,
    *trades.APIS,
    *logistics.APIS,
    *refunds.APIS,
    *promotions.APIS,
    *members.APIS,
    *messages.APIS,
    *sessions.APIS,
)
BY_NAME = {api.method: api for api in ALL}
MAX_SKEW = timedelta(minutes=10)


class Gateway:
    """Calls and control."""

    def __init__(self, shop: TaobaoShop) -> None:
        self._shop = shop

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /taobao."""
        app = web.Application()
        app[SENDER] = self._shop
        app.add_routes(
            [
                web.post("/router/rest", self._call),
                web.get("/_control", self._mood),
                web.post("/_control", self._control),
                web.get("/img/{item}.svg", self._picture),
                web.get("/goods/{item}", self._page),
            ]
        )
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        shop, request_id = self._shop, uuid.uuid4().hex[:12]
        if await shop.faults.suffer(request):
            return web.Response()
        shop.public = f"{request.url.origin()}{request.path.removesuffix('/router/rest')}"
        form = await request.post()
        params = {key: value for key, value in form.items() if isinstance(value, str)}
        params |= dict(request.query)
        try:
            body = self._run(params, request_id)
        except TopError as error:
            body = error.body(request_id)
        return await shop.faults.send(request, json.dumps(body, ensure_ascii=False))

    def _run(self, params: Mapping[str, str], request_id: str) -> Json:
        shop = self._shop
        api = self._let_in(params)
        if shop.faults.too_fast(shop.clock.now()):
            raise named("rate_limit")
        shop.faults.calls[api.method] += 1
        _fail_as_planned(shop.faults.next_failure(api.method))
        simplify = params.get("simplify") == "true"
        result = encode(api.run(shop, Form(params)), simplify=simplify)
        result["request_id"] = request_id
        return result if simplify else {api.response_key: result}

    def _let_in(self, params: Mapping[str, str]) -> Api:
        """The checks before any method. Raises TopError 21 to 33."""
        if not params.get("method"):
            raise TopError(21, "Missing Method")
        api = BY_NAME.get(params["method"])
        if api is None:
            raise TopError(22, "Invalid Method", "isv.invalid-method", "方法不存在")
        self._check_app(params)
        self._check_signature(params)
        if api.needs_session:
            self._check_session(params.get("session", ""))
        return api

    def _check_session(self, session: str) -> None:
        if not session:
            raise TopError(26, "Missing Session")
        if session != self._shop.sessions.valid:
            raise named("session")

    def _check_app(self, params: Mapping[str, str]) -> None:
        if not params.get("app_key"):
            raise TopError(28, "Missing App Key")
        if params["app_key"] != self._shop.credentials.app_key:
            raise TopError(29, "Invalid App Key", "isv.appkey-not-exists", "应用不存在")
        if not params.get("v"):
            raise TopError(32, "Missing Version")
        if params["v"] != "2.0":
            raise TopError(33, "Invalid Version")
        if params.get("format", "json") != "json":
            raise TopError(23, "Invalid Format")
        if not params.get("timestamp"):
            raise TopError(30, "Missing Timestamp")
        self._check_time(params["timestamp"])

    def _check_time(self, timestamp: str) -> None:
        try:
            skew = abs(from_beijing(timestamp) - self._shop.clock.now())
        except ValueError as error:
            raise TopError(31, "Invalid Timestamp") from error
        if skew > MAX_SKEW:
            raise TopError(31, "Invalid Timestamp", "isv.invalid-timestamp", "时间戳超出允许范围")

    def _check_signature(self, params: Mapping[str, str]) -> None:
        given = params.get("sign")
        if not given:
            raise TopError(24, "Missing Signature")
        method = params.get("sign_method", "md5")
        try:
            right = sign(params, self._shop.credentials.app_secret, method)
        except ValueError as error:
            raise TopError(25, "Invalid signature") from error
        if not hmac.compare_digest(given.encode(), right.encode()):
            raise TopError(25, "Invalid signature")

    async def _mood(self, _request: web.Request) -> web.Response:
        return answer(self._shop.faults.as_json())

    async def _control(self, request: web.Request) -> web.Response:
        wish, changes = await obey(self._shop, request)
        queue, now = self._shop.messages, self._shop.clock.now()
        for topic, content in messages.news(self._shop, wish, changes):
            queue.publish(topic, content, now)
        if wish.repush:
            queue.again()
        return await self._mood(request)

    async def _picture(self, request: web.Request) -> web.Response:
        return pictures.picture(self._shop.shelf, request)

    async def _page(self, request: web.Request) -> web.Response:
        return pictures.page(self._shop.shelf, request)


def _fail_as_planned(error: object | None) -> None:
    if error is None:
        return
    if isinstance(error, Mapping):
        raise TopError(
            int(str(error.get("code", 15))),
            str(error.get("msg", "Remote service error")),
            str(error.get("sub_code", "")),
            str(error.get("sub_msg", "")),
        )
    raise named(str(error))
