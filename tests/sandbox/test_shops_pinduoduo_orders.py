"""Orders, cases and traces of the fake Pinduoduo have the platform's limits, units and secrets."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.sandbox.pinduoduo_world import call, code, open_shop, seconds
from tests.sandbox.shops_world import World, at, days_since, rows

CHANGED = "pdd.order.number.list.increment.get"
CASES = "pdd.refund.list.increment.get"
ONE = "pdd.order.information.get"
SHOES = "261118-093512447180026"
WAITING = "261121-083006512930158"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_shop() as opened:
        yield opened


def asked(world: World, days: float, minutes: float = 30, **more: str) -> dict[str, str]:
    """A question for changes within `minutes` that began so many `days` ago."""
    start = world.clock.now() - timedelta(days=days)
    return {
        "start_updated_at": seconds(start),
        "end_updated_at": seconds(start + timedelta(minutes=minutes)),
        "order_status": "5",
        "refund_status": "5",
        "is_lucky_flag": "0",
        "page": "1",
        **more,
    }


async def order(world: World, number: str) -> object:
    return at(await call(world, ONE, order_sn=number), "order_info_get_response", "order_info")


async def changed(world: World, **params: str) -> list[str]:
    answer = await call(world, CHANGED, **params)
    found = rows(answer, "order_sn_increment_get_response", "order_sn_list")
    return [str(each["order_sn"]) for each in found]


async def test_changes_are_told_of_half_an_hour_at_most(world: World) -> None:
    assert await changed(world, **asked(world, 1.101, 30)) == [WAITING]
    assert code(await call(world, CHANGED, **asked(world, 1.101, 31))) == 10000
    assert code(await call(world, CHANGED, **asked(world, 1.101, -1))) == 10000


@pytest.mark.parametrize(
    "missing",
    ["start_updated_at", "end_updated_at", "order_status", "refund_status", "is_lucky_flag"],
)
async def test_a_list_needs_all_its_filters(world: World, missing: str) -> None:
    params = asked(world, 1.101)
    del params[missing]
    answer = await call(world, CHANGED, **params)
    assert code(answer) == 10000
    assert missing in str(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"order_status": "4"},
        {"refund_status": "0"},
        {"page_size": "101"},
        {"page": "0"},
        {"use_has_next": "True"},
        {"start_updated_at": "2026-11-21 20:00:00"},
    ],
)
async def test_a_wrong_filter_is_refused(world: World, wrong: dict[str, str]) -> None:
    assert code(await call(world, CHANGED, **{**asked(world, 1.101), **wrong})) == 10000


async def test_has_next_takes_the_place_of_the_count(world: World) -> None:
    counted = await call(world, CHANGED, **asked(world, 1.101))
    uncounted = await call(world, CHANGED, **asked(world, 1.101), use_has_next="true")
    key = "order_sn_increment_get_response"
    assert at(counted, key, "total_count") == 1
    assert at(uncounted, key, "has_next") is False
    assert "has_next" not in str(counted)
    assert "total_count" not in str(uncounted)


async def test_the_latest_change_comes_first(world: World) -> None:
    for number in (SHOES, WAITING):
        world.clock.turn(world.clock.offset + timedelta(seconds=2))
        await world.control("pinduoduo", order={"number": number, "status": "1/1/2"})
    found = await changed(world, **asked(world, 0.0005, 5))
    assert found == [WAITING, SHOES]


async def test_with_a_lag_the_latest_changes_are_not_listed_yet(world: World) -> None:
    await world.control("pinduoduo", lag_seconds=180)
    await world.control("pinduoduo", order={"number": SHOES, "status": "1/1/3"})
    params = asked(world, 0.0005, 5)
    assert await changed(world, **params) == []
    assert at(await order(world, SHOES), "order_status") == 3
    world.clock.turn(timedelta(seconds=181))
    assert await changed(world, **params) == [SHOES]


async def test_orders_older_than_ninety_days_are_not_told(world: World) -> None:
    assert at(await order(world, SHOES), "order_sn") == SHOES
    world.clock.turn(timedelta(days=87))
    answer = await call(world, ONE, order_sn=SHOES)
    assert code(answer) == 50001
    assert at(answer, "error_response", "sub_msg") == "订单不存在"


async def test_an_order_is_told_in_yuan_and_beijing_time(world: World) -> None:
    found = await order(world, SHOES)
    assert at(found, "pay_amount") == 328.0
    assert at(found, "goods_amount") == 338.0
    assert at(found, "item_list", 0, "goods_price") == "169.00"
    assert abs(days_since(world, at(found, "created_time")) - 4.1) < 0.01
    listed = await call(world, CHANGED, **asked(world, 3.601))
    assert at(listed, "order_sn_increment_get_response", "order_sn_list", 0, "pay_amount") == (
        "328.00"
    )


async def test_receivers_are_sealed_while_it_is_packed_and_gone_afterwards(world: World) -> None:
    packing, sent = await order(world, WAITING), await order(world, SHOES)
    checked = await order(world, "261121-200144903370158")
    assert re.fullmatch(r"\$.+\$0\$\$", str(at(packing, "receiver_phone")))
    assert at(sent, "receiver_phone") == at(checked, "receiver_phone") == ""
    assert at(sent, "receiver_phone_mask") == "1*********8"
    assert "许芳" not in str(sent)
    assert "13683457016" not in str(packing)


async def test_nothing_tells_who_the_buyer_is(world: World) -> None:
    assert not [name for name in str(await order(world, SHOES)).split("'") if "buyer_id" in name]


@pytest.mark.parametrize(
    ("number", "figures"),
    [
        ("261121-221930660240417", (0, 0, 1, 1, 0, 0)),
        ("261121-083006512930158", (1, 1, 1, 1, 0, 0)),
        ("261121-200144903370158", (1, 1, 1, 1, 0, 1)),
        ("261118-093512447180026", (1, 1, 2, 1, 0, 0)),
        ("261014-201847115320026", (1, 1, 3, 1, 0, 0)),
        ("261112-110855290170733", (1, 1, 2, 2, 2, 0)),
        ("261109-142211386050294", (1, 1, 3, 2, 7, 0)),
        ("261105-193328774410733", (1, 1, 1, 4, 10, 0)),
        ("261113-125540193580581", (1, 1, 2, 1, 11, 0)),
        ("261030-172609541120294", (1, 1, 3, 1, 16, 0)),
        ("261120-091752640030581", (2, 0, 1, 1, 0, 0)),
        ("261119-231408827760581", (2, 2, 1, 1, 0, 0)),
    ],
)
async def test_four_figures_tell_independently_where_an_order_stands(
    world: World, number: str, figures: tuple[int, ...]
) -> None:
    found = await order(world, number)
    names = (
        "confirm_status",
        "group_status",
        "order_status",
        "refund_status",
        "after_sales_status",
        "risk_control_status",
    )
    assert tuple(at(found, name) for name in names) == figures


async def test_cases_of_an_order_come_whatever_the_window(world: World) -> None:
    params = asked(world, 50, after_sales_status="1", after_sales_type="1")
    number = "261112-110855290170733"
    answer = await call(world, CASES, **params, order_sn=number)
    (case,) = rows(answer, "refund_increment_get_response", "refund_list")
    assert (case["refund_amount"], case["after_sales_status"]) == ("199.00", 2)
    other = await call(world, CASES, **params)
    assert rows(other, "refund_increment_get_response", "refund_list") == []


@pytest.mark.parametrize("missing", ["after_sales_status", "after_sales_type"])
async def test_cases_need_state_and_type(world: World, missing: str) -> None:
    params = asked(world, 1, after_sales_status="1", after_sales_type="1", order_sn=SHOES)
    del params[missing]
    assert code(await call(world, CASES, **params)) == 10000


async def test_a_trace_stands_under_a_misspelt_name_and_wants_the_right_carrier(
    world: World,
) -> None:
    trace = "pdd.logistics.ordertrace.get"
    answer = await call(world, trace, company_code="ZTO", mail_no="78612004471893")
    nodes = rows(answer, "logistics_ordertrace_get_resposne", "trace_list")
    assert [node["action"] for node in nodes] == ["GOT", "DEPARTURE", "ARRIVAL"]
    assert code(await call(world, trace, company_code="SF", mail_no="78612004471893")) == 50001
    assert code(await call(world, trace, mail_no="78612004471893")) == 10000


async def test_further_parcels_of_an_order_stand_in_a_list(world: World) -> None:
    found = await order(world, "261116-154420038860417")
    assert at(found, "tracking_number") == "773302019945120"
    (extra,) = rows(found, "extra_delivery_list")
    assert extra == {"logistics_id": 1, "tracking_number": "773302019945131"}


async def test_the_quick_state_is_written_otherwise(world: World) -> None:
    answer = await call(world, "pdd.order.status.get", order_sns=f"{SHOES},nobody")
    (row,) = rows(answer, "order_status_get_response", "order_status_list")
    assert row == {"orderSn": SHOES, "order_status": 2, "refund_status": 1}
    assert code(await call(world, "pdd.order.status.get", order_sns=",".join("x" * 101))) == 10000


async def test_orders_by_deal_are_told_of_a_day_at_most(world: World) -> None:
    start = world.clock.now() - timedelta(days=1.5)
    params = {
        "start_confirm_at": seconds(start),
        "end_confirm_at": seconds(start + timedelta(hours=24)),
        "order_status": "1",
        "refund_status": "5",
        "is_lucky_flag": "0",
    }
    answer = await call(world, "pdd.order.list.get", **params)
    found = [row["order_sn"] for row in rows(answer, "order_list_get_response", "order_list")]
    assert found == [WAITING]
    params["end_confirm_at"] = seconds(start + timedelta(hours=24, seconds=1))
    assert code(await call(world, "pdd.order.list.get", **params)) == 10000


async def test_who_must_not_be_sent_to_is_told(world: World) -> None:
    numbers = f"{WAITING},261105-193328774410733"
    answer = await call(world, "pdd.refund.status.check", order_sns=numbers)
    key = "refund_status_check_response"
    assert at(answer, key, "order_sns_exists_refund") == ["261105-193328774410733"]
