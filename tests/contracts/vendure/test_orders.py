"""An order at a real Vendure shop, from the cart to the money back, as the desk sees it."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.kernel.money import Fen
from desk.shops.port import (
    BuyerId,
    Order,
    OrderStatus,
    ParcelStatus,
    RefundStatus,
    Shop,
)
from desk.shops.powers import (
    CouponState,
    IssuesCoupons,
    KnowsMembers,
    ListsCoupons,
    ListsOrdersOfBuyer,
    Member,
    Traces,
)
from tests.contracts.vendure.world import CHEN, LIN, MARKS, BackOffice, Shopper

pytestmark = MARKS

_NAPPIES, _BOTTLE = "7", "13"


async def _order(shop: Shop, code: str) -> Order:
    order = await shop.order(code)
    assert order is not None
    return order


async def test_a_paid_order_is_found_by_its_code(shop: Shop, chen: Shopper) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    code = await chen.buy((_NAPPIES, 2), (_BOTTLE, 1))

    order = await _order(shop, code)

    assert (order.number, order.status) == (code, OrderStatus.PAID)
    assert order.buyer == BuyerId("vendure", CHEN)
    assert order.phone_tail == "5678"
    assert order.payment == Fen(8900 * 2 + 11900 + 600)
    assert [(line.title, line.quantity, line.price) for line in order.lines] == [
        ("云柔超薄纸尿裤", 2, Fen(17800)),
        ("PPSU宽口径奶瓶", 1, Fen(11900)),
    ]
    assert order.lines[0].properties == (("尺码", "M"),)
    assert order.paid_at is not None
    assert began <= order.created_at <= order.paid_at <= datetime.now(UTC)
    assert order.shipped_at is None
    assert await shop.parcels(code) == ()


async def test_what_is_kept_of_an_order_holds_no_phone_and_no_address(
    shop: Shop, chen: Shopper
) -> None:
    order = await _order(shop, await chen.buy((_NAPPIES, 1)))

    assert order.number in order.raw
    assert not any(private in order.raw for private in ("1380000", "虹桥路", "陈悦"))


async def test_an_order_that_waits_for_payment_is_pending(shop: Shop, lin: Shopper) -> None:
    await lin.sign_in()
    code = (await lin.put(_NAPPIES, 1))["code"]
    await lin.check_out()

    order = await _order(shop, code)
    await lin.pay()

    assert (order.status, order.paid_at) == (OrderStatus.PENDING, None)
    assert order.payment == Fen(9500)
    assert (await _order(shop, code)).status is OrderStatus.PAID


async def test_each_step_of_sending_and_refunding_is_seen(
    shop: Shop, chen: Shopper, office: BackOffice
) -> None:
    code = await chen.buy((_NAPPIES, 2), (_BOTTLE, 1))
    seen = []

    first = await office.pack(code, "SF1000", 0)
    seen.append(await _order(shop, code))
    await office.move(first, "Shipped")
    seen.append(await _order(shop, code))
    await office.move(first, "Delivered")
    seen.append(await _order(shop, code))
    second = await office.send(code, "SF1001", 1)
    seen.append(await _order(shop, code))
    await office.move(second, "Delivered")
    seen.append(await _order(shop, code))

    assert [order.status for order in seen] == [
        OrderStatus.PAID,
        OrderStatus.PART_SHIPPED,
        OrderStatus.PART_SHIPPED,
        OrderStatus.SHIPPED,
        OrderStatus.DELIVERED,
    ]
    assert [[line.waits for line in order.lines] for order in seen[1:4]] == [
        [False, True],
        [False, True],
        [False, False],
    ]
    assert seen[1].shipped_at == seen[4].shipped_at is not None
    assert [
        (parcel.carrier, parcel.tracking_no, parcel.status, parcel.scans)
        for parcel in await shop.parcels(code)
    ] == [
        ("顺丰速运", "SF1000", ParcelStatus.DELIVERED, ()),
        ("顺丰速运", "SF1001", ParcelStatus.DELIVERED, ()),
    ]


async def test_money_is_back_only_when_the_refund_is_settled(
    shop: Shop, chen: Shopper, office: BackOffice
) -> None:
    code = await chen.buy((_NAPPIES, 1))
    number = await office.refund(code, 500)

    (begun,) = (await _order(shop, code)).refunds
    await office.settle(number)
    order = await _order(shop, code)
    (settled,) = order.refunds

    assert (begun.id, begun.status, begun.amount) == (number, RefundStatus.REFUNDING, Fen(500))
    assert (settled.id, settled.status) == (number, RefundStatus.REFUNDED)
    assert order.status is OrderStatus.PAID


async def test_an_order_is_refunded_when_all_money_is_back(
    shop: Shop, chen: Shopper, office: BackOffice
) -> None:
    code = await chen.buy((_NAPPIES, 1))
    await office.settle(await office.refund(code, 9500))

    assert (await _order(shop, code)).status is OrderStatus.REFUNDED


async def test_a_cancelled_order_is_refunded_only_with_its_money(
    shop: Shop, chen: Shopper, office: BackOffice
) -> None:
    code = await chen.buy((_NAPPIES, 2))
    number = await office.refund(code, 17800 + 600)
    await office.cancel(code)

    cancelled = await _order(shop, code)
    await office.settle(number)

    assert cancelled.status is OrderStatus.CANCELLED
    assert cancelled.payment == Fen(18400)
    assert [(line.quantity, line.price) for line in cancelled.lines] == [(2, Fen(17800))]
    assert (await _order(shop, code)).status is OrderStatus.REFUNDED


@pytest.mark.parametrize("number", ["E20200101000000000000000", "1234567890", "不是订单号", "0"])
async def test_an_unknown_number_is_no_order_and_no_failure(shop: Shop, number: str) -> None:
    assert await shop.order(number) is None
    assert await shop.parcels(number) == ()


async def test_a_buyers_orders_come_newest_first_without_the_cart(shop: Shop, lin: Shopper) -> None:
    assert isinstance(shop, ListsOrdersOfBuyer)
    buyer = BuyerId("vendure", LIN)
    codes = [await lin.buy((_NAPPIES, 1)), await lin.buy((_BOTTLE, 1))]
    cart = (await lin.put(_BOTTLE, 1))["code"]

    orders = await shop.orders_of(buyer, datetime.now(UTC) - timedelta(days=1))
    numbers = [order.number for order in orders]

    assert [number for number in numbers if number in codes] == codes[::-1]
    assert cart not in numbers
    assert all(order.buyer == buyer for order in orders)
    assert await shop.orders_of(buyer, datetime.now(UTC) + timedelta(minutes=1)) == ()


async def test_an_unknown_buyer_has_no_orders_no_level_no_coupons(shop: Shop) -> None:
    assert isinstance(shop, ListsOrdersOfBuyer)
    assert isinstance(shop, KnowsMembers)
    assert isinstance(shop, ListsCoupons)
    nobody = BuyerId("vendure", "999")

    assert await shop.orders_of(nobody, datetime.now(UTC) - timedelta(days=30)) == ()
    assert await shop.member(nobody) is None
    assert await shop.coupons_of(nobody) == ()


async def test_only_groups_that_the_merchant_named_are_levels(shop: Shop) -> None:
    assert isinstance(shop, KnowsMembers)

    assert await shop.member(BuyerId("vendure", CHEN)) == Member("金卡会员", None)
    assert await shop.member(BuyerId("vendure", LIN)) is None


async def test_a_coupon_code_is_seen_when_it_was_used(shop: Shop, chen: Shopper) -> None:
    assert isinstance(shop, ListsCoupons)
    await chen.sign_in()
    code = (await chen.put(_BOTTLE, 2))["code"]
    await chen.use_coupon("MAN200")
    await chen.check_out()
    await chen.pay()

    (used,) = await shop.coupons_of(BuyerId("vendure", CHEN))
    order = await _order(shop, code)

    assert (used.code, used.state) == ("MAN200", CouponState.USED)
    assert order.payment == Fen(11900 * 2 + 600 - 2000)


async def test_vendure_neither_issues_coupons_nor_tells_scans(shop: Shop) -> None:
    assert not isinstance(shop, IssuesCoupons)
    assert not isinstance(shop, Traces)
