"""Orders, after-sales, members and coupons of the fake WeChat Store, as its documents have them."""

import json
import re
from collections.abc import AsyncIterator

import pytest

from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.wechat_store import load_wechat_store
from tests.sandbox.shops_world import at, rows
from tests.sandbox.wechat_store_world import WechatWorld, open_wechat_store

LINYUTONG = "oPk3t5LinYuTong8Zx2Rb7Wd4sJ0"
SHIPPED = "3737401822650113024"
HALF = "3737522916583004160"
DAY = 86_400


@pytest.fixture
async def world() -> AsyncIterator[WechatWorld]:
    async with open_wechat_store() as opened:
        yield opened


def span(world: WechatWorld, days: float, until: float = 0.0) -> dict[str, int]:
    return {"start_time": world.ago(days), "end_time": world.ago(until)}


async def numbers(world: WechatWorld, **params: object) -> list[object]:
    found = at(await world.call("order/list/get", **params), "order_id_list")
    assert isinstance(found, list)
    return found


async def order(world: WechatWorld, number: str) -> object:
    return at(await world.call("order/get", order_id=number), "order")


def test_the_seeds_know_their_buyers_variants_and_every_state() -> None:
    seeds = load_wechat_store()
    products = {product.key: product for product in load_catalog()}
    labels = {
        key: ["/".join(value for _, value in variant) for variant in products[key].variants()]
        for key in seeds.listings
    }

    assert len(seeds.listings) >= 22
    assert len({place.item_id for place in seeds.listings.values()}) == len(seeds.listings)
    assert {each.buyer for each in seeds.orders} == {buyer.key for buyer in seeds.buyers}
    for each in seeds.orders:
        assert re.fullmatch(r"\d{19}", each.number)
        assert all(line.sku in labels[line.item] for line in each.lines), each.number
    states = {each.status for each in seeds.orders}
    assert states == {"10", "13", "20", "21", "30", "100", "190", "200", "250"}
    waybills = [parcel for each in seeds.orders for parcel in each.parcels]
    assert all(parcel.scans for parcel in waybills)
    assert len({parcel.number for parcel in waybills}) == len(waybills)


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"create_time_range": {}},
        {"create_time_range": {"start_time": 1, "end_time": 0}},
        {"create_time_range": {"start_time": 100, "end_time": 1}},
        {"create_time_range": {"start_time": 1, "end_time": 7 * DAY + 2}},
        {"update_time_range": {"start_time": "1", "end_time": "2"}},
        {"create_time_range": {"start_time": 1, "end_time": 2}, "page_size": 101},
        {"create_time_range": {"start_time": 1, "end_time": 2}, "page": 1},
        {"create_time_range": {"start_time": 1, "end_time": 2, "zone": 8}},
    ],
)
async def test_a_list_wants_a_window_of_at_most_seven_days(
    world: WechatWorld, params: dict[str, object]
) -> None:
    assert await world.code("order/list/get", **params) == 40097


async def test_both_ends_of_a_window_are_inside(world: WechatWorld) -> None:
    updated = at(await order(world, SHIPPED), "update_time")
    one = {"start_time": updated, "end_time": updated}

    assert await numbers(world, update_time_range=one) == [SHIPPED]


async def test_a_cursor_goes_on_with_the_same_filters_only(world: WechatWorld) -> None:
    window = span(world, 7)
    found: list[object] = []
    asked: dict[str, object] = {"create_time_range": window, "page_size": 2}
    page = await world.call("order/list/get", **asked, next_key="")
    while True:
        part = at(page, "order_id_list")
        assert isinstance(part, list)
        found += part
        if at(page, "has_more") is False:
            break
        page = await world.call("order/list/get", **asked, next_key=at(page, "next_key"))
    assert len(found) == len(set(map(str, found))) == 6

    cursor = at(await world.call("order/list/get", **asked), "next_key")
    other = {**asked, "page_size": 3, "next_key": cursor}
    assert await world.code("order/list/get", **other) == 606006
    other = {**asked, "status": 20, "next_key": cursor}
    assert await world.code("order/list/get", **other) == 606006


