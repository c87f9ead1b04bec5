"""The fake Shopify answers just what is asked for, and refuses what the real one would."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.shopify import load_shopify
from sandbox.shops.shopify.credentials import ShopifyKeys
from sandbox.shops.shopify.gateway import Gateway
from sandbox.shops.shopify.shop import ShopifyShop
from tests.sandbox.shops_world import StoppedClock, at, rows

PATH = "/shopify/admin/api/2026-07/graphql.json"
KEYS = ShopifyKeys()


@dataclass
class World:
    """One started shop."""

    client: TestClient[web.Request, web.Application]
    clock: StoppedClock

    async def ask(self, query: str, **variables: object) -> dict[str, object]:
        """Ask a query with the right token."""
        status, answer = await self.send({"query": query, "variables": variables})
        assert status == 200
        assert isinstance(answer, dict)
        return answer

    async def code(self, query: str, **variables: object) -> object:
        """The code of what is refused."""
        return at(await self.ask(query, **variables), "errors", 0, "extensions", "code")

    async def send(
        self, body: object, token: str = KEYS.access_token, path: str = PATH
    ) -> tuple[int, object]:
        """Post a body."""
        headers = {"X-Shopify-Access-Token": token}
        async with self.client.post(path, json=body, headers=headers) as response:
            answer: object = await response.json(content_type=None)
            return response.status, answer


@pytest.fixture
async def world() -> AsyncIterator[World]:
    clock = StoppedClock()
    root = web.Application()
    root.add_subapp("/shopify", Gateway(ShopifyShop(clock, KEYS)).application())
    async with TestClient(TestServer(root, host="127.0.0.1", port=0)) as client:
        yield World(client, clock)


async def test_only_the_token_opens_and_only_this_version_is_there(world: World) -> None:
    shop = {"query": "{ shop { name } }"}

    assert (await world.send(shop))[0] == 200
    assert (await world.send(shop, token=""))[0] == 401
    assert (await world.send(shop, token="shpat_other"))[0] == 401
    async with world.client.post(PATH.replace("2026-07", "2019-01"), json=shop) as response:
        assert response.status == 404


async def test_just_what_is_asked_for_is_answered(world: World) -> None:
    answer = await world.ask("{ shop { currencyCode } }")

    assert at(answer, "data") == {"shop": {"currencyCode": "CNY"}}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ shop { secrets } }", "undefinedField"),
        ("{ shops { name } }", "undefinedField"),
        ("{ shop }", "selectionMismatch"),
        ("{ shop { name { x } } }", "selectionMismatch"),
        ("{ orders { nodes { id } } }", "BAD_REQUEST"),
        ("{ orders(first: 251) { nodes { id } } }", "BAD_REQUEST"),
        ("{ orders(first: 5, since: 1) { nodes { id } } }", "argumentNotAccepted"),
        ('{ orders(first: 5, query: "colour:red") { nodes { id } } }', "BAD_REQUEST"),
        ("{ orders(first: 5, sortKey: COLOUR) { nodes { id } } }", "argumentLiteralsIncompatible"),
        ('{ orders(first: 5, after: "x") { nodes { id } } }', "argumentLiteralsIncompatible"),
        ('{ order(id: "5123") { id } }', "argumentLiteralsIncompatible"),
        ("query ($id: ID!) { order(id: $id) { id } }", "argumentLiteralsIncompatible"),
        ("{ order(id: $id) { id } }", "argumentLiteralsIncompatible"),
        ("{ shop { name }", "parseError"),
        ("{ shop { } }", "parseError"),
        ("shop", "parseError"),
        ("mutation { orderClose { id } }", "ACCESS_DENIED"),
    ],
)
async def test_what_the_schema_does_not_have_is_refused(
    world: World, query: str, code: str
) -> None:
    assert await world.code(query) == code


async def test_a_question_of_more_than_a_thousand_points_is_refused(world: World) -> None:
    query = "{ products(first: 100) { nodes { variants(first: 20) { nodes { id } } } } }"

    assert await world.code(query) == "MAX_COST_EXCEEDED"


async def test_points_are_spent_and_come_back_by_the_second(world: World) -> None:
    query = "{ products(first: 250) { nodes { priceRangeV2 { minVariantPrice { amount } } } } }"
    left = 2000
    while "errors" not in (answer := await world.ask(query)):
        now = at(answer, "extensions", "cost", "throttleStatus", "currentlyAvailable")
        assert isinstance(now, int)
        assert now < left
        left = now

    assert at(answer, "errors", 0, "extensions", "code") == "THROTTLED"
    world.clock.turn(timedelta(seconds=10))
    assert "data" in (await world.ask(query))


async def test_orders_are_paged_by_cursor_in_the_order_of_their_change(world: World) -> None:
    query = """query ($after: String) {
      orders(first: 5, after: $after, sortKey: UPDATED_AT) {
        nodes { name updatedAt } pageInfo { hasNextPage endCursor }
      }
    }"""
    found: list[dict[str, object]] = []
    after: object = None
    while True:
        answer = await world.ask(query, after=after)
        found += rows(answer, "data", "orders", "nodes")
        if at(answer, "data", "orders", "pageInfo", "hasNextPage") is False:
            break
        after = at(answer, "data", "orders", "pageInfo", "endCursor")

    assert len({row["name"] for row in found}) == len(found) == len(load_shopify().orders)
    assert [row["updatedAt"] for row in found] == sorted(str(row["updatedAt"]) for row in found)


async def test_the_search_knows_names_customers_and_times(world: World) -> None:
    async def names(search: str) -> set[object]:
        query = "query ($q: String) { orders(first: 50, query: $q) { nodes { name } } }"
        return {
            row["name"] for row in rows(await world.ask(query, q=search), "data", "orders", "nodes")
        }

    since = (world.clock.now() - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert await names("name:'10482'") == await names("name:#10482") == {"#10482"}
    assert await names("customer_id:7730115520041") == {"#10482", "#10377"}
    assert "#10498" in await names(f"created_at:>='{since}'")
    assert "#10482" not in await names(f"created_at:>='{since}'")
    assert await names(f"customer_id:7730115520041 updated_at:<'{since}'") == {"#10482", "#10377"}


async def test_receivers_and_money_are_plain(world: World) -> None:
    query = """query ($id: ID!) { order(id: $id) {
      shippingAddress { phone } totalPriceSet { shopMoney { amount currencyCode } }
    } }"""
    answer = await world.ask(query, id="gid://shopify/Order/5900000010482")

    assert at(answer, "data", "order", "shippingAddress", "phone") == "+86 138 1624 5678"
    money = at(answer, "data", "order", "totalPriceSet", "shopMoney")
    assert money == {"amount": "235.8", "currencyCode": "CNY"}


def test_the_seeds_fit_together() -> None:
    seeds, products = load_shopify(), {product.key: product for product in load_catalog()}

    assert len(seeds.listings) >= 22
    assert len(products["xuebuxie"].variants()) == 18
    assert all(place.first_sku for place in seeds.listings.values())
    assert len({place.item_id for place in seeds.listings.values()}) == len(seeds.listings)
    assert {order.buyer for order in seeds.orders} <= {buyer.key for buyer in seeds.buyers}
    assert {line.item for order in seeds.orders for line in order.lines} <= set(seeds.listings)
    assert set(seeds.tags) <= {order.number for order in seeds.orders}
