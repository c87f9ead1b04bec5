"""What the desk expects of every shop, tried over real HTTP on the strict fakes."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from desk.kernel.errors import DeskError, Refused, Unavailable
from desk.shops.events import ShopEvent, Subject
from desk.shops.port import BuyerId, ItemId, Order, OrderStatus, Shop
from desk.shops.powers import (
    CouponIssue,
    CouponState,
    HoldsToken,
    IssuesCoupons,
    Keep,
    KnowsMembers,
    Listens,
    ListsChangedOrders,
    ListsCoupons,
    ListsOrdersOfBuyer,
    Power,
    VoidsCoupons,
    powers_of,
)
from integrations.catalog import connected_shops, platform_of
from sandbox.clock import Clock
from tests.contracts.cases import ALL, that_can
from tests.contracts.cases.shape import ShopCase
from tests.contracts.fake_shops import control, entry_of, fake_shops

_TOLERANCE = timedelta(minutes=1)


class Fake:
    """A shop of one platform in front of its fake, with the fake's control."""

    def __init__(self, case: ShopCase, shop: Shop, clock: Clock, url: str) -> None:
        self.case = case
        self.shop = shop
        self.clock = clock
        self._url = url

    async def control(self, **wish: object) -> None:
        """Tell the fake what to do."""
        await control(self._url, **wish)

    def wait(self, span: timedelta) -> None:
        """Let time pass, for the shop and for its fake."""
        self.clock.turn(self.clock.offset + span)


@pytest.fixture(params=ALL, ids=lambda case: case.platform)
async def fake(request: pytest.FixtureRequest) -> AsyncIterator[Fake]:
    case: ShopCase = request.param
    clock = Clock()
    async with (
        fake_shops(clock) as root,
        connected_shops((entry_of(case, root),), clock) as (shop,),
    ):
        yield Fake(case, shop, clock, f"{root}{case.mount}")


def only_those_that_can(*powers: Power) -> pytest.MarkDecorator:
    """Try a sentence on the platforms that have the power; the others are held to lack it."""
    cases = that_can(*powers)
    ids = [case.platform for case in cases]
    return pytest.mark.parametrize("fake", cases, ids=ids, indirect=True)


def only_where(holds: Callable[[ShopCase], object]) -> pytest.MarkDecorator:
    """Try a sentence on the platforms of whose seeds something holds."""
    cases = [case for case in ALL if holds(case)]
    ids = [case.platform for case in cases]
    return pytest.mark.parametrize("fake", cases, ids=ids, indirect=True)


async def test_a_platform_has_just_the_powers_that_it_is_known_for(fake: Fake) -> None:
    assert powers_of(fake.shop) == fake.case.powers


async def test_all_items_are_listed_for_no_query(fake: Fake) -> None:
    items = await fake.shop.find_items("")

    assert len({item.id for item in items}) == len(items) > 20
    assert all(item.id.shop == fake.case.shop for item in items)
    assert all(0 < item.price_low <= item.price_high for item in items)


async def test_items_are_found_by_a_word_of_the_title(fake: Fake) -> None:
    items = await fake.shop.find_items(fake.case.query)

    assert fake.case.item in [item.id for item in items]
    assert all(fake.case.query in item.title for item in items)
    assert all(item.url.startswith("http") for item in items)


async def test_an_unknown_word_finds_nothing(fake: Fake) -> None:
    assert await fake.shop.find_items("量子计算机") == ()


async def test_stock_is_told_by_sku_in_pieces_and_fen(fake: Fake) -> None:
    skus = await fake.shop.stock(fake.case.item)

    (sku,) = [sku for sku in skus if tuple(value for _, value in sku.properties) == fake.case.sku]
    assert (sku.available, sku.price) == (fake.case.available, fake.case.price)
    assert len({sku.sku for sku in skus}) == len(skus) == fake.case.variants


async def test_a_product_without_variants_has_one_sku_without_properties(fake: Fake) -> None:
    (sku,) = await fake.shop.stock(fake.case.plain_item)

    assert sku.properties == ()
    assert sku.available == fake.case.plain_available


async def test_stock_that_changed_is_seen_at_once(fake: Fake) -> None:
    before = {sku.sku: sku for sku in await fake.shop.stock(fake.case.item)}
    changed = next(iter(before))

    await fake.control(stock={"item": fake.case.item.item, "sku": changed, "quantity": 77})

    after = {sku.sku: sku.available for sku in await fake.shop.stock(fake.case.item)}
    assert after[changed] == 77