async def test_a_list_can_be_of_one_buyer_or_one_state(world: WechatWorld) -> None:
    window = span(world, 7)

    assert await numbers(world, create_time_range=window, openid=LINYUTONG) == [SHIPPED]
    assert await numbers(world, create_time_range=window, openid="o" * 28) == []
    assert await numbers(world, create_time_range=window, status=21) == [HALF]
    params: dict[str, object] = {"create_time_range": window, "openid": "nobody"}
    assert await world.code("order/list/get", **params) == 40003


async def test_an_order_comes_in_fen_and_unix_seconds(world: WechatWorld) -> None:
    found = await order(world, SHIPPED)

    assert at(found, "status") == 30
    assert at(found, "openid") == LINYUTONG
    assert str(at(found, "unionid")).startswith("oU6mX")
    assert at(found, "order_detail", "price_info", "order_price") == 12800 + 5990 * 2 - 1500
    lines = rows(found, "order_detail", "product_infos")
    assert [line["sale_price"] for line in lines] == [12800, 5990]
    assert sum(int(str(line["real_price"])) for line in lines) == 12800 + 5990 * 2 - 1500
    assert at(found, "create_time") == world.ago(4.3)


async def test_a_buyer_without_the_open_platform_has_no_unionid(world: WechatWorld) -> None:
    found = await order(world, "3737588240019308544")

    assert isinstance(found, dict)
    assert "unionid" not in found


async def test_no_receiver_is_shown_in_plain(world: WechatWorld) -> None:
    seeds = load_wechat_store()
    for seed in seeds.orders:
        found = await order(world, seed.number)
        text = json.dumps(at(found, "order_detail", "delivery_info"), ensure_ascii=False)
        buyer = next(each for each in seeds.buyers if each.key == seed.buyer)
        assert not {buyer.mobile, buyer.name, buyer.address} & set(re.findall(r'"([^"]*)"', text))
    assert await world.code("order/sensitiveinfo/decode", order_id=SHIPPED) == 48001


async def test_behind_a_virtual_number_the_masked_real_one_is_told(world: WechatWorld) -> None:
    address = at(await order(world, HALF), "order_detail", "delivery_info", "address_info")

    assert at(address, "tel_number") == ""
    assert at(address, "use_tel_number") == 1
    assert at(address, "tel_number_ext_info", "real_tel_number") == "139****7725"


async def test_a_half_shipped_order_says_what_is_in_its_parcel(world: WechatWorld) -> None:
    delivery = at(await order(world, HALF), "order_detail", "delivery_info")

    (parcel,) = rows(delivery, "delivery_product_info")
    assert (parcel["delivery_id"], parcel["waybill_id"]) == ("YD", "462915508872016")
    assert [part["product_cnt"] for part in rows(parcel, "product_infos")] == [3]
    assert at(delivery, "ship_done_time") == 0


@pytest.mark.parametrize("number", ["3737401822650113025", "0", "不是订单号"])
async def test_an_unknown_order_does_not_exist(world: WechatWorld, number: str) -> None:
    assert await world.code("order/get", order_id=number) == 100002


async def test_a_phone_is_searched_by_its_last_four_digits_only(world: WechatWorld) -> None:
    async def found(**condition: str) -> object:
        params: dict[str, object] = {"search_condition": condition, "page_size": 10}
        answer = await world.call("order/search", **params)
        return answer if at(answer, "errcode") else at(answer, "order_id_list")

    assert await found(tel_number_last4="5678") == [SHIPPED, "3734688104427986688"]
    assert await found(tel_number_last4="5678", order_id=SHIPPED) == [SHIPPED]
    assert await found(tel_number_last4="0000", order_id=SHIPPED) == []
    assert await found(tel_number_last4="13816245678") == []
    assert at(await found(tel_number="13816245678"), "errcode") == 40097


