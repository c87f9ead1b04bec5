"""What is peculiar to Douyin, tried with the real client on the strict fake."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.kernel.errors import AuthExpired
from desk.kernel.money import Fen
from desk.shops.events import Subject
from desk.shops.port import OrderStatus, ParcelStatus, RefundStatus, Shop
from desk.shops.powers import HoldsToken, ListsChangedOrders
from integrations.catalog import connected_shops, receive
from integrations.platform import PushRequest, ShopEntry
from sandbox.shops.douyin.credentials import DouyinKeys
from sandbox.shops.douyin.gateway import Gateway
from sandbox.shops.douyin.shop import DouyinShop
from tests.contracts.cases.douyin import DOUYIN
from tests.contracts.fake_shops import control, entry_of
from tests.sandbox.shops_world import StoppedClock

_OLD = "6914408837720956051"


@dataclass(frozen=True, slots=True)
class House:
    """The shop before its fake, whose clock is turned by hand."""

    shop: Shop
    clock: StoppedClock
    url: str
    pushed: "asyncio.Queue[PushRequest]"
    entry: ShopEntry


@pytest.fixture
async def house() -> AsyncIterator[House]:
    clock, pushed = StoppedClock(), asyncio.Queue[PushRequest]()

    async def take(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        pushed.put_nowait(PushRequest("POST", {}, headers, await request.read()))
        return web.json_response({"code": 0, "msg": "success"})

    door, root = web.Application(), web.Application()
    door.router.add_post("/hook", take)
    async with TestServer(door, host="127.0.0.1") as bot:
        keys = DouyinKeys(push_url=str(bot.make_url("/hook")))
        root.add_subapp("/douyin", Gateway(DouyinShop(clock, keys)).application())
        async with TestServer(root, host="127.0.0.1") as server:
            entry = entry_of(DOUYIN, str(server.make_url("/")).rstrip("/"))
            async with connected_shops((entry,), clock) as (shop,):
                yield House(shop, clock, str(server.make_url("/douyin")), pushed, entry)


async def _calls(house: House) -> dict[str, int]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{house.url}/_control") as response,
    ):
        calls: dict[str, int] = (await response.json())["calls"]
        return calls


async def test_a_token_is_used_for_a_week_and_replaced_in_its_last_hour(house: House) -> None:
    assert isinstance(house.shop, HoldsToken)
    await house.shop.order(_OLD)
    first = house.shop.token_expires_at
    house.clock.turn(timedelta(days=6, hours=23))
    await house.shop.order(_OLD)
    before = (house.shop.token_expires_at, await _calls(house))

    house.clock.turn(timedelta(days=6, hours=23, minutes=15))
    await asyncio.gather(*(house.shop.order(_OLD) for _ in range(4)))

    assert first is not None
    assert house.shop.token_expires_at is not None
    assert before[0] == first
    assert "token.refresh" not in before[1]
    assert (await _calls(house))["token.refresh"] == 1
    assert house.shop.token_expires_at > first + timedelta(days=6)


@pytest.mark.parametrize("days", [8, 13, 15, 40])
async def test_after_any_silence_the_shop_is_let_in_again(house: House, days: int) -> None:
    await house.shop.order(_OLD)
    house.clock.turn(timedelta(days=days))

    assert await house.shop.order(_OLD) is not None


async def test_a_closed_authorisation_needs_a_person(house: House) -> None:
    await house.shop.order(_OLD)
    await control(house.url, fail={"method": "*", "times": 9, "error": "closed"})

    with pytest.raises(AuthExpired):
        await house.shop.order(_OLD)


async def test_an_order_too_old_for_the_list_is_told_when_its_after_sale_moved(
    house: House,
) -> None:
    assert isinstance(house.shop, ListsChangedOrders)
    now = house.clock.now()
    found = {
        order.number: order
        async for order in house.shop.changed_orders(now - timedelta(days=2), now)
    }

    old = found[_OLD]
    assert old == await house.shop.order(_OLD)
    assert old.updated_at is not None
    assert now - old.updated_at < timedelta(days=2) < now - old.created_at
    assert [refund.status for refund in old.refunds] == [RefundStatus.REFUNDING]


async def test_all_orders_that_are_listed_are_as_their_numbers_tell_them(house: House) -> None:
    assert isinstance(house.shop, ListsChangedOrders)
    now = house.clock.now()
    told = [order async for order in house.shop.changed_orders(now - timedelta(days=89), now)]

    assert len({order.number for order in told}) == len(told) == 19
    for order in told:
        assert order == await house.shop.order(order.number)


async def test_the_end_of_a_hidden_phone_is_asked_for(house: House) -> None:
    order = await house.shop.order("6936802254719330518")

    assert order is not None
    assert order.phone_tail == "4418"
    assert (await _calls(house)).get("order.batchDecrypt") is None


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("6938519083327716420", OrderStatus.PENDING),
        ("6938420771900347113", OrderStatus.PENDING),
        ("6938520446713305098", OrderStatus.PAID),
        ("6938115502077193344", OrderStatus.PAID),
        ("6936802254719330518", OrderStatus.PART_SHIPPED),
        ("6937121509930847762", OrderStatus.SHIPPED),
        ("6935502914478830361", OrderStatus.CANCELLED),
        ("6929016640218876051", OrderStatus.COMPLETED),
        ("6934127760938145502", OrderStatus.REFUNDED),
        ("6931440087153628870", OrderStatus.REFUNDED),
        ("6928555190374420076", OrderStatus.REFUNDED),
    ],
)
async def test_every_state_is_told_in_the_desks_words(
    house: House, number: str, status: OrderStatus
) -> None:
    order = await house.shop.order(number)

    assert order is not None
    assert order.status is status


async def test_an_exchange_is_on_its_way_and_never_money(house: House) -> None:
    order = await house.shop.order("6933270018835412607")

    assert order is not None
    (exchange,) = order.refunds
    assert (exchange.exchanges, exchange.status) == (True, RefundStatus.RETURNED)
    assert exchange.amount == Fen(0)


async def test_a_price_difference_came_back_while_the_order_stands(house: House) -> None:
    order = await house.shop.order("6932788816042094471")

    assert order is not None
    assert order.status is OrderStatus.COMPLETED
    assert [(each.status, each.amount) for each in order.refunds] == [
        (RefundStatus.REFUNDED, Fen(3000))
    ]


async def test_the_way_of_a_foreign_waybill_is_not_known(house: House) -> None:
    (parcel,) = await house.shop.parcels("6937733915508260649")

    assert (parcel.carrier, parcel.tracking_no) == ("圆通速递", "YT8860173359402")
    assert (parcel.status, parcel.scans) == (ParcelStatus.UNKNOWN, ())


async def test_a_parcel_in_trouble_says_so(house: House) -> None:
    (parcel,) = await house.shop.parcels("6937121509930847762")

    assert parcel.status is ParcelStatus.EXCEPTION


async def test_a_lines_own_number_is_no_order(house: House) -> None:
    assert await house.shop.order("6936802254719331518") is None
    assert await house.shop.parcels("6936802254719331518") == ()


async def test_marks_tell_presales_groups_and_the_sellers_own_words(house: House) -> None:
    marks = [
        order.marks
        for number in ("6938420771900347113", "6938001264490015880", "6938115502077193344")
        if (order := await house.shop.order(number)) is not None
    ]

    assert marks == [("定金预售",), ("拼团",), ("次日达",)]


async def test_a_shipment_is_pushed_and_believed(house: House) -> None:
    ship = {"number": "6938115502077193344", "company": "中通快递", "waybill": "78600000000077"}
    await control(house.url, ship=ship)

    check = receive(house.entry, await house.pushed.get())
    shipped = receive(house.entry, await house.pushed.get())

    assert check is not None
    assert shipped is not None
    assert [event.is_test for event in (*check.events, *shipped.events)] == [True, False]
    (event,) = shipped.events
    assert (event.about, event.order_no) == (Subject.ORDER, "6938115502077193344")
    assert event.version == int(house.clock.now().timestamp())