async def test_a_product_that_is_gone_has_no_stock(fake: Fake) -> None:
    assert await fake.shop.stock(ItemId(fake.case.shop, "999")) == ()


async def test_an_order_is_found_by_its_number(fake: Fake) -> None:
    order = await fake.shop.order(fake.case.order)

    assert order is not None
    assert order.number == fake.case.order
    assert order.status is fake.case.order_status
    assert order.payment == fake.case.payment == sum(line.price for line in order.lines)
    assert order.buyer == fake.case.buyer
    assert order.phone_tail == fake.case.phone_tail
    assert abs(fake.clock.now() - order.created_at - fake.case.order_age) < _TOLERANCE
    assert order.paid_at is not None
    assert (order.shipped_at is not None) is fake.case.tells_sending
    assert order.created_at <= order.paid_at <= (order.shipped_at or fake.clock.now())


@pytest.mark.parametrize("number", ["E20200101000000000000000", "1234567890", "不是订单号", "0"])
async def test_an_unknown_number_is_no_order_and_no_failure(fake: Fake, number: str) -> None:
    assert await fake.shop.order(number) is None
    assert await fake.shop.parcels(number) == ()


@only_those_that_can(Power.ORDERS_OF_BUYER)
async def test_a_buyers_orders_come_newest_first(fake: Fake) -> None:
    assert isinstance(fake.shop, ListsOrdersOfBuyer)
    assert fake.case.buyer is not None
    since = fake.clock.now() - timedelta(days=60)

    orders = await fake.shop.orders_of(fake.case.buyer, since)

    assert tuple(order.number for order in orders) == fake.case.recent
    assert all(order.buyer == fake.case.buyer for order in orders)


@only_those_that_can(Power.ORDERS_OF_BUYER)
async def test_only_orders_since_then_are_told(fake: Fake) -> None:
    assert isinstance(fake.shop, ListsOrdersOfBuyer)
    assert fake.case.buyer is not None
    since = fake.clock.now() - timedelta(days=10)

    orders = await fake.shop.orders_of(fake.case.buyer, since)

    assert tuple(order.number for order in orders) == fake.case.recent[:1]


@only_those_that_can(Power.ORDERS_OF_BUYER)
async def test_a_long_look_back_is_possible(fake: Fake) -> None:
    assert isinstance(fake.shop, ListsOrdersOfBuyer)
    assert fake.case.buyer is not None
    since = fake.clock.now() - timedelta(days=400)

    orders = await fake.shop.orders_of(fake.case.buyer, since)

    assert tuple(order.number for order in orders) == fake.case.recent


@only_those_that_can(Power.ORDERS_OF_BUYER)
async def test_an_unknown_buyer_has_no_orders(fake: Fake) -> None:
    assert isinstance(fake.shop, ListsOrdersOfBuyer)
    assert fake.case.buyer is not None
    nobody = BuyerId(fake.case.shop, "nobody")

    assert await fake.shop.orders_of(nobody, fake.clock.now() - timedelta(days=30)) == ()


async def test_a_parcel_is_told_with_its_newest_scan_first(fake: Fake) -> None:
    (parcel,) = await fake.shop.parcels(fake.case.order)

    assert (parcel.carrier, parcel.tracking_no) == fake.case.parcel[:2]
    if Power.TRACE not in fake.case.powers:
        assert parcel.scans == ()
        return
    assert parcel.status is fake.case.parcel[2]
    assert parcel.scans[0].text == fake.case.newest_scan
    assert [scan.at for scan in parcel.scans] == sorted(
        (scan.at for scan in parcel.scans), reverse=True
    )


@only_where(lambda case: case.part_shipped)
async def test_of_an_order_that_is_half_shipped_the_sent_half_is_told(fake: Fake) -> None:
    order = await fake.shop.order(fake.case.part_shipped)
    parcels = await fake.shop.parcels(fake.case.part_shipped)

    assert order is not None
    assert order.status is OrderStatus.PART_SHIPPED
    assert tuple(parcel.tracking_no for parcel in parcels) == fake.case.part_parcels
    waiting = [line for line in order.lines if line.waits]
    assert 0 < len(waiting) < len(order.lines)


async def test_an_order_that_waits_in_the_warehouse_has_no_parcel(fake: Fake) -> None:
    order = await fake.shop.order(fake.case.unshipped)

    assert order is not None
    assert order.status is OrderStatus.PAID
    assert order.shipped_at is None
    assert await fake.shop.parcels(fake.case.unshipped) == ()


