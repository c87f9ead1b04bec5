"""The HTTP side of the fake Shopify: one address of GraphQL, webhooks, control."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import datetime

import aiohttp
from aiohttp import web

from sandbox.clock import Clock
from sandbox.shops import pictures
from sandbox.shops.control_page import answer, obey
from sandbox.shops.senders import SENDER
from sandbox.shops.shopify import orders, products
from sandbox.shops.shopify.bucket import MOST
from sandbox.shops.shopify.choose import Chooser
from sandbox.shops.shopify.credentials import from_environment
from sandbox.shops.shopify.errors import THROTTLED, ShopifyError, named
from sandbox.shops.shopify.language import Field, read_query
from sandbox.shops.shopify.push import Pusher, compose, compose_product
from sandbox.shops.shopify.schema import MOST_POINTS, check
from sandbox.shops.shopify.shop import ShopifyShop
from sandbox.shops.wire import Json

NOBODY = "[API] Invalid API key or access token (unrecognized login or wrong password)"


def application(clock: Clock, env: Mapping[str, str]) -> web.Application:
    """The fake to mount; its credentials come from the environment."""
    return Gateway(ShopifyShop(clock, from_environment(env))).application()


class Gateway:
    """The API's door and the control."""

    def __init__(self, shop: ShopifyShop) -> None:
        self._shop = shop
        self._pusher: Pusher | None = None

    def application(self) -> web.Application:
        """The aiohttp application, to be mounted under /shopify."""
        app = web.Application()
        app[SENDER] = self._shop
        app.cleanup_ctx.append(self._open_pusher)
        path = f"/admin/api/{self._shop.keys.version}/graphql.json"
        app.add_routes(
            [
                web.post(path, self._call),
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
        shop = self._shop
        if await shop.faults.suffer(request):
            return web.Response()
        token = request.headers.get("X-Shopify-Access-Token", "")
        if token != shop.keys.access_token or shop.is_revoked:
            return web.json_response({"errors": NOBODY}, status=401)
        if request.content_type != "application/json":
            return web.json_response(
                {"errors": {"query": "Required parameter missing"}}, status=400
            )
        shop.public = f"{request.url.origin()}{request.path.partition('/admin/')[0]}"
        body = self._answer(await request.text())
        return await shop.faults.send(request, json.dumps(body, ensure_ascii=False))

    def _answer(self, text: str) -> Json:
        shop, now = self._shop, self._shop.clock.now()
        asked = 0
        try:
            fields = _read(text)
            asked = check(fields)
            self._check_points(asked, now)
            self._count(fields)
            chooser = Chooser()
            data = chooser.choose(self._root(fields), fields, "Query")
            shop.bucket.spend(chooser.points, now)
            return {"data": data, "extensions": shop.bucket.cost(asked, chooser.points)}
        except ShopifyError as error:
            return {**error.body(), "extensions": shop.bucket.cost(asked, None)}

    def _check_points(self, asked: int, now: datetime) -> None:
        if asked > MOST_POINTS:
            raise ShopifyError("MAX_COST_EXCEEDED", f"Query cost is {asked}, of {MOST_POINTS}")
        if not self._shop.bucket.covers(asked, now):
            raise THROTTLED

    def _count(self, fields: tuple[Field, ...]) -> None:
        """Count what is asked for, and fail as planned; a planned throttling spends all points."""
        faults = self._shop.faults
        for field in fields:
            faults.calls[field.name] += 1
            planned = faults.next_failure(field.name)
            if isinstance(planned, Mapping):
                raise ShopifyError(str(planned.get("code")), str(planned.get("message", "planned")))
            if planned is None:
                continue
            error = named(str(planned))
            if error is THROTTLED:
                self._shop.bucket.spend(MOST, self._shop.clock.now())
            raise error

    def _root(self, fields: tuple[Field, ...]) -> Json:
        shop = self._shop
        read = {
            "order": orders.one,
            "orders": orders.listed,
            "product": products.one,
            "products": products.listed,
        }
        found: Json = {
            "shop": {"name": "小满母婴", "currencyCode": "CNY", "myshopifyDomain": shop.keys.shop}
        }
        for field in fields:
            if field.name in read:
                found[field.name] = read[field.name](shop, field.args)
        return found

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
            for message in [each for change in changes for each in compose(self._shop, change)]:
                await self._pusher.push(message)
            if wish.stock:
                await self._pusher.push(compose_product(str(wish.stock.item)))
            if wish.repush:
                await self._pusher.push_again()
        return await self._mood(request)

    async def _picture(self, request: web.Request) -> web.Response:
        return pictures.picture(self._shop.shelf, request)

    async def _page(self, request: web.Request) -> web.Response:
        return pictures.page(self._shop.shelf, request)


def _read(text: str) -> tuple[Field, ...]:
    try:
        body: object = json.loads(text)
    except ValueError as error:
        raise ShopifyError("BAD_REQUEST", "the body is no JSON") from error
    if not isinstance(body, dict) or not isinstance(body.get("query"), str):
        raise ShopifyError("BAD_REQUEST", "Required parameter missing or invalid: query")
    variables = body.get("variables") or {}
    if not isinstance(variables, dict):
        raise ShopifyError("BAD_REQUEST", "variables must be an object")
    return read_query(body["query"], variables)
