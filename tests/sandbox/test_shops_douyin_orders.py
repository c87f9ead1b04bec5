"""Orders and after-sales of the fake Douyin: sealed receivers, two levels, two kinds of time."""

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.merchant.douyin import load_douyin
from tests.sandbox.douyin_caller import Caller, open_caller
from tests.sandbox.shops_world import at, rows

SHOES, HALF_SENT, OLD = "6937480133650876051", "6936802254719330518", "6914408837720956051"


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    async with open_caller() as opened:
        yield opened


def window(caller: Caller, days: float, name: str = "update_time") -> dict[str, object]:
    now = caller.clock.now()
    return {
        f"{name}_start": int((now - timedelta(days=days)).timestamp()),
        f"{name}_end": int(now.timestamp()),
        "page": 0,
        "size": 100,
    }


async def one(caller: Caller, number: str) -> object:
    return at(await caller.data("order.orderDetail", shop_order_id=number), "shop_order_detail")


async def test_every_state_of_orders_is_in_the_house(caller: Caller) -> None:
    seeds = load_douyin()
    states = {order.status for order in seeds.orders}
    assert states == {"1", "103", "105", "2", "101", "3", "4", "5", "21", "22", "39"}
    assert {refund.status for order in seeds.orders for refund in order.refunds} == {
        "6",
        "7",
        "12",
        "13",
    }


async def test_only_orders_of_the_last_ninety_days_are_listed(caller: Caller) -> None:
    listed = await caller.data("order.searchList", **window(caller, 400))
    numbers = [row["order_id"] for row in rows(listed, "shop_order_list")]
    assert at(listed, "total") == len(numbers) == len(load_douyin().orders) - 1
    assert OLD not in numbers
    assert at(await one(caller, OLD), "order_id") == OLD


async def test_a_list_is_the_newest_first_unless_told_and_counts_from_page_zero(
    caller: Caller,
) -> None:
    asked = window(caller, 400) | {"order_by": "update_time", "size": 5}
    last = await caller.data("order.searchList", **asked)
    first = await caller.data("order.searchList", **asked, order_asc=True)
    second = await caller.data("order.searchList", **(asked | {"page": 1}), order_asc=True)
    times = [
        [int(str(row["update_time"])) for row in rows(page, "shop_order_list")]
        for page in (last, first, second)
    ]
    assert times[0] == sorted(times[0], reverse=True)
    assert times[1] + times[2] == sorted(times[1] + times[2])
    assert len(times[1]) == len(times[2]) == 5


async def test_a_list_and_the_single_order_say_the_same(caller: Caller) -> None:
    listed = await caller.data("order.searchList", **window(caller, 400))
    row = next(row for row in rows(listed, "shop_order_list") if row["order_id"] == SHOES)
    assert row == await one(caller, SHOES)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"update_time_start": None, "update_time_end": None}, "isv.parameter-invalid:20011"),
        ({"update_time_end": None}, "isv.missing-parameter:1"),
        ({"update_time_start": 1763740800, "update_time_end": 1763740800}, ":20011"),
        ({"update_time_start": "1763740800"}, "isv.parameter-invalid:1"),
        ({"size": 101}, ":20008"),
        ({"size": None}, "isv.missing-parameter:1"),
        ({"page": -1}, ":10035"),
        ({"page": 100}, ":20008"),
        ({"order_by": "pay_time"}, ":20010"),
        ({"order_asc": "true"}, "isv.parameter-invalid:1"),
        ({"combine_status": [{}, {"order_status": "2"}]}, ":20012"),
    ],
)
async def test_a_question_that_is_not_granted_is_refused(
    caller: Caller, change: dict[str, object], expected: str
) -> None:
    asked = {name: each for name, each in (window(caller, 1) | change).items() if each is not None}
    assert str((await caller.refusal("order.searchList", **asked))[1]).endswith(expected)


async def test_states_goods_and_waybills_filter(caller: Caller) -> None:
    async def numbers(**more: object) -> list[object]:
        found = await caller.data("order.searchList", **window(caller, 400), **more)
        return [row["order_id"] for row in rows(found, "shop_order_list")]

    assert await numbers(combine_status=[{"order_status": "101,105"}]) != []
    assert await numbers(tracking_no="78613044210957") == [SHOES]
    assert await numbers(product="3672104588190040000") == [SHOES]
    assert await numbers(product="学步鞋") == [SHOES]


async def test_the_number_of_a_line_is_no_order_but_one_equals_its_parent(caller: Caller) -> None:
    lines = [str(line["order_id"]) for line in rows(await one(caller, HALF_SENT), "sku_order_list")]
    assert lines[0] == HALF_SENT
    refused = await caller.refusal("order.orderDetail", shop_order_id=lines[1])
    assert refused == (40004, "isv.parameter-invalid:20001")
    assert (await caller.refusal("order.orderDetail"))[1] == "isv.missing-parameter:20000"


async def test_of_a_half_sent_order_each_line_says_where_it_is(caller: Caller) -> None:
    order = await one(caller, HALF_SENT)
    assert at(order, "order_status") == 101
    assert [line["order_status"] for line in rows(order, "sku_order_list")] == [3, 3, 2]
    (package,) = rows(order, "logistics_info")
    assert [each["sku_order_id"] for each in rows(package, "product_info")] == [
        line["order_id"] for line in rows(order, "sku_order_list")[:2]
    ]