@pytest.mark.parametrize("field", ["refunding", "refunded"])
async def test_a_refund_is_told_with_its_state_and_fen(fake: Fake, field: str) -> None:
    number, status, amount = getattr(fake.case, field)

    order = await fake.shop.order(number)

    assert order is not None
    (refund,) = order.refunds
    assert (refund.status, refund.amount) == (status, amount)
    assert order.created_at < refund.updated_at <= fake.clock.now()


@only_those_that_can(Power.ORDERS_OF_BUYER)
async def test_refunds_are_told_of_a_buyers_orders_too(fake: Fake) -> None:
    assert isinstance(fake.shop, ListsOrdersOfBuyer)
    assert fake.case.buyer is not None
    number, status, _ = fake.case.refunding
    order = await fake.shop.order(number)
    assert order is not None
    assert order.buyer is not None

    listed = await fake.shop.orders_of(order.buyer, fake.clock.now() - timedelta(days=60))

    (found,) = [each for each in listed if each.number == number]
    assert [refund.status for refund in found.refunds] == [status]


@only_those_that_can(Power.ISSUE_COUPONS)
async def test_a_coupon_is_issued_once_and_then_held(fake: Fake) -> None:
    assert fake.case.buyer is not None
    assert isinstance(fake.shop, IssuesCoupons)
    before = await fake.shop.holds_coupon(fake.case.coupon, fake.case.buyer)

    first = await fake.shop.issue_coupon(fake.case.coupon, fake.case.buyer)
    again = await fake.shop.issue_coupon(fake.case.coupon, fake.case.buyer)

    assert not before
    assert first.result is CouponIssue.ISSUED
    assert first.code != ""
    assert again.result is CouponIssue.ALREADY_HAS
    assert again.reason != ""
    assert await fake.shop.holds_coupon(fake.case.coupon, fake.case.buyer)


@only_those_that_can(Power.ISSUE_COUPONS)
async def test_a_coupon_for_nobody_is_refused(fake: Fake) -> None:
    assert fake.case.buyer is not None
    assert isinstance(fake.shop, IssuesCoupons)

    issued = await fake.shop.issue_coupon(fake.case.coupon, BuyerId(fake.case.shop, "nobody"))

    assert issued.result is CouponIssue.REFUSED


@only_those_that_can(Power.MEMBERS)
async def test_a_members_level_and_points_are_told(fake: Fake) -> None:
    assert isinstance(fake.shop, KnowsMembers)
    assert fake.case.member is not None
    buyer, level, points = fake.case.member

    member = await fake.shop.member(buyer)

    assert member is not None
    assert (member.level, member.points) == (level, points)


@only_those_that_can(Power.MEMBERS)
async def test_who_is_no_member_has_no_membership(fake: Fake) -> None:
    assert isinstance(fake.shop, KnowsMembers)

    assert await fake.shop.member(BuyerId(fake.case.shop, "nobody")) is None


@pytest.mark.parametrize(
    ("error", "kind"),
    [("rate_limit", Unavailable), ("server", Unavailable), ("permission", Refused)],
)
async def test_a_refusal_of_the_gateway_is_the_right_kind(
    fake: Fake, error: str, kind: type[DeskError]
) -> None:
    await fake.control(fail={"method": fake.case.read_method, "times": 1, "error": error})

    with pytest.raises(kind):
        await fake.shop.find_items("")


async def test_a_shop_that_is_down_is_unavailable(fake: Fake) -> None:
    await fake.control(down=True)

    with pytest.raises(Unavailable):
        await fake.shop.order(fake.case.order)


async def test_a_body_that_breaks_off_is_read_again(fake: Fake) -> None:
    await fake.shop.find_items("")
    await fake.control(break_body=1)

    # The control's own answer is not the gateway's: the next call breaks, its repeat does not.
    assert await fake.shop.order(fake.case.order) is not None


@only_those_that_can(Power.ISSUE_COUPONS)
async def test_a_coupon_whose_answer_broke_off_is_not_issued_twice(fake: Fake) -> None:
    assert fake.case.buyer is not None
    assert isinstance(fake.shop, IssuesCoupons)
    assert not await fake.shop.holds_coupon(fake.case.coupon, fake.case.buyer)
    await fake.control(break_body=1)

    with pytest.raises(Unavailable):
        await fake.shop.issue_coupon(fake.case.coupon, fake.case.buyer)

    assert await fake.shop.holds_coupon(fake.case.coupon, fake.case.buyer)


