"""Items, orders, parcels, refunds, coupons and members of the fake Tmall shop."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.sandbox.shops_world import World, at, beijing, days_since, moment, open_world, rows

ZHOU, ZHOU_ORDER = "AAGxk2Zr0Tt4uQe8wLm3Vb7N", "2618830174529916203"
SPLIT = "2620117398465520174"
SOLD = "taobao.trades.sold.get"
RECEIVER = "receiver_name,receiver_address,created,receiver_mobile,receiver_phone"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


def refusal(answer: object) -> object:
    return at(answer, "error_response", "code")


async def test_the_same_shoes_have_another_id_and_stock_here(world: World) -> None:
    found = await world.top("taobao.items.onsale.get", fields="num_iid", q="学步鞋")
    assert at(found, "items", "item", 0, "num_iid") == 728450193362
    detail = await world.top(
        "taobao.item.seller.get", num_iid="728450193362", fields="title,sku,price"
    )
    skus = rows(detail, "item", "skus", "sku")
    stock = {str(sku["properties_name"]): sku["quantity"] for sku in skus}
    assert [stock[name] for name in stock if "粉色" in name and name.endswith(":21")] == [0]
    assert [stock[name] for name in stock if "天蓝" in name and name.endswith(":24")] == [2]
    assert at(detail, "item", "price") == "169.00"


async def test_variants_of_several_items_come_together(world: World) -> None:
    answer = await world.top(
        "taobao.item.skus.get", num_iids="728450194415,728450196601", fields="sku_id,num_iid"
    )
    assert len(rows(answer, "skus", "sku")) == 6


async def test_a_big_number_has_its_text_twin(world: World) -> None:
    answer = await world.top(
        "taobao.trade.fullinfo.get", tid=ZHOU_ORDER, fields="tid,orders.oid,orders.num_iid"
    )
    trade = at(answer, "trade")
    assert (at(trade, "tid"), at(trade, "tid_str")) == (int(ZHOU_ORDER), ZHOU_ORDER)
    line = rows(trade, "orders", "order")[0]
    assert sorted(line) == ["num_iid", "oid", "oid_str"]


async def test_a_receiver_is_masked_and_has_an_address_id_only_with_its_companions(
    world: World,
) -> None:
    method = "taobao.trade.fullinfo.get"
    answer = await world.top(method, tid=ZHOU_ORDER, fields=f"tid,oaid,{RECEIVER}")
    assert at(answer, "trade", "receiver_mobile") == "138****3921"
    assert at(answer, "trade", "receiver_name") == "周*"
    assert at(answer, "trade", "oaid")
    alone = at(await world.top(method, tid=ZHOU_ORDER, fields="tid,oaid"), "trade")
    assert isinstance(alone, dict)
    assert "oaid" not in alone


async def test_an_unknown_order_is_the_callers_fault(world: World) -> None:
    form = world.top_form("taobao.trade.fullinfo.get", tid="1", fields="tid")
    answer = await world.send_form(form)
    assert at(answer, "error_response", "sub_code") == "isv.trade-not-exist"


async def test_a_buyers_orders_come_newest_first(world: World) -> None:
    answer = await world.top(SOLD, fields="tid,created,status", buyer_open_id=ZHOU)
    trades = rows(answer, "trades", "trade")
    assert [trade["status"] for trade in trades] == ["WAIT_BUYER_CONFIRM_GOODS", "TRADE_FINISHED"]
    created = [moment(trade["created"]) for trade in trades]
    assert created == sorted(created, reverse=True)


async def test_every_state_of_the_platform_is_in_the_house(world: World) -> None:
    answer = await world.top(SOLD, fields="status", page_size="100")
    assert {trade["status"] for trade in rows(answer, "trades", "trade")} == {
        "TRADE_NO_CREATE_PAY",
        "WAIT_BUYER_PAY",
        "PAY_PENDING",
        "WAIT_PRE_AUTH_CONFIRM",
        "PAID_FORBID_CONSIGN",
        "WAIT_SELLER_SEND_GOODS",
        "SELLER_CONSIGNED_PART",
        "WAIT_BUYER_CONFIRM_GOODS",
        "TRADE_BUYER_SIGNED",
        "TRADE_FINISHED",
        "TRADE_CLOSED",
        "TRADE_CLOSED_BY_TAOBAO",
    }


async def test_has_next_comes_instead_of_a_total(world: World) -> None:
    first = await world.top(SOLD, fields="tid", page_size="10", use_has_next="true")
    assert isinstance(first, dict)
    assert first["has_next"] is True
    assert "total_results" not in first
    last = await world.top(SOLD, fields="tid", page_size="10", page_no="2", use_has_next="true")
    assert at(last, "has_next") is False


async def test_an_empty_list_is_left_out(world: World) -> None:
    answer = await world.top(SOLD, fields="tid", buyer_open_id="AAnobody")
    assert isinstance(answer, dict)
    assert "trades" not in answer
    assert answer["total_results"] == 0


async def test_orders_are_told_for_three_months_only(world: World) -> None:
    start = beijing(world.clock.now() - timedelta(days=100))
    assert (
        refusal(await world.send_form(world.top_form(SOLD, fields="tid", start_created=start)))
        == 41
    )
    world.clock.turn(timedelta(days=93))
    answer = await world.top(SOLD, fields="tid")
    assert at(answer, "total_results") == 0


async def test_pages_are_at_most_a_hundred(world: World) -> None:
    form = world.top_form(SOLD, fields="tid", page_size="101")
    assert refusal(await world.send_form(form)) == 41


async def test_an_increment_is_one_day_at_most(world: World) -> None:
    method, now = "taobao.trades.sold.increment.get", world.clock.now()
    day = {"start_modified": beijing(now - timedelta(days=1)), "end_modified": beijing(now)}
    answer = await world.top(method, fields="tid,modified", **day)
    ages = [days_since(world, row["modified"]) for row in rows(answer, "trades", "trade")]
    assert ages == sorted(ages)
    assert ages
    assert max(ages) <= 1
    longer = day | {"start_modified": beijing(now - timedelta(days=2))}
    assert refusal(await world.send_form(world.top_form(method, fields="tid", **longer))) == 41


async def test_an_increment_counts_both_of_its_seconds_in(world: World) -> None:
    await world.control("taobao", order={"number": ZHOU_ORDER, "status": "TRADE_FINISHED"})
    second = beijing(world.clock.now())
    answer = await world.top(
        "taobao.trades.sold.increment.get",
        fields="tid",
        start_modified=second,
        end_modified=second,
    )
    assert at(answer, "trades", "trade", 0, "tid_str") == ZHOU_ORDER


async def test_a_refund_that_moves_leaves_the_trades_own_time_alone(world: World) -> None:
    method, asked = "taobao.trade.fullinfo.get", {"tid": "2622945810637742085"}
    before = at(await world.top(method, **asked, fields="modified"), "trade", "modified")
    await world.control("taobao", refund={"refund_id": "188230054471742085", "status": "SUCCESS"})
    after = at(await world.top(method, **asked, fields="modified"), "trade", "modified")
    assert after == before
    second = beijing(world.clock.now())
    found = await world.top(
        "taobao.refunds.receive.get", fields="tid", start_modified=second, end_modified=second
    )
    assert at(found, "refunds", "refund", 0, "tid") == 2622945810637742085


async def test_a_presale_says_which_part_is_paid(world: World) -> None:
    answer = await world.top(
        "taobao.trade.fullinfo.get", tid="2623310077420831562", fields="type,step_trade_status"
    )
    assert at(answer, "trade", "type") == "step"
    assert at(answer, "trade", "step_trade_status") == "FRONT_PAID_FINAL_NOPAID"


async def test_a_split_order_shows_which_line_still_waits(world: World) -> None:
    answer = await world.top("taobao.trade.fullinfo.get", tid=SPLIT, fields="status,payment,orders")
    assert at(answer, "trade", "status") == "SELLER_CONSIGNED_PART"
    lines = rows(answer, "trade", "orders", "order")
    assert [line["status"] for line in lines] == [
        "WAIT_BUYER_CONFIRM_GOODS",
        "WAIT_BUYER_CONFIRM_GOODS",
        "WAIT_SELLER_SEND_GOODS",
    ]
    assert "invoice_no" not in lines[2]
    cents = [int(str(line["payment"]).replace(".", "")) for line in lines]
    assert sum(cents) == int(str(at(answer, "trade", "payment")).replace(".", ""))


async def test_a_track_is_oldest_first(world: World) -> None:
    trace = await world.top("taobao.logistics.trace.search", tid=ZHOU_ORDER)
    steps = rows(trace, "trace_list", "transit_step_info")
    times = [moment(step["status_time"]) for step in steps]
    assert times == sorted(times)
    assert at(trace, "company_name") == "中通快递"


async def test_a_split_order_is_tracked_by_its_sub_order(world: World) -> None:
    lines = rows(
        await world.top("taobao.trade.fullinfo.get", tid=SPLIT, fields="orders.oid"),
        "trade",
        "orders",
        "order",
    )
    method = "taobao.logistics.trace.search"
    sent = await world.top(method, tid=SPLIT, is_split="1", sub_tid=str(lines[0]["oid"]))
    assert at(sent, "status") == "对方已签收"
    form = world.top_form(method, tid=SPLIT, is_split="1", sub_tid=str(lines[2]["oid"]))
    assert refusal(await world.send_form(form)) == 15
    await world.control(
        "taobao", ship={"number": SPLIT, "company": "京东快递", "waybill": "JDX000000000001"}
    )
    later = await world.top(method, tid=SPLIT, is_split="1", sub_tid=str(lines[2]["oid"]))
    assert at(later, "out_sid") == "JDX000000000001"
    whole = await world.top("taobao.trade.fullinfo.get", tid=SPLIT, fields="status")
    assert at(whole, "trade", "status") == "WAIT_BUYER_CONFIRM_GOODS"


async def test_a_refund_in_progress_is_on_the_line_and_on_its_own(world: World) -> None:
    answer = await world.top(
        "taobao.refunds.receive.get", fields="refund_id,tid,status", status="WAIT_SELLER_AGREE"
    )
    case = rows(answer, "refunds", "refund")[0]
    assert case["tid"] == 2622945810637742085
    await world.control("taobao", refund={"refund_id": str(case["refund_id"]), "status": "SUCCESS"})
    one = await world.top(
        "taobao.refund.get", refund_id=str(case["refund_id"]), fields="status,refund_fee"
    )
    assert at(one, "refund", "status") == "SUCCESS"
    assert at(one, "refund", "refund_fee") == "1980.00"
    trade = await world.top(
        "taobao.trade.fullinfo.get", tid=str(case["tid"]), fields="orders.refund_status"
    )
    assert at(trade, "trade", "orders", "order", 0, "refund_status") == "SUCCESS"


async def test_sending_a_coupon_twice_fails_for_the_buyer_but_says_success(world: World) -> None:
    method, asked = "taobao.promotion.coupon.send", {"coupon_id": "1880057731"}
    first = await world.top(method, **asked, buyer_ids=f"{ZHOU},AAnobody")
    assert at(first, "coupon_results", "coupon_result", 0, "coupon_number")
    assert at(first, "failure_buyers", "error_message", 0, "reason") == "买家不存在"
    second = await world.top(method, **asked, buyer_ids=ZHOU)
    assert at(second, "is_success") is True
    assert isinstance(second, dict)
    assert "coupon_results" not in second


async def test_coupons_are_in_fen(world: World) -> None:
    answer = await world.top("taobao.promotion.coupons.get", coupon_id="1880057731")
    coupon = rows(answer, "coupons", "coupon")[0]
    assert (coupon["denominations"], coupon["condition"]) == (3000, 30000)


async def test_a_members_grade_and_points(world: World) -> None:
    uid = "AAKaf9Hr5Bx3qUh7nAl0Sy2Q"
    found = await world.top("taobao.crm.members.search.privy", current_page="1", ouid=uid)
    member = rows(found, "members", "crm_member")[0]
    assert (member["grade"], member["grade_name"]) == (3, "VIP会员")
    points = await world.top("taobao.crm.point.available.get", open_uid=uid)
    assert at(points, "result") == 3390
