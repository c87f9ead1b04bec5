"""The HTTP side of the fake Pinduoduo: one address, every refusal an error_response in HTTP 200."""

import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from aiohttp import web

from sandbox.shops import pictures
from sandbox.shops.control_page import answer, obey
from sandbox.shops.pinduoduo import access, goods, logistics, orders, refunds
from sandbox.shops.pinduoduo.api import Api
from sandbox.shops.pinduoduo.errors import PddError, bad_public, named
from sandbox.shops.pinduoduo.form import Form
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from sandbox.shops.pinduoduo.signing import sign
from sandbox.shops.senders import SENDER
from sandbox.shops.wire import Json

ALL: tuple[Api, ...] = (
    *access.APIS,
    *goods.APIS,
    *orders.APIS,
    *refunds.APIS,
    *logistics.APIS,
)
BY_TYPE = {api.type: api for api in ALL}
MAX_SKEW = timedelta(minutes=10)
ROUTER = "/api/router"


class Gateway:
    """Calls, messages and control."""

    def __init__(self, shop: PinduoduoShop) -> None:
        self._shop = shop

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /pinduoduo."""
        app = web.Application()
        app[SENDER] = self._shop
        app.add_routes(
            [
                web.post(ROUTER, self._call),
                web.get("/message/{client_id}/{millis}/{sign}", self._shop.messages.serve),
                web.get("/_control", self._mood),
                web.post("/_control", self._control),
                web.get("/img/{item}.svg", self._picture),
                web.get("/goods/{item}", self._page),
                web.get("/goods.html", self._shared_page),
            ]
        )
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        shop, request_id = self._shop, uuid.uuid4().hex[:20]
        if await shop.faults.suffer(request):
            return web.Response()
        shop.public = f"{request.url.origin()}{request.path.removesuffix(ROUTER)}"
        try:
            body = self._run(await _params(request), request_id)
        except PddError as error:
            body = error.body(request_id)
        return await shop.faults.send(request, json.dumps(body, ensure_ascii=False))

    def _run(self, params: Mapping[str, str], request_id: str) -> Json:
        shop, now = self._shop, self._shop.clock.now()
        api = self._let_in(params)
        if shop.faults.too_fast(now) or shop.limits.is_reached(api.type, now):
            raise named("rate_limit")
        shop.faults.calls[api.type] += 1
        _fail_as_planned(shop.faults.next_failure(api.type))
        return {api.answers_in: {**api.run(shop, Form(params)), "request_id": request_id}}

    def _let_in(self, params: Mapping[str, str]) -> Api:
        """The checks before any method. Raises PddError 10001, 10016, 10017, 10019, 20004."""
        _check_form(params)
        api = BY_TYPE.get(params["type"])
        if api is None:
            raise PddError(10017, "type不正确")
        if params["client_id"] != self._shop.credentials.client_id:
            raise PddError(10016, "client下线或者clientId不正确")
        self._check_time(params["timestamp"])
        right = sign(params, self._shop.credentials.client_secret)
        if not hmac.compare_digest(params["sign"].encode(), right.encode()):
            raise PddError(20004, "签名sign校验失败")
        if api.needs_token:
            if not params.get("access_token"):
                raise bad_public("access_token", "不能为空")
            self._shop.tokens.check(params["access_token"], self._shop.clock.now())
        return api

    def _check_time(self, timestamp: str) -> None:
        """Unix seconds, ten minutes off at most."""
        if not timestamp.isdecimal() or len(timestamp) != 10:
            raise bad_public("timestamp", "应为秒级时间戳")
        skew = abs(datetime.fromtimestamp(int(timestamp), UTC) - self._shop.clock.now())
        if skew > MAX_SKEW:
            raise bad_public("timestamp", "与当前时间相差超过10分钟")

    async def _mood(self, _request: web.Request) -> web.Response:
        shop = self._shop
        return answer(
            {
                **shop.faults.as_json(),
                "lag_seconds": shop.lag.total_seconds(),
                "refreshed": shop.tokens.refreshed,
                "pushed": shop.messages.as_json(),
            }
        )

    async def _control(self, request: web.Request) -> web.Response:
        wish, changes = await obey(self._shop, request)
        if wish.lag_seconds is not None:
            self._shop.lag = timedelta(seconds=wish.lag_seconds)
        for change in changes:
            await self._shop.messages.tell(change)
        if wish.repush:
            await self._shop.messages.tell_again()
        return await self._mood(request)

    async def _picture(self, request: web.Request) -> web.Response:
        return pictures.picture(self._shop.shelf, request)

    async def _page(self, request: web.Request) -> web.Response:
        return pictures.page(self._shop.shelf, request)

    async def _shared_page(self, request: web.Request) -> web.Response:
        """The address that people share: goods.html?goods_id=…"""
        goods_id = request.query.get("goods_id", "")
        raise web.HTTPFound(f"goods/{goods_id if goods_id.isdecimal() else '0'}")


async def _params(request: web.Request) -> dict[str, str]:
    """A form, or a flat JSON object whose values are texts and numbers (objects as JSON texts)."""
    if request.content_type != "application/json":
        form = await request.post()
        return {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        raw: object = json.loads(await request.text())
    except ValueError as error:
        raise bad_public("body", "不是JSON") from error
    if not isinstance(raw, dict):
        raise bad_public("body", "不是JSON对象")
    return {name: _text(name, value) for name, value in raw.items()}


def _check_form(params: Mapping[str, str]) -> None:
    for name in ("type", "client_id", "timestamp", "sign"):
        if not params.get(name):
            raise bad_public(name, "不能为空")
    for name, only in (("data_type", "JSON"), ("version", "V1")):
        if params.get(name, only) != only:
            raise bad_public(name, f"只支持{only}")
    if empty := [name for name, value in params.items() if not value]:
        raise bad_public(empty[0], "空值不能参与签名，请不要传")


def _text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int):
        return str(value)
    raise bad_public(name, "对象和数组要写成JSON字符串")


def _fail_as_planned(error: object | None) -> None:
    if error is None:
        return
    if isinstance(error, Mapping):
        raise PddError(
            int(str(error.get("code", 50001))),
            str(error.get("msg", "业务服务错误")),
            str(error.get("sub_msg", "")),
        )
    raise named(str(error))