@only_where(lambda case: case.counts_all_calls)
async def test_more_questions_than_the_platform_grants_wait_for_their_turn(fake: Fake) -> None:
    granted = platform_of(entry_of(fake.case, "http://127.0.0.1")).rate.calls
    await fake.shop.find_items("")
    await fake.control(rate_limit=granted)

    answers = await asyncio.gather(
        *(fake.shop.find_items("") for _ in range(granted * 6 // 5 + 1)), return_exceptions=True
    )

    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert {str(each).rsplit(".")[-1] for each in refused} <= {"queue"}
    assert len(refused) < len(answers)


async def test_when_access_ends_is_told_or_not_known(fake: Fake) -> None:
    if not isinstance(fake.shop, HoldsToken):
        assert Power.TOKEN_END not in fake.case.powers
        return
    await fake.shop.find_items("")

    ends = fake.shop.token_expires_at

    assert ends is None or ends > fake.clock.now()


async def test_an_expired_token_is_renewed_where_it_can_be(fake: Fake) -> None:
    await fake.shop.find_items("")
    await fake.control(expire_token=True)

    outcomes = await asyncio.gather(
        *(fake.shop.order(fake.case.order) for _ in range(5)), return_exceptions=True
    )

    assert all(isinstance(outcome, fake.case.after_expiry) for outcome in outcomes)


async def test_an_order_says_when_it_changed_and_what_the_platform_said(fake: Fake) -> None:
    order = await fake.shop.order(fake.case.order)

    assert order is not None
    assert order.updated_at is not None
    assert order.created_at <= order.updated_at <= fake.clock.now() + _TOLERANCE
    assert fake.case.order in order.raw
    assert re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", order.raw) is None


@only_where(lambda case: case.marked)
async def test_an_order_that_is_no_ordinary_one_is_marked_so(fake: Fake) -> None:
    assert fake.case.marked is not None
    number, marks = fake.case.marked

    order = await fake.shop.order(number)

    assert order is not None
    assert order.marks == marks


@only_those_that_can(Power.CHANGED_ORDERS)
async def test_an_order_that_moved_is_among_the_changed_ones(fake: Fake) -> None:
    number, word, status = fake.case.moving
    start = fake.clock.now()
    before = await _changed(fake, start - timedelta(minutes=1), start + timedelta(minutes=1))

    await fake.control(order={"number": number, "status": word})
    fake.wait(fake.case.list_lag)

    after = await _changed(fake, start - timedelta(minutes=1), start + timedelta(minutes=1))
    assert number not in before
    assert after[number].status is status
    assert after[number] == await fake.shop.order(number)


@only_where(lambda case: case.settling)
async def test_an_order_whose_refund_moved_is_among_the_changed_ones(fake: Fake) -> None:
    assert fake.case.settling is not None
    refund_id, word, status = fake.case.settling
    number = fake.case.refunding[0]
    start = fake.clock.now()

    await fake.control(refund={"refund_id": refund_id, "status": word})
    fake.wait(fake.case.list_lag)

    after = await _changed(fake, start - timedelta(minutes=1), start + timedelta(minutes=1))
    (refund,) = after[number].refunds
    assert refund.status is status
    assert after[number].updated_at == refund.updated_at
    assert after[number] == await fake.shop.order(number)


@only_those_that_can(Power.CHANGED_ORDERS)
async def test_what_is_to_come_is_no_change_yet(fake: Fake) -> None:
    now = fake.clock.now()

    assert await _changed(fake, now + timedelta(minutes=5), now + timedelta(hours=1)) == {}


@only_those_that_can(Power.CHANGED_ORDERS)
async def test_a_long_window_is_walked_in_the_platforms_own_steps(fake: Fake) -> None:
    now = fake.clock.now()

    found = await _changed(fake, now - timedelta(days=7), now)
    later = await _changed(fake, now - timedelta(days=7), now - timedelta(days=5))

    assert fake.case.unshipped in found
    assert set(later) < set(found)
    for number, order in found.items():
        assert order == await fake.shop.order(number)
    assert all(
        order.updated_at is not None and order.updated_at >= now - timedelta(days=7, minutes=1)
        for order in found.values()
    )


@only_those_that_can(Power.CHANGED_ORDERS)
async def test_a_window_that_breaks_off_is_an_error_and_not_a_short_answer(fake: Fake) -> None:
    await fake.control(down=True)

    with pytest.raises(Unavailable):
        await _changed(fake, fake.clock.now() - timedelta(hours=1), fake.clock.now())


@only_those_that_can(Power.LIST_COUPONS, Power.ISSUE_COUPONS)
async def test_a_buyers_coupons_are_listed(fake: Fake) -> None:
    assert isinstance(fake.shop, ListsCoupons)
    assert isinstance(fake.shop, IssuesCoupons)
    assert fake.case.buyer is not None
    before = await fake.shop.coupons_of(fake.case.buyer)

    await fake.shop.issue_coupon(fake.case.coupon, fake.case.buyer)

    (new,) = set(await fake.shop.coupons_of(fake.case.buyer)) - set(before)
    assert new.coupon_id == fake.case.coupon
    assert new.state is CouponState.VALID
    assert new.expires_at is None or new.expires_at > fake.clock.now()


@only_those_that_can(Power.LIST_COUPONS)
async def test_a_stranger_has_no_coupons(fake: Fake) -> None:
    assert isinstance(fake.shop, ListsCoupons)

    assert await fake.shop.coupons_of(BuyerId(fake.case.shop, "nobody")) == ()


@only_those_that_can(Power.VOID_COUPONS, Power.ISSUE_COUPONS)
async def test_a_coupon_is_voided_once(fake: Fake) -> None:
    assert isinstance(fake.shop, VoidsCoupons)
    assert isinstance(fake.shop, IssuesCoupons)
    assert fake.case.buyer is not None
    issued = await fake.shop.issue_coupon(fake.case.coupon, fake.case.buyer)

    assert await fake.shop.void_coupon(issued.code)
    assert not await fake.shop.void_coupon(issued.code)
    assert not await fake.shop.void_coupon("000000000000")
    if isinstance(fake.shop, ListsCoupons):
        held = await fake.shop.coupons_of(fake.case.buyer)
        states = [each.state for each in held if each.code == issued.code]
        assert CouponState.VALID not in states


@only_those_that_can(Power.LISTEN)
async def test_what_happens_is_heard_over_a_connection_of_ours(fake: Fake) -> None:
    heard: list[ShopEvent] = []

    async def keep(events: tuple[ShopEvent, ...]) -> None:
        heard.extend(events)

    await _listen_until_told(fake, keep)

    assert {event.shop for event in heard} == {fake.case.shop}
    assert {event.about for event in heard} == {Subject.ORDER}
    assert {event.subject_id for event in heard} == {fake.case.moving[0]}
    assert {event.order_no for event in heard} == {fake.case.moving[0]}
    assert all(event.version > 0 and event.id and event.kind for event in heard)


@only_those_that_can(Power.LISTEN)
async def test_what_could_not_be_kept_is_heard_again_as_the_same(fake: Fake) -> None:
    refused: list[str] = []
    heard: list[str] = []

    async def keep_not(events: tuple[ShopEvent, ...]) -> None:
        refused.extend(event.id for event in events)
        raise Unavailable("test.no_room", "没有地方放")

    async def keep(events: tuple[ShopEvent, ...]) -> None:
        heard.extend(event.id for event in events)

    await _listen_until_told(fake, keep_not)
    fake.wait(timedelta(minutes=2))
    await _listen_until_told(fake, keep)

    assert refused
    assert set(refused) <= set(heard)


async def _listen_until_told(fake: Fake, keep: Keep) -> None:
    """Let an order move until news of it has come, as nobody knows when the line is open."""
    assert isinstance(fake.shop, Listens)
    number, word, _ = fake.case.moving
    told = asyncio.Event()

    async def keep_and_tell(events: tuple[ShopEvent, ...]) -> None:
        told.set()
        await keep(events)

    listening = asyncio.create_task(fake.shop.listen(keep_and_tell))
    async with asyncio.timeout(30):
        while not told.is_set():
            await fake.control(order={"number": number, "status": word})
            await asyncio.sleep(0.2)
    listening.cancel()
    with suppress(asyncio.CancelledError, Unavailable):
        await listening


async def _changed(fake: Fake, since: datetime, until: datetime) -> dict[str, Order]:
    assert isinstance(fake.shop, ListsChangedOrders)
    return {order.number: order async for order in fake.shop.changed_orders(since, until)}
