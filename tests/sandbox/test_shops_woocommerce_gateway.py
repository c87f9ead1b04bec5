"""The fake WooCommerce lets in and refuses as the real one does on plain http."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.woocommerce import load_woocommerce
from sandbox.shops.woocommerce.oauth import sign
from tests.sandbox.shops_world import at, rows
from tests.sandbox.woocommerce_world import WooWorld, open_woocommerce

PATH = "/woocommerce/wp-json/wc/v3/orders"
_CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)["woocommerce_oauth1_http"]["cases"]


@pytest.fixture
async def world() -> AsyncIterator[WooWorld]:
    async with open_woocommerce() as opened:
        yield opened


@pytest.mark.parametrize("case", _CASES)
def test_the_fake_signs_as_the_official_library(case: dict[str, Any]) -> None:
    signed = sign(case["method"], case["url"], case["params"], case["consumer_secret"])

    assert signed == case["oauth_signature"]


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"oauth_consumer_key": "ck_other"}, "Consumer key"),
        ({"oauth_signature": "AAAA"}, "does not match"),
        ({"oauth_signature_method": "HMAC-SHA1"}, "signature method"),
        ({"oauth_timestamp": "1763740900"}, "timestamp"),
        ({"oauth_timestamp": "now"}, "timestamp"),
        ({"oauth_nonce": ""}, "oauth_nonce"),
    ],
)
async def test_only_what_is_signed_rightly_is_answered(
    world: WooWorld, wrong: dict[str, str], word: str
) -> None:
    status, answer = await world.send(PATH, world.signed(PATH, {}, **wrong))

    assert (status, at(answer, "data", "status")) == (401, 401)
    assert at(answer, "code") == "woocommerce_rest_authentication_error"
    assert word in str(at(answer, "message"))


async def test_who_shows_nothing_may_see_nothing(world: WooWorld) -> None:
    status, answer = await world.send(PATH, {"page": "1"})

    assert (status, at(answer, "code")) == (401, "woocommerce_rest_cannot_view")


async def test_a_signature_is_taken_once_and_for_a_quarter_of_an_hour(world: WooWorld) -> None:
    query, late = world.signed(PATH, {}), world.signed(PATH, {})

    assert (await world.send(PATH, query))[0] == 200
    assert (await world.send(PATH, query))[0] == 401
    world.clock.turn(timedelta(minutes=16))
    assert (await world.send(PATH, late))[0] == 401
    assert (await world.get("orders"))[0] == 200


async def test_a_changed_parameter_breaks_the_signature(world: WooWorld) -> None:
    query = world.signed(PATH, {"search": "学步鞋"})

    assert (await world.send(PATH, query | {"search": "奶瓶"}))[0] == 401


@pytest.mark.parametrize(
    "params",
    [
        {"per_page": "101"},
        {"per_page": "0"},
        {"page": "x"},
        {"status": "sent"},
        {"orderby": "total"},
        {"order": "up"},
        {"modified_after": "yesterday"},
        {"customer": "me"},
    ],
)
async def test_a_parameter_is_what_the_schema_says(world: WooWorld, params: dict[str, str]) -> None:
    status, answer = await world.get("orders", **params)

    assert (status, at(answer, "code")) == (400, "rest_invalid_param")


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("orders/1", "woocommerce_rest_shop_order_invalid_id"),
        ("orders/1/refunds", "woocommerce_rest_shop_order_invalid_id"),
        ("products/999", "woocommerce_rest_product_invalid_id"),
        ("orders/abc", "rest_no_route"),
        ("coupons", "rest_no_route"),
    ],
)
async def test_what_is_not_there_is_told_by_its_code(world: WooWorld, what: str, code: str) -> None:
    status, answer = await world.get(what)

    assert (status, at(answer, "code")) == (404, code)


async def test_the_key_may_not_write(world: WooWorld) -> None:
    async with world.client.post(PATH, params=world.signed(PATH, {})) as response:
        assert response.status == 401


async def test_bounds_of_time_are_outside_and_of_the_sites_zone_unless_gmt_is_said(
    world: WooWorld,
) -> None:
    order = (await world.get("orders/58231"))[1]
    local, gmt = str(at(order, "date_modified")), str(at(order, "date_modified_gmt"))

    async def count(after: str, **more: str) -> int:
        found = (await world.get("orders", modified_after=after, **more))[1]
        return sum(row["id"] == 58231 for row in rows(found))

    assert await count(local) == 0
    assert await count(gmt) == 1
    assert await count(gmt, dates_are_gmt="true") == 0


async def test_a_list_says_how_many_pages_it_has_and_hides_the_trash(world: WooWorld) -> None:
    query = world.signed(PATH, {"per_page": "5", "page": "1"})
    async with world.client.get(PATH, params=query) as response:
        assert response.headers["X-WP-TotalPages"] == "3"
    found = rows((await world.get("orders", per_page="100"))[1])

    assert 58003 not in [row["id"] for row in found]
    assert len(found) == len(load_woocommerce().orders) - 1


async def test_receivers_stand_in_plain_text_and_a_plugin_keeps_the_parcels(
    world: WooWorld,
) -> None:
    order = (await world.get("orders/58231"))[1]

    assert at(order, "billing", "phone") == "138 1624 5678"
    assert at(order, "total") == "237.80"
    assert at(order, "meta_data", 0, "key") == "_wc_shipment_tracking_items"


async def test_what_is_not_counted_has_no_number(world: WooWorld) -> None:
    numbers = {row["slug"]: row for row in rows((await world.get("products", per_page="100"))[1])}

    assert numbers["weidou"]["stock_quantity"] is None
    assert numbers["weidou"]["stock_status"] == "instock"
    assert numbers["muyulu"]["stock_status"] == "onbackorder"
    assert numbers["xuebuxie"]["price"] == "169.00"
    found = rows((await world.get("products/412/variations", per_page="100"))[1])
    assert {row["price"] for row in found} == {"169.00", "179.00"}


def test_the_seeds_fit_together() -> None:
    seeds, products = load_woocommerce(), {product.key: product for product in load_catalog()}
    people = {buyer.key for buyer in seeds.buyers}

    assert len(seeds.listings) >= 22
    assert len(products["xuebuxie"].variants()) == 18
    assert len({place.item_id for place in seeds.listings.values()}) == len(seeds.listings)
    assert {order.buyer for order in seeds.orders} <= people
    assert {line.item for order in seeds.orders for line in order.lines} <= set(seeds.listings)
    assert {*seeds.uncounted, *seeds.backordered} <= set(seeds.listings)
    assert all(len(buyer.mobile) == 11 for buyer in seeds.buyers)
