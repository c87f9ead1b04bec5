"""An order that nobody can read stops no others; a shop that talks nonsense is not passed over."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.sync.walking import SMALLEST, walk
from desk.kernel.errors import Unavailable
from desk.shops.port import Order
from integrations.wild import Unreadable
from integrations.windows import Window
from tests.bot.sync.shop_desk import an_order
from tests.clocks import NOON

DAY = Window(NOON - timedelta(days=1), NOON)


@dataclass
class Told:
    """Orders by when they changed; one is unreadable, or all are."""

    orders: dict[datetime, Order] = field(default_factory=dict)
    unreadable: frozenset[datetime] = frozenset()
    garbage: bool = False
    away_at: datetime | None = None

    async def changed_orders(self, since: datetime, until: datetime) -> AsyncIterator[Order]:
        """The orders of a window, up to one that is unreadable."""
        if self.garbage:
            raise Unreadable("jd", "the answer", "JSON")
        for at in sorted((*self.orders, *self.unreadable)):
            if not since <= at < until:
                continue
            if at == self.away_at:
                raise Unavailable("jd.timeout", "没有回应")
            if at in self.unreadable:
                raise Unreadable("jd", "orderInfo.orderState", "a text")
            yield self.orders[at]


def told(**how: object) -> Told:
    moments = [DAY.start + timedelta(hours=hour) for hour in range(24)]
    orders = {at: an_order(f"J{n}", at) for n, at in enumerate(moments)}
    return Told(orders, **how)  # type: ignore[arg-type]  # what each test changes


async def numbers(shop: Told) -> set[str]:
    return {order.number async for order in walk("jd", shop, DAY)}


async def test_all_but_the_unreadable_one_are_told() -> None:
    between = DAY.start + timedelta(hours=7, minutes=30)

    assert await numbers(told(unreadable=frozenset({between}))) == {f"J{n}" for n in range(24)}


async def test_only_what_shares_its_minute_is_lost_with_it() -> None:
    beside = DAY.start + timedelta(hours=7) + SMALLEST / 6
    found = await numbers(told(unreadable=frozenset({beside})))

    assert {f"J{n}" for n in range(24)} - found <= {"J7"}


async def test_a_shop_that_says_nothing_readable_is_not_passed_over() -> None:
    with pytest.raises(Unreadable):
        await numbers(told(garbage=True))


async def test_a_shop_that_begins_to_talk_nonsense_is_not_passed_over() -> None:
    evening = frozenset(DAY.start + timedelta(hours=hour, minutes=30) for hour in range(18, 24))
    with pytest.raises(Unreadable):
        await numbers(told(unreadable=evening))


async def test_a_shop_that_goes_away_meanwhile_is_not_passed_over() -> None:
    away = DAY.start + timedelta(hours=20)
    with pytest.raises(Unavailable):
        await numbers(told(unreadable=frozenset({DAY.start}), away_at=away))
