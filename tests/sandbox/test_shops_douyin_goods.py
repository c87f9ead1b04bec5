"""Products and tracks of the fake Douyin: pages from one, fen, foreign waybills unknown."""

from collections.abc import AsyncIterator

import pytest

from sandbox.carriers.companies import by_number
from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.douyin import load_douyin
from tests.sandbox.douyin_caller import Caller, open_caller
from tests.sandbox.shops_world import at, rows


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    async with open_caller() as opened:
        yield opened


def test_every_listing_is_a_product_with_a_stock_for_each_variant() -> None:
    products = {product.key: product for product in load_catalog()}
    seeds = load_douyin()
    assert len(seeds.listings) >= 22
    for key, listing in seeds.listings.items():
        amounts = listing.stock if isinstance(listing.stock, list) else [listing.stock]
        assert len(amounts) == len(products[key].variants()), key
    sold_out = [key for key, each in seeds.listings.items() if each.stock == 0]
    assert sold_out


def test_no_id_is_used_twice() -> None:
    seeds = load_douyin()
    items = [listing.item_id for listing in seeds.listings.values()]
    numbers = [order.number for order in seeds.orders]
    after_sales = [refund.id for order in seeds.orders for refund in order.refunds]
    waybills = [parcel.number for order in seeds.orders for parcel in order.parcels]
    for ids in (items, numbers, after_sales, waybills):
        assert len(set(ids)) == len(ids)


def test_the_trackers_know_whose_numbers_the_waybills_are() -> None:
    for order in load_douyin().orders:
        for parcel in order.parcels:
            carrier = by_number(parcel.number)
            assert carrier is not None
            assert carrier.name == parcel.company


async def test_products_are_counted_from_page_one(caller: Caller) -> None:
    first = await caller.data("product.listV2", page=1, size=20)
    second = await caller.data("product.listV2", page=2, size=20)
    assert (at(first, "total"), len(rows(first, "data"))) == (28, 20)
    assert len(rows(second, "data")) == 8
    assert (await caller.refusal("product.listV2", page=0, size=20))[0] == 40004


@pytest.mark.parametrize(
    "asked",
    [
        {"page": 1},
        {"size": 20},
        {"page": 1, "size": 101},
        {"page": 1, "size": 0},
        {"page": "1", "size": 20},
        {"page": 101, "size": 100},
        {"page": 1, "size": 20, "name": 7},
    ],
)
async def test_a_page_that_is_not_granted_is_refused(
    caller: Caller, asked: dict[str, object]
) -> None:
    assert (await caller.refusal("product.listV2", **asked))[0] in (40002, 40004)


async def test_products_off_sale_are_none_here(caller: Caller) -> None:
    assert at(await caller.data("product.listV2", page=1, size=9, status=1), "total") == 0


async def test_skus_stand_right_under_data_in_fen_without_names(caller: Caller) -> None:
    skus = rows(await caller.data("sku.list", product_id=3672104588190040000))
    assert len(skus) == 18
    assert (skus[2]["spec_detail_name1"], skus[2]["spec_detail_name2"]) == ("粉色", "22")
    assert (skus[2]["price"], skus[2]["stock_num"]) == (16900, 8)
    detail = await caller.data("product.detail", product_id="3672104588190040000")
    assert [spec["name"] for spec in rows(detail, "specs")] == ["颜色", "尺码"]


async def test_a_product_of_nobody_is_not_yours(caller: Caller) -> None:
    assert await caller.refusal("sku.list", product_id=999) == (40004, "isv.parameter-invalid:4")
    assert (await caller.refusal("sku.list"))[0] == 40002
    assert (await caller.refusal("sku.list", product_id="999"))[0] == 40004
    assert (await caller.refusal("product.detail", product_id=999))[0] == 40004


async def test_the_way_is_told_in_texts_of_seconds(caller: Caller) -> None:
    asked = {"logistics_code": "zhongtong", "track_no": "78613044210957"}
    nodes = rows(await caller.data("logistics.trackNoRouteDetail", **asked), "route__node_list")
    assert [node["state_description"] for node in nodes] == ["已揽收", "运输中", "运输中"]
    assert all(str(node["timestamp"]).isdecimal() for node in nodes)


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("yuantong", "YT8860173359402", "isv.business-failed:10015"),
        ("yuantong", "78613044210957", "isv.business-failed:-10004"),
        ("zhongtong", "1", "isv.business-failed:-10004"),
        ("zhongtong", "", "isv.business-failed:4006"),
    ],
)
async def test_a_way_that_is_not_known_says_why(
    caller: Caller, code: str, number: str, expected: str
) -> None:
    asked = {"logistics_code": code, "track_no": number}
    assert await caller.refusal("logistics.trackNoRouteDetail", **asked) == (50002, expected)


async def test_pictures_lead_somewhere(caller: Caller) -> None:
    product = rows(await caller.data("product.listV2", page=1, size=1), "data")[0]
    async with caller.client.session.get(str(product["img"])) as response:
        assert response.content_type == "image/svg+xml"
