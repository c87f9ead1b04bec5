"""The book tells which shop has an order, stands in for it, and is searched by buyer."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from desk.kernel.errors import Refused
from desk.shops.answers import AnswerState, Why
from desk.shops.book import BookedOrder
from desk.shops.floor import ShopFloor
from desk.shops.port import BuyerId, Order, OrderStatus
from tests.desk.shops.house import SETTINGS, House
from tests.desk.shops.shelf import START, order, unavailable


@dataclass
class MemoryBook:
    """A book of a few orders."""

    orders: list[BookedOrder] = field(default_factory=list)

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders."""
        return tuple(each.order for each in self.orders if each.order.buyer == buyer)

    async def booked(self, shop: str, number: str) -> BookedOrder | None:
        """An order of one shop."""
        found = await self.anywhere(number)
        return next((each for each in found if each.order.shop == shop), None)

    async def anywhere(self, number: str) -> tuple[BookedOrder, ...]:
        """Orders of this number."""
        return tuple(each for each in self.orders if each.order.number == number)


BOOKED = BookedOrder(
    replace(order("yz", "E1"), status=OrderStatus.PAID), START - timedelta(hours=1)
)


@pytest.fixture
def book() -> MemoryBook:
    return MemoryBook([BOOKED])


@pytest.fixture
async def floor(house: House, book: MemoryBook) -> AsyncIterator[ShopFloor]:
    floor = ShopFloor((house.yz, house.tm), house.clock, house.cache, SETTINGS, book=book)
    yield floor
    await floor.close()


async def test_only_the_shop_that_has_the_order_is_asked(house: House, floor: ShopFloor) -> None:
    house.tm.failure = unavailable()

    answer = await floor.order(" e1 ")

    assert answer.state is AnswerState.FRESH
    assert answer.value == house.yz.orders[0]
    assert floor.health()[1].asked == 0


async def test_a_shop_that_does_not_answer_is_stood_in_for(house: House, floor: ShopFloor) -> None:
    house.yz.failure = unavailable()

    answer = await floor.order("E1")

    assert (answer.state, answer.why) == (AnswerState.STALE, Why.UNAVAILABLE)
    assert answer.value == BOOKED.order
    assert answer.as_of == BOOKED.seen_at
    assert answer.shop_name == "有赞商城"


async def test_what_the_shop_refuses_the_book_does_not_tell_either(
    house: House, floor: ShopFloor
) -> None:
    house.yz.failure = Refused("x", "x")

    answer = await floor.order("E1")

    assert answer.value is None


async def test_a_number_of_two_shops_is_asked_of_all(
    house: House, floor: ShopFloor, book: MemoryBook
) -> None:
    book.orders.append(replace(BOOKED, order=replace(BOOKED.order, shop="tm")))

    answer = await floor.order("E1")

    assert answer.value == house.yz.orders[0]
    assert floor.health()[1].asked == 1


async def test_an_order_of_a_shop_that_was_taken_away_is_looked_for_everywhere(
    floor: ShopFloor, book: MemoryBook
) -> None:
    book.orders[0] = replace(BOOKED, order=replace(BOOKED.order, shop="gone"))

    assert (await floor.order("E1")).value is not None