@pytest.mark.parametrize(
    ("number", "order_status", "main_status"),
    [
        ("6934127760938145502", 4, 21),
        ("6931440087153628870", 4, 22),
        ("6928555190374420076", 5, 39),
        ("6938420771900347113", 1, 103),
        ("6935502914478830361", 4, 4),
    ],
)
async def test_only_the_main_status_tells_how_an_order_ended(
    caller: Caller, number: str, order_status: int, main_status: int
) -> None:
    order = await one(caller, number)
    assert (at(order, "order_status"), at(order, "main_status")) == (order_status, main_status)


async def test_receivers_are_sealed_and_masked(caller: Caller) -> None:
    buyers = load_douyin().buyers
    listed = json.dumps(
        await caller.data("order.searchList", **window(caller, 400)), ensure_ascii=False
    )
    for buyer in buyers:
        assert buyer.mobile not in listed
        assert buyer.name not in listed
        assert buyer.address not in listed
    assert "138****7401" in listed
    assert re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", listed) is None


async def test_a_hidden_phone_is_unmasked_for_its_own_order_only(caller: Caller) -> None:
    order = await one(caller, HALF_SENT)
    assert at(order, "mask_post_tel") == "1**********"
    sealed = at(order, "encrypt_post_tel")
    asked = [
        {"auth_id": HALF_SENT, "cipher_text": sealed},
        {"auth_id": SHOES, "cipher_text": sealed},
        {"auth_id": SHOES, "cipher_text": "$rubbish$1$$"},
        {"auth_id": SHOES, "cipher_text": "rubbish"},
    ]
    found = rows(await caller.data("order.batchSensitive", cipher_infos=asked), "decrypt_infos")
    assert [each["decrypt_text"] for each in found] == ["136****4418", "", "", ""]
    assert [each["err_no"] == 0 for each in found] == [True, False, False, False]


async def test_more_than_fifty_phones_are_refused_and_plain_ones_always(caller: Caller) -> None:
    asked = [{"auth_id": SHOES, "cipher_text": "$x$1$$"}] * 51
    assert (await caller.refusal("order.batchSensitive", cipher_infos=asked))[0] == 40004
    assert (await caller.refusal("order.batchSensitive"))[0] == 40002
    assert (await caller.refusal("order.batchDecrypt", cipher_infos=asked[:1]))[0] == 30001


async def test_what_the_way_of_paying_gave_is_told_beside(caller: Caller) -> None:
    order = await one(caller, SHOES)
    assert (at(order, "pay_amount"), at(order, "promotion_pay_amount")) == (23700, 500)
    lines = rows(order, "sku_order_list")
    assert sum(int(str(line["pay_amount"])) for line in lines) == 23700


async def test_an_after_sale_does_not_change_its_order(caller: Caller) -> None:
    number, refund = "6935913307266401945", "7301248855019640833"
    before = await one(caller, number)
    caller.clock.turn(timedelta(hours=1))
    await caller.sign_in()
    await caller.control(refund={"refund_id": refund, "status": "12"})
    after = await one(caller, number)
    assert at(before, "update_time") == at(after, "update_time")
    await caller.control(order={"number": number, "status": "22"})
    assert at(await one(caller, number), "update_time") == int(caller.clock.now().timestamp())


async def test_the_list_tells_what_was_applied_for_and_the_detail_what_went_back(
    caller: Caller,
) -> None:
    asked = {"order_id": "6931440087153628870", "page": 0, "size": 10}
    (case,) = rows(await caller.data("afterSale.List", **asked), "items")
    assert at(case, "aftersale_info", "refund_amount") == 12900
    assert at(case, "aftersale_info", "refund_status") == 3
    detail = await caller.data("afterSale.Detail", after_sale_id="7301248855019640441")
    info = at(detail, "process_info", "after_sale_info")
    assert (at(info, "refund_total_amount"), at(info, "real_refund_amount")) == (12900, 12400)


async def test_an_exchange_speaks_of_no_money_and_is_answered_in_another_number(
    caller: Caller,
) -> None:
    asked = {"order_id": "6933270018835412607", "page": 0, "size": 10}
    (case,) = rows(await caller.data("afterSale.List", **asked), "items")
    info = at(case, "aftersale_info")
    assert (at(info, "aftersale_type"), at(info, "aftersale_status")) == (3, 3)
    assert at(info, "refund_status") == 0


async def test_without_a_window_only_half_a_year_of_after_sales_is_told(caller: Caller) -> None:
    everything = await caller.data("afterSale.List", page=0, size=100)
    caller.clock.turn(timedelta(days=200))
    await caller.sign_in()
    nothing = await caller.data("afterSale.List", page=0, size=100)
    all_again = await caller.data("afterSale.List", page=0, size=100, start_time=1)
    assert at(everything, "total") == at(all_again, "total") == 8
    assert at(nothing, "total") == 0


@pytest.mark.parametrize(
    "change",
    [
        {"order_by": None},
        {"order_by": ["apply_time asc"]},
        {"order_by": ["update_time"]},
        {"order_by": "update_time asc"},
        {"size": 101},
        {"page": 500},
        {"page": -1},
    ],
)
async def test_a_window_of_updates_without_its_sort_is_refused(
    caller: Caller, change: dict[str, object]
) -> None:
    now = int(caller.clock.now().timestamp())
    asked: dict[str, object] = {
        "update_start_time": now - 86_400,
        "update_end_time": now,
        "order_by": ["update_time asc"],
        "page": 0,
        "size": 100,
    }
    await caller.data("afterSale.List", **asked)
    asked = {name: each for name, each in (asked | change).items() if each is not None}
    assert (await caller.refusal("afterSale.List", **asked))[0] == 40004


async def test_an_after_sale_of_nobody_does_not_exist(caller: Caller) -> None:
    refused = await caller.refusal("afterSale.Detail", after_sale_id="1")
    assert refused == (40004, "isv.parameter-invalid:11003")
