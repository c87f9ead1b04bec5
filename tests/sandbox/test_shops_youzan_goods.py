"""Items, stock, coupons and customers of the fake Youzan shop."""

import json
from collections.abc import AsyncIterator

import pytest

from tests.sandbox.shops_world import World, at, open_world, rows

LIN = "LnhGm4rh576452722916618240"
SHOES = "1287450101"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


async def test_a_search_finds_by_title_and_pages(world: World) -> None:
    found = await world.youzan("youzan.items.onsale.get", "3.0.0", q="学步鞋")
    assert [row["item_id"] for row in rows(found, "response", "items")] == [int(SHOES)]
    everything = await world.youzan("youzan.items.onsale.get", "3.0.0", page_size=30, page_no=2)
    assert at(everything, "response", "count") == 39
    assert len(rows(everything, "response", "items")) == 9
    too_big = await world.youzan("youzan.items.onsale.get", "3.0.0", page_size=301)
    assert at(too_big, "error_response", "code") == 101


async def test_an_items_variants_have_json_properties_and_prices_in_fen(world: World) -> None:
    detail = await world.youzan("youzan.item.detail.get", "1.0.2", item_id=int(SHOES))
    skus = rows(detail, "data", "skus")
    assert len(skus) == 18
    values = [[pair["v"] for pair in json.loads(str(sku["properties_name_json"]))] for sku in skus]
    stock = {tuple(value): sku["quantity"] for value, sku in zip(values, skus, strict=True)}
    assert stock["粉色", "22"] == 3
    assert {stock[colour, "24"] for colour in ("粉色", "米白", "天蓝")} == {0}
    assert {sku["price"] for sku in skus} == {16900}
    assert at(detail, "data", "quantity") == sum(int(str(sku["quantity"])) for sku in skus)


async def test_one_variant_alone_is_priced_in_yuan(world: World) -> None:
    answer = await world.youzan("youzan.item.sku.get", "3.0.0", item_id=SHOES, sku_id=39210011)
    assert at(answer, "response", "sku", "price") == "169.00"


async def test_variants_in_a_batch_are_at_most_twenty(world: World) -> None:
    method, version = "youzan.item.sku.batch.query", "1.0.0"
    found = await world.youzan(method, version, sku_ids=[39210011, 39240011])
    assert [row["price"] for row in rows(found, "data", "skus")] == [16900, 89900]
    refused = await world.youzan(method, version, sku_ids=list(range(21)))
    assert at(refused, "success") is False


async def test_a_product_without_variants_has_its_stock_on_the_item(world: World) -> None:
    detail = await world.youzan("youzan.item.detail.get", "1.0.2", item_id=1287450503)
    assert (at(detail, "data", "skus"), at(detail, "data", "quantity")) == ([], 13)


async def test_the_control_api_changes_what_is_in_stock(world: World) -> None:
    await world.control("youzan", stock={"item": SHOES, "sku": 39210011, "quantity": 1})
    answer = await world.youzan("youzan.item.sku.get", "3.0.0", item_id=SHOES, sku_id=39210011)
    assert at(answer, "response", "sku", "quantity") == 1


async def take(world: World, group: str) -> object:
    return await world.youzan(
        "youzan.ump.coupon.take", "3.0.0", coupon_group_id=group, yz_open_id=LIN
    )


async def test_a_second_take_is_a_second_coupon_until_the_limit(world: World) -> None:
    first, second, third = [await take(world, "9002") for _ in range(3)]
    numbers = {at(answer, "response", "promocard", "promocard_id") for answer in (first, second)}
    assert len(numbers) == 2
    assert at(third, "error_response", "msg") == "领取次数已达上限"
    mine = await world.youzan("youzan.ump.promocard.buyer.search", "3.0.1", yz_open_id=LIN)
    assert {card["id"] for card in rows(mine, "response", "cards")} == numbers
    assert {card["value"] for card in rows(mine, "response", "cards")} == {1000}


async def test_taking_shrinks_the_stock_and_an_empty_activity_refuses(world: World) -> None:
    await take(world, "9001")
    groups = rows(await world.youzan("youzan.ump.coupon.search", "3.0.0"), "response", "groups")
    by_id = {group["id"]: group for group in groups}
    assert (by_id[9001]["stock_qty"], by_id[9001]["total_take"]) == (499, 1)
    assert (by_id[9001]["denominations"], by_id[9001]["condition"]) == (2000, 20000)
    assert at(await take(world, "9004"), "error_response", "msg") == "优惠券已领完"
    assert at(await take(world, "404"), "error_response", "msg") == "优惠券活动不存在或已失效"


async def test_the_wecom_bridge_goes_both_ways(world: World) -> None:
    wecom = "wmAAAALinYuTong3Kq8Zx5Rb7Wd2sJ0a"
    there = await world.youzan(
        "youzan.users.customer.get.openUserId", "1.0.0", external_user_id=wecom
    )
    assert at(there, "data", "yz_open_id") == LIN
    back = await world.youzan("youzan.users.customer.get.externalUserId", "1.0.0", yz_open_id=LIN)
    assert at(back, "data", "external_user_id") == wecom
    nobody = await world.youzan(
        "youzan.users.customer.get.openUserId", "1.0.0", external_user_id="wmAAAAstranger"
    )
    assert (at(nobody, "success"), at(nobody, "data")) == (True, None)


async def test_a_members_level_and_points_come_by_module(world: World) -> None:
    vip = await world.youzan(
        "youzan.scrm.customer.detail.get",
        "1.0.1",
        account_info={"account_type": 2, "account_id": "13585501288"},
        fields="level,credit",
    )
    data = at(vip, "data")
    assert isinstance(data, dict)
    assert sorted(data) == ["level_infos", "points", "yz_open_id"]
    assert (at(data, "level_infos", 0, "level_name"), at(data, "points")) == ("钻石会员", 6820)


async def test_an_account_is_found_by_phone_and_shown_masked(world: World) -> None:
    answer = await world.youzan("youzan.users.info.query", "1.0.1", mobile="13816245678")
    user = rows(answer, "data", "user_list")[0]
    assert at(user, "primitive_info", "yz_open_id") == LIN
    assert at(user, "mobile_info", "mobile") == "138****5678"


async def test_an_items_picture_and_page_are_on_this_server(world: World) -> None:
    detail = await world.youzan("youzan.item.detail.get", "1.0.2", item_id=int(SHOES))
    for address in (at(detail, "data", "detail_url"), at(detail, "data", "images", 0, "image_url")):
        assert str(address).startswith(str(world.client.make_url("/youzan/")))
        async with world.client.session.get(str(address)) as response:
            assert response.status == 200
            assert "学步鞋" in await response.text()
