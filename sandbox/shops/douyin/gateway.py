"""The HTTP side of the fake Douyin: POST /{area}/{method}, every refusal in HTTP 200."""

import hmac
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta

import aiohttp
from aiohttp import web

from sandbox.shops import pictures
from sandbox.shops.control_page import answer, obey
from sandbox.shops.douyin import after_sales, carriers, grants, logistics, orders, products
from sandbox.shops.douyin.api import Api
from sandbox.shops.douyin.errors import (
    DouyinError,
    invalid,
    invalid_common,
    missing_common,
    named,
)
from sandbox.shops.douyin.params import Params
from sandbox.shops.douyin.push import Pusher, compose
from sandbox.shops.douyin.shop import DouyinShop
from sandbox.shops.douyin.signing import is_tidy, sign
from sandbox.shops.senders import SENDER
from sandbox.shops.wire import Json, from_beijing

ALL: tuple[Api, ...] = (
    *grants.APIS,
    *orders.APIS,
    *after_sales.APIS,
    *products.APIS,
    *logistics.APIS,
    *carriers.APIS,
)
BY_NAME = {api.method: api for api in ALL}
MAX_SKEW = timedelta(minutes=10)
REQUIRED = ("app_key", "method", "timestamp", "v", "sign")


class Gateway:
    """Calls and control."""

    def __init__(self, shop: DouyinShop) -> None:
        self._shop = shop
        self._pusher: Pusher | None = None

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /douyin."""
        app = web.Application()
        app[SENDER] = self._shop
        app.cleanup_ctx.append(self._open_pusher)
        app.add_routes(
            [
                web.get("/_control", self._mood),
                web.post("/_control", self._control),
                web.get("/img/{item}.svg", self._picture),
                web.get("/goods/{item}", self._page),
                web.post("/{area}/{name}", self._call),
            ]
        )
        return app

    async def _open_pusher(self, _app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            self._pusher = Pusher(self._shop.keys, session)
            yield

    async def _call(self, request: web.Request) -> web.StreamResponse:
        shop, log_id = self._shop, uuid.uuid4().hex
        if await shop.faults.suffer(request):
            return web.Response()
        path = f"{request.match_info['area']}/{request.match_info['name']}"
        shop.public = f"{request.url.origin()}{request.path.removesuffix(f'/{path}')}"
        try:
            data = self._run(request.query, path, await request.text())
            body: Json = {
                "code": 10000,
                "msg": "success",
                "sub_code": "",
                "sub_msg": "",
                "log_id": log_id,
                "data": data,
            }
        except DouyinError as error:
            body = error.body(log_id)
        return await shop.faults.send(request, json.dumps(body, ensure_ascii=False))

    def _run(self, query: Mapping[str, str], path: str, body: str) -> object:
        shop, now = self._shop, self._shop.clock.now()
        api = self._let_in(query, path, body)
        if api.needs_token:
            shop.tokens.check(query.get("access_token", ""), now)
        if shop.faults.too_fast(now):
            raise named("rate_limit")
        shop.faults.calls[api.method] += 1
        _fail_as_planned(shop.faults.next_failure(api.method))
        return api.run(shop, Params(_object(body)))

    def _let_in(self, query: Mapping[str, str], path: str, body: str) -> Api:
        """The checks before any method. Raises DouyinError 40001, 40003."""
        for name in REQUIRED:
            if not query.get(name):
                raise missing_common(name)
        api = BY_NAME.get(query["method"])
        if api is None or path != query["method"].replace(".", "/"):
            raise invalid_common("method", "接口不存在，或与请求路径不一致")
        if query["app_key"] != self._shop.keys.app_key:
            raise invalid_common("app_key", "app_key不存在")
        if query["v"] != "2":
            raise invalid_common("v", "版本号应为2")
        self._check_time(query["timestamp"])
        self._check_signature(query, body)
        return api

    def _check_time(self, timestamp: str) -> None:
        try:
            if timestamp.isdecimal():
                moment = datetime.fromtimestamp(int(timestamp), UTC)
            else:
                moment = from_beijing(timestamp)
        except (ValueError, OverflowError) as error:
            raise invalid_common("timestamp", "时间戳格式错误") from error
        if abs(moment - self._shop.clock.now()) > MAX_SKEW:
            raise invalid_common("timestamp", "时间戳与服务器时间相差超过10分钟")

    def _check_signature(self, query: Mapping[str, str], body: str) -> None:
        _object(body)
        if not is_tidy(body):
            raise named("signature")
        try:
            right = sign(query, body, self._shop.keys.app_secret)
        except ValueError as error:
            raise invalid_common("sign_method", "签名方法不支持") from error
        if not hmac.compare_digest(query["sign"].encode(), right.encode()):
            raise named("signature")

    async def _mood(self, _request: web.Request) -> web.Response:
        sent = self._pusher.sent if self._pusher else []
        pushed = [
            {
                "tag": message.tag,
                "msg_id": message.msg_id,
                "send_count": message.send_count,
                "delivered": message.delivered,
            }
            for message in sent
        ]
        return answer({**self._shop.faults.as_json(), "pushed": pushed})

    async def _control(self, request: web.Request) -> web.Response:
        wish, changes = await obey(self._shop, request)
        for change in changes:
            if change.refund is None:
                self._shop.note_move(change.order)
        if self._pusher:
            for change in changes:
                now = self._shop.clock.now().isoformat(timespec="seconds")
                await self._pusher.push(compose(self._shop, change), now)
            if wish.repush:
                await self._pusher.push_again()
        return await self._mood(request)

    async def _picture(self, request: web.Request) -> web.Response:
        return pictures.picture(self._shop.shelf, request)

    async def _page(self, request: web.Request) -> web.Response:
        return pictures.page(self._shop.shelf, request)


def _object(body: str) -> dict[str, object]:
    try:
        data: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise invalid(0, "param_json不是合法的JSON") from error
    if not isinstance(data, dict):
        raise invalid(0, "param_json不是JSON对象")
    return data


def _fail_as_planned(error: object | None) -> None:
    if error is None:
        return
    if isinstance(error, Mapping):
        raise DouyinError(
            int(str(error.get("code", 50002))),
            str(error.get("sub_code", "")),
            str(error.get("sub_msg", "planned")),
        )
    raise named(str(error))
