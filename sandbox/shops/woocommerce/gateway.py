"""The HTTP side of the fake WooCommerce: /wp-json/wc/v3/, webhooks, control."""

import json
import re
from collections.abc import AsyncIterator, Mapping

import aiohttp
from aiohttp import web

from sandbox.clock import Clock
from sandbox.shops import pictures
from sandbox.shops.control_page import answer, obey
from sandbox.shops.senders import SENDER
from sandbox.shops.wire import Json
from sandbox.shops.woocommerce import orders, products
from sandbox.shops.woocommerce.credentials import from_environment
from sandbox.shops.woocommerce.errors import NO_ROUTE, WooCommerceError, named
from sandbox.shops.woocommerce.params import Params
from sandbox.shops.woocommerce.push import Pusher
from sandbox.shops.woocommerce.shop import WooCommerceShop

API = "/wp-json/wc/v3/"
CURRENCY: Json = {"code": "CNY", "name": "Chinese yuan", "symbol": "¥"}


def application(clock: Clock, env: Mapping[str, str]) -> web.Application:
    """The fake to mount; its credentials come from the environment."""
    return Gateway(WooCommerceShop(clock, from_environment(env))).application()


class Gateway:
    """The API's door and the control."""

    def __init__(self, shop: WooCommerceShop) -> None:
        self._shop = shop
        self._pusher: Pusher | None = None

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /woocommerce."""
        app = web.Application()
        app[SENDER] = self._shop
        app.cleanup_ctx.append(self._open_pusher)
        app.add_routes(
            [
                web.route("*", f"{API}{{path:.*}}", self._call),
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

    async def _call(self, request: web.Request) -> web.StreamResponse:
        shop, path = self._shop, request.match_info["path"]
        if await shop.faults.suffer(request):
            return web.Response()
        shop.public = f"{request.url.origin()}{request.path.removesuffix(f'{API}{path}')}"
        try:
            found, pages = self._run(request, path)
        except WooCommerceError as error:
            return web.json_response(error.body(), status=error.status)
        text = json.dumps(found, ensure_ascii=False)
        if pages is None or shop.faults.broken_bodies:
            return await shop.faults.send(request, text)
        headers = {"X-WP-TotalPages": str(pages)}
        return web.Response(text=text, headers=headers, content_type="application/json")

    def _run(self, request: web.Request, path: str) -> tuple[object, int | None]:
        shop, now = self._shop, self._shop.clock.now()
        if len(request.query) != len(set(request.query)):
            raise NO_ROUTE
        url = str(request.url.with_query(None))
        shop.door.check(request.method, url, request.query, now)
        if shop.faults.too_fast(now):
            raise named("rate_limit")
        kind = re.sub(r"\d+", "{id}", path)
        shop.faults.calls[kind] += 1
        _fail_as_planned(shop.faults.next_failure(kind))
        if request.method != "GET":
            raise WooCommerceError(
                401,
                "woocommerce_rest_authentication_error",
                "The API key provided does not have write permissions.",
            )
        return self._read(path, Params(request.query))

    def _read(self, path: str, params: Params) -> tuple[object, int | None]:
        shop = self._shop
        number = "".join(re.findall(r"/(\d+)(?:/|$)", path))
        match re.sub(r"/\d+(?=/|$)", "/{id}", path):
            case "data/currencies/current":
                return CURRENCY, None
            case "products":
                return products.listed(shop, params)
            case "products/{id}":
                return products.one(shop, number), None
            case "products/{id}/variations":
                return products.variations(shop, number, params)
            case "orders":
                return orders.listed(shop, params)
            case "orders/{id}":
                return orders.one(shop, number), None
            case "orders/{id}/refunds":
                return orders.refunds(shop, number, params)
        raise NO_ROUTE

    async def _mood(self, _request: web.Request) -> web.Response:
        pushed: list[Json] = [
            {
                "type": each.topic,
                "body": json.loads(each.body),
                "send_count": each.send_count,
                "delivered": each.delivered,
            }
            for each in (self._pusher.sent if self._pusher else [])
        ]
        return answer({**self._shop.faults.as_json(), "pushed": pushed})

    async def _control(self, request: web.Request) -> web.Response:
        wish, changes = await obey(self._shop, request)
        if self._pusher:
            for change in changes:
                await self._pusher.push(
                    "order.updated", orders.order_json(self._shop, change.order)
                )
            if wish.stock:
                resource = products.one(self._shop, str(wish.stock.item))
                await self._pusher.push("product.updated", resource)
            if wish.repush:
                await self._pusher.push_again()
        return await self._mood(request)

    async def _picture(self, request: web.Request) -> web.Response:
        return pictures.picture(self._shop.shelf, request)

    async def _page(self, request: web.Request) -> web.Response:
        return pictures.page(self._shop.shelf, request)


def _fail_as_planned(error: object | None) -> None:
    if error is None:
        return
    if isinstance(error, Mapping):
        status = int(str(error.get("status", 400)))
        raise WooCommerceError(status, str(error.get("code", "planned")), str(error.get("message")))
    raise named(str(error))
