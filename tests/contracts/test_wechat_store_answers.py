"""What the contract of all shops does not ask, tried on the fake WeChat Store over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from desk.shops.port import BuyerId, ItemId, OrderStatus, PlaceKind, PlaceStock, RefundStatus
from desk.shops.powers import CouponState
from integrations.catalog import connected_shops
from integrations.wechat_store.client import RATE
from integrations.wechat_store.shop import WechatStoreShop
from sandbox.clock import Clock
from sandbox.merchant.wechat_store import load_wechat_store
from tests.contracts.cases.wechat_store import WECHAT_STORE
from tests.contracts.fake_shops import control, entry_of, fake_shops


@dataclass(frozen=True, slots=True)
class Fake:
    """The shop in front of its fake."""

    shop: WechatStoreShop
    clock: Clock
    url: str

    async def changed(self, since: datetime, until: datetime) -> list[str]:
        """Numbers of the orders that changed."""
        return [order.number async for order in self.shop.changed_orders(since, until)]


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    clock = Clock()
    async with (
        fake_shops(clock) as root,
        connected_shops((entry_of(WECHAT_STORE, root),), clock) as (shop,),
    ):
        assert isinstance(shop, WechatStoreShop)
        yield Fake(shop, clock, f"{root}/wechat_store")


async def test_a_buyer_is_known_by_the_unionid_too(fake: Fake) -> None:
    bound = await fake.shop.order("3737401822650113024")
    unbound = await fake.shop.order("3737588240019308544")

    assert bound is not None
    assert bound.unionid == "oU6mXLinYuTong3Kq8Zx5Rb7Wd2s"
    assert unbound is not None
    assert unbound.unionid == ""


async def test_behind_a_virtual_number_the_tail_is_that_of_the_real_phone(fake: Fake) -> None:
    order = await fake.shop.order("3737522916583004160")

    assert order is not None
    assert order.phone_tail == "7725"


async def test_goods_that_are_paid_for_before_they_are_there_are_marked(fake: Fake) -> None:
    order = await fake.shop.order("3737655937102448640")

    assert order is not None
    assert order.marks == ("预售",)


async def test_an_exchange_that_is_done_is_no_money(fake: Fake) -> None:
    order = await fake.shop.order("3736204885150392832")

    assert order is not None
    (case,) = order.refunds
    assert (case.status, case.exchanges) == (RefundStatus.CLOSED, True)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("3737730118844629504", OrderStatus.PENDING),
        ("3737588240019308544", OrderStatus.PAID),
        ("3737522916583004160", OrderStatus.PART_SHIPPED),
        ("3734688104427986688", OrderStatus.COMPLETED),
        ("3737017725406216192", OrderStatus.CANCELLED),
        ("3736810337764114432", OrderStatus.REFUNDED),
        ("3735911746098233344", OrderStatus.CANCELLED),
        ("3737701455261071360", OrderStatus.UNKNOWN),
    ],
)
async def test_each_state_of_the_seeds_is_told(
    fake: Fake, number: str, status: OrderStatus
) -> None:
    order = await fake.shop.order(number)

    assert order is not None
    assert order.status is status


async def test_stock_is_told_by_regional_warehouse_and_only_what_all_may_buy(fake: Fake) -> None:
    newborn, *_ = await fake.shop.stock(ItemId("wechat-store", "10000271850301"))
    shoes, *_ = await fake.shop.stock(ItemId("wechat-store", "10000271850101"))

    assert newborn.available == 44
    assert newborn.places == (
        PlaceStock("HZ-XS-01", "杭州萧山仓", PlaceKind.WAREHOUSE, 30),
        PlaceStock("SH-QP-02", "上海青浦仓", PlaceKind.WAREHOUSE, 14),
    )
    assert (shoes.available, shoes.places) == (3, ())


async def test_a_buyers_coupons_are_told_with_their_states(fake: Fake) -> None:
    openid = WECHAT_STORE.buyer
    assert openid is not None

    used, valid = await fake.shop.coupons_of(openid)

    assert (used.coupon_id, used.state) == ("1004501", CouponState.USED)
    assert (valid.code, valid.state) == ("5500021877302", CouponState.VALID)
    assert valid.expires_at is not None
    assert timedelta(days=5) < valid.expires_at - fake.clock.now() < timedelta(days=7)


@pytest.mark.parametrize("openid", ["nobody", "o" * 28])
async def test_nobody_has_no_coupons_orders_or_membership(fake: Fake, openid: str) -> None:
    nobody = BuyerId("wechat-store", openid)

    assert await fake.shop.coupons_of(nobody) == ()
    assert await fake.shop.member(nobody) is None
    assert await fake.shop.orders_of(nobody, fake.clock.now() - timedelta(days=3)) == ()


async def test_who_bought_and_never_joined_is_no_member(fake: Fake) -> None:
    buyer = BuyerId("wechat-store", "oPk3t5PanLei4Sd7Kx1Mf6Bq2wRz")

    assert await fake.shop.member(buyer) is None


async def test_a_long_look_back_for_changes_finds_every_order_once(fake: Fake) -> None:
    now = fake.clock.now()

    found = await fake.changed(now - timedelta(days=60), now + timedelta(seconds=1))

    assert sorted(found) == sorted(seed.number for seed in load_wechat_store().orders)


async def test_windows_that_hold_too_much_once_are_halved_and_lose_nothing(fake: Fake) -> None:
    now = fake.clock.now()
    window = (now - timedelta(days=10), now)
    whole = await fake.changed(*window)
    await control(fake.url, fail={"method": "order/list/get", "times": 3, "error": "too_much"})

    assert sorted(await fake.changed(*window)) == sorted(whole)


async def test_more_questions_than_a_minute_grants_are_never_asked(fake: Fake) -> None:
    await control(fake.url, rate_limit=RATE.calls)

    answers = await asyncio.gather(
        *(fake.shop.parcels("3737401822650113024") for _ in range(RATE.calls * 6 // 5)),
        return_exceptions=True,
    )

    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert {str(each) for each in refused} == {"wechat_store.queue"}
    assert len(refused) < RATE.calls


async def test_a_token_that_was_forced_elsewhere_is_taken_over(fake: Fake) -> None:
    before = await fake.shop.order("3737401822650113024")
    await control(fake.url, expire_token=True)

    assert await fake.shop.order("3737401822650113024") == before
    assert fake.shop.token_expires_at is not None
