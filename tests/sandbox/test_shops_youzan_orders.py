"""Orders, parcels and refunds of the fake Youzan shop."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.sandbox.shops_world import World, at, beijing, days_since, moment, open_world, rows

LIN = "LnhGm4rh576452722916618240"
STUCK = "E20261116201844019500026"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


async def sold(world: World, **params: object) -> list[dict[str, object]]:
    answer = await world.youzan("youzan.trades.sold.get", "4.0.4", **params)
    listed = rows(answer, "data", "full_order_info_list")
    orders = [at(row, "full_order_info") for row in listed]
    return [order for order in orders if isinstance(order, dict)]


def numbers(orders: list[dict[str, object]]) -> list[object]:
    return [at(order, "order_info", "tid") for order in orders]


async def trade(world: World, tid: str) -> object:
    return at(await world.youzan("youzan.trade.get", "4.0.2", tid=tid), "data")


async def test_a_buyers_orders_come_newest_first(world: World) -> None:
    orders = await sold(world, yz_open_id=LIN)
    assert numbers(orders) == [STUCK, "E20261017103512019500011"]


async def test_money_is_yuan_text_and_the_discount_is_shared_out(world: World) -> None:
    order = (await sold(world, tid=STUCK))[0]
    assert at(order, "pay_info", "total_fee") == "297.90"
    assert at(order, "pay_info", "payment") == "277.90"
    assert [line["payment"] for line in rows(order, "orders")] == ["222.02", "55.88"]


async def test_only_the_single_query_says_what_was_really_paid(world: World) -> None:
    listed = at((await sold(world, tid=STUCK))[0], "pay_info")
    assert isinstance(listed, dict)
    assert "real_payment" not in listed
    full = await trade(world, STUCK)
    assert at(full, "full_order_info", "pay_info", "real_payment") == "277.90"


async def test_a_window_needs_both_bounds(world: World) -> None:
    recent = beijing(world.clock.now() - timedelta(days=1))
    now = beijing(world.clock.now())
    everything = await sold(world)
    assert numbers(await sold(world, start_created=recent)) == numbers(everything)
    inside = await sold(world, start_created=recent, end_created=now)
    assert 0 < len(inside) < len(everything)


async def test_a_window_of_updates_orders_by_update(world: World) -> None:
    start = beijing(world.clock.now() - timedelta(days=30))
    orders = await sold(world, start_update=start, end_update=beijing(world.clock.now()))
    updated = [moment(at(order, "order_info", "update_time")) for order in orders]
    assert updated == sorted(updated, reverse=True)
    assert numbers(orders) != numbers(await sold(world))


async def test_a_window_over_three_months_is_refused(world: World) -> None:
    start = beijing(world.clock.now() - timedelta(days=100))
    answer = await world.youzan(
        "youzan.trades.sold.get",
        "4.0.4",
        start_created=start,
        end_created=beijing(world.clock.now()),
    )
    assert at(answer, "success") is False


async def test_pages_are_at_most_a_hundred(world: World) -> None:
    first, second = [await sold(world, page_size=4, page_no=page) for page in (1, 2)]
    assert len(first) == len(second) == 4
    assert not set(map(str, numbers(first))) & set(map(str, numbers(second)))
    answer = await world.youzan("youzan.trades.sold.get", "4.0.4", page_size=101)
    assert at(answer, "success") is False


async def test_every_state_of_the_platform_is_in_the_house(world: World) -> None:
    states = {at(order, "order_info", "status") for order in await sold(world)}
    assert states == {
        "WAIT_BUYER_PAY",
        "TRADE_PAID",
        "WAIT_CONFIRM",
        "WAIT_SELLER_SEND_GOODS",
        "WAIT_BUYER_CONFIRM_GOODS",
        "TRADE_SUCCESS",
        "TRADE_CLOSED",
    }
    refunding = await sold(world, status="TRADE_REFUND")
    assert numbers(refunding) == ["E20261110142207019500033"]


async def test_the_receiver_is_sealed_and_opens_only_to_a_mask(world: World) -> None:
    full = await trade(world, STUCK)
    sealed = at(full, "full_order_info", "address_info", "receiver_tel")
    assert "13816245678" not in json.dumps(full)
    masked = await world.youzan("youzan.cloud.secret.decryptmask.single", "1.0.0", source=sealed)
    assert at(masked, "data") == "138****5678"
    plain = await world.youzan("youzan.cloud.secret.decrypt.single", "1.0.0", source=sealed)
    assert at(plain, "gw_err_resp", "err_code") == 4204


async def test_a_part_shipped_order_has_only_the_sent_lines_in_a_package(world: World) -> None:
    full = await trade(world, "E20261120083015019500089")
    assert at(full, "full_order_info", "order_info", "status") == "WAIT_SELLER_SEND_GOODS"
    all_oids = [line["oid"] for line in rows(full, "full_order_info", "orders")]
    sent = [entry["oid"] for entry in rows(full, "delivery_order", 0, "oids")]
    assert sent == all_oids[1:]


async def test_the_stuck_parcel_has_been_silent_for_three_days(world: World) -> None:
    full = await trade(world, STUCK)
    express = at(full, "delivery_order", 0, "dists", 0, "express_info")
    track = await world.youzan(
        "youzan.logistics.goodsexpress.get",
        "3.0.0",
        express_id=at(express, "express_id"),
        express_no=at(express, "express_no"),
    )
    assert at(track, "response", "state") == 0
    scans = json.loads(str(at(track, "response", "data")))
    ages = [days_since(world, scan["time"]) for scan in scans]
    assert ages == sorted(ages)
    assert 3 < ages[0] < 4


async def test_a_waybill_with_the_wrong_carrier_is_not_found(world: World) -> None:
    answer = await world.youzan(
        "youzan.logistics.goodsexpress.get", "3.0.0", express_id=7, express_no="YT7489920153386"
    )
    assert at(answer, "error_response", "code") == 102


async def test_a_new_scan_is_in_the_track_at_once(world: World) -> None:
    await world.control(
        "youzan", scan={"waybill": "YT7489920153386", "text": "【上海市】派件中", "state": 5}
    )
    track = await world.youzan("youzan.logistics.expressbyorderno.get", "3.0.0", tid=STUCK)
    assert at(track, "response", "state") == 5
    assert json.loads(str(at(track, "response", "data")))[0]["context"] == "【上海市】派件中"


async def test_shipping_moves_the_order_and_leaves_the_other_moments_alone(world: World) -> None:
    number = "E20261119112803019500072"
    before = at(await trade(world, number), "full_order_info", "order_info", "pay_time")
    await world.control(
        "youzan", ship={"number": number, "company": "顺丰速运", "waybill": "SF1400000000001"}
    )
    full = await trade(world, number)
    info = at(full, "full_order_info", "order_info")
    assert at(info, "status") == "WAIT_BUYER_CONFIRM_GOODS"
    assert at(info, "pay_time") == before
    assert days_since(world, at(info, "consign_time")) < 0.01
    assert len(rows(full, "delivery_order", 0, "oids")) == 2


async def test_money_is_back_only_when_the_fund_says_so(world: World) -> None:
    done = await world.youzan(
        "youzan.trade.refund.get", "3.0.1", refund_id="202611030911240000031009"
    )
    assert at(done, "data", "refund_fee") == "899.00"
    assert at(done, "data", "refund_fund_list", 0, "refund_fee") == 89900
    assert at(done, "data", "refund_fund_list", 0, "status") == 2
    waiting = await world.youzan(
        "youzan.trade.refund.get", "3.0.1", refund_id="202611200915420000031002"
    )
    assert at(waiting, "data", "refund_fund_list") == []


async def test_refunds_are_searched_by_unix_seconds(world: World) -> None:
    now = int(world.clock.now().timestamp())
    answer = await world.youzan(
        "youzan.trade.refund.search",
        "3.0.1",
        update_time_start=now - 3 * 86400,
        update_time_end=now,
    )
    found = [row["refund_id"] for row in rows(answer, "data", "refunds")]
    assert found == ["202611200915420000031002"]


async def test_the_list_of_updates_lags_behind_by_half_a_minute(world: World) -> None:
    start = world.clock.now() - timedelta(minutes=1)
    await world.control("youzan", order={"number": STUCK, "status": "TRADE_SUCCESS"})

    async def updated() -> list[object]:
        window = {"start_update": beijing(start), "end_update": beijing(world.clock.now())}
        return numbers(await sold(world, **window))

    assert await updated() == []
    world.clock.turn(timedelta(seconds=30))
    assert await updated() == [STUCK]


async def test_a_window_counts_both_of_its_seconds_in(world: World) -> None:
    await world.control("youzan", order={"number": STUCK, "status": "TRADE_SUCCESS"})
    second = beijing(world.clock.now())
    world.clock.turn(timedelta(minutes=1))
    assert numbers(await sold(world, start_update=second, end_update=second)) == [STUCK]


async def test_a_refund_that_moves_leaves_the_orders_own_time_alone(world: World) -> None:
    number, refund = "E20261110142207019500033", "202611200915420000031002"
    before = at(await trade(world, number), "full_order_info", "order_info", "update_time")
    moved = {"refund_id": refund, "status": "WAIT_SELLER_CONFIRM_GOODS"}
    await world.control("youzan", refund=moved)
    after = at(await trade(world, number), "full_order_info", "order_info", "update_time")
    assert after == before
    second = int(world.clock.now().timestamp())
    found = await world.youzan(
        "youzan.trade.refund.search", "3.0.1", update_time_start=second, update_time_end=second
    )
    assert [row["tid"] for row in rows(found, "data", "refunds")] == [number]


async def test_refunds_without_a_window_are_those_of_three_months(world: World) -> None:
    method = "youzan.trade.refund.search"
    everything = at(await world.youzan(method, "3.0.1"), "data", "total")
    world.clock.turn(timedelta(days=85))
    await world.sign_in()
    later = at(await world.youzan(method, "3.0.1"), "data", "total")
    assert (everything, later) == (3, 1)


async def test_refunds_are_shown_up_to_the_three_thousandth(world: World) -> None:
    method = "youzan.trade.refund.search"
    allowed = await world.youzan(method, "3.0.1", page_no=30, page_size=100)
    refused = await world.youzan(method, "3.0.1", page_no=31, page_size=100)
    assert (at(allowed, "success"), at(refused, "success")) == (True, False)


async def test_an_order_of_a_group_says_so(world: World) -> None:
    full = await trade(world, "E20261121150732019500114")
    assert at(full, "full_order_info", "order_info", "type") == 10


async def test_a_coupon_is_redeemed_once(world: World) -> None:
    verify = "youzan.ump.voucher.operate.verify"
    taken = await world.youzan(
        "youzan.ump.coupon.take", "3.0.0", coupon_group_id="9001", open_user_id=LIN
    )
    code = at(taken, "response", "promocard", "verify_code")

    async def cards(**asked: object) -> list[dict[str, object]]:
        method = "youzan.ump.promocard.buyer.search"
        return rows(
            await world.youzan(method, "3.0.1", open_user_id=LIN, **asked), "response", "cards"
        )

    assert [card["is_used"] for card in await cards(status="VALID")] == [0]
    assert at(await world.youzan(verify, "1.0.0", code=code), "success") is True
    assert at(await world.youzan(verify, "1.0.0", code=code), "message") == "优惠券已使用"
    assert await cards(status="VALID") == []
    assert [card["is_used"] for card in await cards(status="USED")] == [1]
    assert at(await world.youzan(verify, "1.0.0", code="1"), "message") == "优惠券不存在"
    assert at(await world.youzan(verify, "1.0.0"), "success") is False


async def test_a_coupon_whose_days_are_over_is_not_redeemed(world: World) -> None:
    taken = await world.youzan(
        "youzan.ump.coupon.take", "3.0.0", coupon_group_id="9001", open_user_id=LIN
    )
    code = at(taken, "response", "promocard", "verify_code")
    world.clock.turn(timedelta(days=8))
    await world.sign_in()
    answer = await world.youzan("youzan.ump.voucher.operate.verify", "1.0.0", code=code)
    assert at(answer, "message") == "优惠券已过期"
