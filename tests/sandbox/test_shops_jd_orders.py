"""Orders and refunds of the fake JD: its windows, pages, words, units and masks."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.merchant.catalog import load_catalog
from sandbox.merchant.jd import load_jd
from sandbox.shops.jd.order_rows import CARRIERS
from tests.sandbox.jd_caller import ask, refused
from tests.sandbox.shops_world import World, at, beijing, moment, open_world, rows

SEARCH = "jingdong.pop.order.search"
GET = "jingdong.pop.order.get"
VIEW = "jingdong.asc.serviceAndRefund.view"
AMOUNT = "jingdong.b2c.shop.aftersales.refund.get"
APPLIED = "jingdong.pop.afs.soa.refundapply.queryPageList"
FIELDS = (
    "orderId,orderState,actualPay,shouldPay,paymentConfirmTime,consigneeInfo,pin,itemInfoList,"
    "waybill,logisticsId,open_id_buyer,modified"
)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


def window(world: World, days: float = 30, /, **more: object) -> dict[str, object]:
    now = world.clock.now()
    return {
        "start_date": beijing(now - timedelta(days=days)),
        "end_date": beijing(now),
        "optional_fields": FIELDS,
        "source_id": "JOS",
        "page": "1",
        "page_size": "100",
        **more,
    }


async def order(world: World, number: str, fields: str = FIELDS) -> object:
    answer = await ask(world, GET, {"order_id": number, "optional_fields": fields})
    return at(answer, "orderDetailInfo", "orderInfo")


async def found(world: World, asked: dict[str, object]) -> list[dict[str, object]]:
    return rows(await ask(world, SEARCH, asked), "searchorderinfo_result", "orderInfoList")


def test_the_seeds_fit_the_catalog_and_have_every_state() -> None:
    seeds, products = load_jd(), {product.key: product for product in load_catalog()}
    assert len(seeds.listings) >= 22
    assert set(seeds.listings) <= set(products)
    assert len(products["xuebuxie"].variants()) == 18
    skus = [
        listing.first_sku + step * 7
        for key, listing in seeds.listings.items()
        for step in range(len(products[key].variants()))
    ]
    assert len(set(skus)) == len(skus)
    assert len(seeds.buyers) >= 5
    assert {seed.buyer for seed in seeds.orders} == {buyer.key for buyer in seeds.buyers}
    assert len({seed.status for seed in seeds.orders}) == 14
    assert {parcel.company for seed in seeds.orders for parcel in seed.parcels} <= set(CARRIERS)
    assert all(
        line.sku
        in ["/".join(value for _, value in each) for each in products[line.item].variants()]
        for seed in seeds.orders
        for line in seed.lines
    )


async def test_an_order_has_texts_for_numbers_and_yuan_and_a_masked_receiver(world: World) -> None:
    row = await order(world, "312847650137")
    assert at(row, "actualPay") == "625.90"
    assert at(row, "itemInfoList", 0, "itemTotal") == "2"
    assert at(row, "itemInfoList", 0, "jdPrice") == "298.00"
    assert at(row, "consigneeInfo", "mobile") == "138****2640"
    assert at(row, "consigneeInfo", "fullname") == "陆*"
    assert "常德路" not in str(row)
    assert "luxin2019" not in str(row)


async def test_only_fields_asked_for_come(world: World) -> None:
    row = await order(world, "312847650137", "orderId,waybill")
    assert isinstance(row, dict)
    assert sorted(row) == ["modified", "orderId", "orderStartTime", "orderState", "waybill"]


async def test_an_unpaid_order_was_paid_in_the_year_one(world: World) -> None:
    row = await order(world, "312940285517")
    assert at(row, "paymentConfirmTime") == "0001-01-01 00:00:00"
    assert (at(row, "actualPay"), at(row, "shouldPay")) == ("0.00", "258.00")


async def test_a_virtual_number_stands_for_the_true_one(world: World) -> None:
    assert at(await order(world, "312901447326"), "consigneeInfo", "mobile") == "184****0917-3305"


async def test_parcels_are_joined_by_carrier(world: World) -> None:
    row = await order(world, "312688250194")
    assert at(row, "logisticsId") == "467|463"
    assert at(row, "waybill") == "SF1410377265094|YT7501168842093,YT7501168842101"


async def test_an_unknown_order_is_a_failed_result_not_an_error(world: World) -> None:
    answer = await ask(world, GET, {"order_id": "1", "optional_fields": FIELDS})
    assert at(answer, "orderDetailInfo", "apiResult", "success") is False
    assert "orderInfo" not in str(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": 1},
        {"page_size": 100},
        {"page_size": "101"},
        {"page": "0"},
        {"source_id": "ERP"},
        {"optional_fields": ""},
        {"start_date": ""},
        {"start_date": "2026-11-20"},
        {"buyer": "3k-Vw7Q"},
    ],
)
async def test_a_search_is_asked_as_documented(world: World, wrong: dict[str, object]) -> None:
    assert await refused(world, SEARCH, window(world, **wrong)) == "43"


@pytest.mark.parametrize(
    ("days", "kind", "is_answered"),
    [(31, "0", True), (32, "0", False), (32, "1", False)],
)
async def test_a_window_is_a_month_at_most(
    world: World, days: int, kind: str, is_answered: bool
) -> None:
    answer = await ask(world, SEARCH, window(world, days, dateType=kind))
    success = at(answer, "searchorderinfo_result", "apiResult", "success")
    assert success == ("true" if is_answered else "false")


@pytest.mark.parametrize(("kind", "is_answered"), [("0", False), ("1", True)])
async def test_changes_are_told_for_three_months(
    world: World, kind: str, is_answered: bool
) -> None:
    start = world.clock.now() - timedelta(days=100)
    times = {"start_date": beijing(start), "end_date": beijing(start + timedelta(days=10))}
    answer = await ask(world, SEARCH, window(world, dateType=kind, **times))
    success = at(answer, "searchorderinfo_result", "apiResult", "success")
    assert success == ("true" if is_answered else "false")


async def test_pages_hang_together_in_both_orders(world: World) -> None:
    total = len(await found(world, window(world)))
    for sort, reverse in (("1", True), ("0", False)):
        seen: list[dict[str, object]] = []
        for page in range(1, total // 5 + 2):
            pages = {"page": str(page), "page_size": "5", "sortType": sort}
            seen += await found(world, window(world, **pages))
        times = [str(row["modified"]) for row in seen]
        assert len({row["orderId"] for row in seen}) == len(seen) == total
        assert times == sorted(times, reverse=reverse)


async def test_states_can_be_asked_for(world: World) -> None:
    asked = window(world, order_state="LOCKED,PAUSE")
    assert {row["orderState"] for row in await found(world, asked)} == {"LOCKED", "PAUSE"}


async def test_an_order_that_moves_is_modified_now(world: World) -> None:
    await world.control("jd", order={"number": "312850719930", "status": "LOCKED"})
    row = await order(world, "312850719930")
    assert at(row, "orderState") == "LOCKED"
    assert abs(moment(at(row, "modified")) - world.clock.now()) < timedelta(seconds=2)


async def test_what_is_shipped_has_its_carriers_number(world: World) -> None:
    ship = {"number": "312850719930", "company": "京东快递", "waybill": "JDVA1"}
    await world.control("jd", ship=ship)
    row = await order(world, "312850719930")
    assert (at(row, "logisticsId"), at(row, "waybill")) == ("2087", "JDVA1")
    assert at(row, "orderState") == "WAIT_GOODS_RECEIVE_CONFIRM"


async def test_services_are_told_by_order_with_dates_in_milliseconds(world: World) -> None:
    (row,) = rows(await ask(world, VIEW, {"orderId": 311430962250}), "pageResult", "data")
    assert (row["status"], at(row, "sameOrderServiceBill", "serviceId")) == (13, 2061388457)
    done = row["completeTime"]
    assert isinstance(done, int)
    age = world.clock.now() - datetime.fromtimestamp(done / 1000, UTC)
    assert abs(age - timedelta(days=11.5)) < timedelta(minutes=1)


async def test_a_service_without_refund_has_no_state_yet(world: World) -> None:
    (row,) = rows(await ask(world, VIEW, {"orderId": 312519034468}), "pageResult", "data")
    assert sorted(row) == ["sameOrderServiceBill"]


async def test_services_are_found_by_application_and_by_approval(world: World) -> None:
    now = world.clock.now()

    def since(name: str, days: float) -> dict[str, object]:
        begin, end = beijing(now - timedelta(days=days)), beijing(now)
        return {f"{name}Begin": begin, f"{name}End": end}

    applied = await ask(world, VIEW, since("applyTime", 7))
    assert [
        at(row, "sameOrderServiceBill", "orderId") for row in rows(applied, "pageResult", "data")
    ] == [312519034468]
    approved = await ask(world, VIEW, since("approveTime", 10))
    assert at(approved, "pageResult", "totalCount") == 2
    assert await refused(world, VIEW, since("applyTime", 8)) == "43"
    assert await refused(world, VIEW, since("approveTime", 11)) == "43"


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"orderId": "311430962250"},
        {"orderId": 0},
        {"orderId": 311430962250, "pageSize": 51},
        {"orderId": 311430962250, "pageNumber": "1"},
        {"orderId": 311430962250, "buId": "1"},
        {"applyTimeBegin": "2026-11-20 00:00:00"},
    ],
)
async def test_services_are_asked_for_as_documented(
    world: World, params: dict[str, object]
) -> None:
    assert await refused(world, VIEW, params) == "43"


async def test_what_was_given_back_and_what_may_be_never_stand_together(world: World) -> None:
    done = at(await ask(world, AMOUNT, {"afsServiceId": 2061388457}), "result", "data")
    waits = at(await ask(world, AMOUNT, {"afsServiceId": 2064771903}), "result", "data")
    assert at(done, "afsActualRefundDetail", "actualRefundAmount") == "459.00"
    assert at(waits, "afsEstimateRefundDetail", "maxRefundAmount") == "199.00"
    assert "Estimate" not in str(done)
    assert "Actual" not in str(waits)


async def test_an_unknown_service_fails(world: World) -> None:
    assert at(await ask(world, AMOUNT, {"afsServiceId": 5}), "result", "success") == "false"


async def test_an_application_is_in_fen_and_never_a_service(world: World) -> None:
    answer = await ask(world, APPLIED, {"orderId": 312901447326})
    (row,) = rows(answer, "queryResult", "result")
    assert (row["applyRefundSum"], row["status"], row["checkTime"]) == ("36900", "0", "")
    services = await ask(world, VIEW, {"orderId": 312901447326})
    assert at(services, "pageResult", "totalCount") == 0
    assert at(await ask(world, APPLIED, {"orderId": 311430962250}), "queryResult", "result") == []
    assert await refused(world, APPLIED, {"orderId": 1, "pageIndex": 101}) == "43"


async def test_the_money_is_back_when_a_service_moves_to_thirteen(world: World) -> None:
    await world.control("jd", refund={"refund_id": "2064771903", "status": "13"})
    (row,) = rows(await ask(world, VIEW, {"orderId": 312519034468}), "pageResult", "data")
    assert row["status"] == 13
    data = at(await ask(world, AMOUNT, {"afsServiceId": 2064771903}), "result", "data")
    assert at(data, "afsActualRefundDetail", "actualRefundAmount") == "199.00"