async def test_after_sales_are_listed_by_windows_of_a_day(world: WechatWorld) -> None:
    async def found(days: float, until: float) -> object:
        window = {"begin_update_time": world.ago(days), "end_update_time": world.ago(until)}
        return await world.call("aftersale/getaftersalelist", **window, next_key="")

    assert at(await found(2.0, 1.5), "after_sale_order_id_list") == ["2000000611832041"]
    assert at(await found(2.0, 0.9), "errcode") == 40097
    assert await world.code("aftersale/getaftersalelist") == 40097


@pytest.mark.parametrize(
    ("number", "status", "kind", "amount"),
    [
        ("2000000611832041", "USER_WAIT_RETURN", "RETURN", 25900),
        ("2000000598820317", "MERCHANT_REFUND_SUCCESS", "REFUND", 16900),
        ("2000000587146602", "MERCHANT_EXCHANGE_SUCCESS", "EXCHANGE", 0),
        ("2000000606021185", "MERCHANT_REJECT_RETURN", "RETURN", 18900),
    ],
)
async def test_an_after_sale_names_its_order_kind_and_fen(
    world: WechatWorld, number: str, status: str, kind: str, amount: int
) -> None:
    answer = await world.call("aftersale/getaftersaleorder", after_sale_order_id=number)
    case = at(answer, "after_sale_order")

    assert (at(case, "status"), at(case, "type")) == (status, kind)
    assert at(case, "refund_info", "amount") == amount
    detail = at(await order(world, str(at(case, "order_id"))), "aftersale_detail")
    assert [each["aftersale_order_id"] for each in rows(detail, "aftersale_order_list")] == [number]


async def test_a_member_has_a_grade_and_points_elsewhere(world: WechatWorld) -> None:
    member = "oPk3t5XuJing0Qm6Vn9Ya3Lt8cHd"
    info = at(await world.call("vip/user/info/get", openid=member), "info")

    assert at(info, "user_grade_info", "grade") == 4
    score = await world.call("vip/user/score/get", openid=member)
    assert at(score, "info", "score") == "5210"
    stranger = "oPk3t5PanLei4Sd7Kx1Mf6Bq2wRz"
    assert await world.code("vip/user/info/get", openid=stranger) == 10100003
    members = await world.call("vip/user/list/get", page_num=1, page_size=200)
    assert at(members, "total_num") == len(rows(members, "list")) == 5


async def test_coupons_are_paged_with_a_context(world: WechatWorld) -> None:
    def asked(page: int, context: str, size: int = 1) -> dict[str, object]:
        return {"openid": LINYUTONG, "page": page, "page_size": size, "page_ctx": context}

    path = "coupon/get_user_coupon_list"
    first = await world.call(path, **asked(1, ""))
    second = await world.call(path, **asked(2, str(at(first, "page_ctx"))))
    ids = [each["user_coupon_id"] for each in rows(first, "user_coupon_list")]
    ids += [each["user_coupon_id"] for each in rows(second, "user_coupon_list")]
    assert ids == [5500021877301, 5500021877302]

    assert await world.code(path, **asked(2, "")) == 40097
    assert await world.code(path, **asked(1, "", 201)) == 40097
    one = await world.call(
        "coupon/get_user_coupon", openid=LINYUTONG, user_coupon_id="5500021877302"
    )
    assert at(one, "user_coupon_list", 0, "status") == 100
    activity = await world.call("coupon/get", coupon_id="1004501")
    assert at(activity, "coupon", "coupon_info", "discount_info", "discount_fee") == 1500


@pytest.mark.parametrize("path", ["coupon/push", "coupon/send", "order/logistics/get"])
async def test_there_is_no_interface_to_give_coupons_or_to_trace_parcels(
    world: WechatWorld, path: str
) -> None:
    assert await world.code(path, openid=LINYUTONG) == 40066
