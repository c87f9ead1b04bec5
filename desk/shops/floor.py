"""The shop floor: every connected shop asked at once, each answer with its age and its state.

    floor = ShopFloor(shops, clock, MemoryCache(clock))
    found = await floor.find("学步鞋 粉色 22码", prefer=[last_viewed])
    if found.is_clear and found.best:
        for answer in await floor.stock(found.best):
            if answer.value is not None:              # None: answer.why says why not
                left = filter_skus(answer.value, found.wanted)
                old = answer.state is AnswerState.STALE  # then tell answer.as_of

No method raises for a shop's failure and none waits longer than `FloorSettings.deadline` for a
shop. Value None in a known answer means "there is none".
"""

import asyncio
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from desk.kernel.clock import Clock
from desk.shops.answers import Answer, AnswerState, Why
from desk.shops.book import BookedOrder, EmptyBook, OrderBook
from desk.shops.cache import ShopCache
from desk.shops.catalogue import Catalogue
from desk.shops.finding import Met, find
from desk.shops.line import FloorSettings, Question, ShopHealth, ShopLine
from desk.shops.port import BuyerId, ItemId, Order, Parcel, Shop, SkuStock
from desk.shops.powers import (
    IssuesCoupons,
    KnowsMembers,
    KnowsWeComCustomers,
    ListsOrdersOfBuyer,
    Member,
)
from desk.shops.products import Found, PriceRange, Product
from desk.shops.safety import SafetyStock
from desk.shops.shelves import ENOUGH, Shelves
from desk.shops.stored import Codec
from desk.shops.taught import NOTHING, Taught
from desk.shops.vocabulary import Vocabulary
from desk.shops.ways import TrackedWays
from desk.shops.wish import points_back, read_wish

T = TypeVar("T")
U = TypeVar("U")

_STOCK = Codec(tuple[SkuStock, ...])
_ORDER = Codec(Order)
_ORDERS = Codec(tuple[Order, ...])
_PARCELS = Codec(tuple[Parcel, ...])
_BUYER = Codec(BuyerId)
_MEMBER = Codec(Member)


class ShopFloor:
    """All connected shops as one place to ask."""

    def __init__(
        self,
        shops: Sequence[Shop],
        clock: Clock,
        cache: ShopCache,
        settings: FloorSettings | None = None,
        vocabulary: Vocabulary | None = None,
        book: OrderBook | None = None,
        safety: SafetyStock | None = None,
        ways: TrackedWays | None = None,
    ) -> None:
        settings = settings or FloorSettings()
        self._ways = ways
        self._book = book or EmptyBook()
        self.safety = safety or SafetyStock()
        self._vocabulary = vocabulary or Vocabulary()
        self._lines = {shop.id: ShopLine(shop, clock, cache, settings) for shop in shops}
        lines = tuple(self._lines.values())
        self._catalogue = Catalogue(lines, clock, settings, self._vocabulary)
        self._look_every = settings.rest

    @property
    def shops(self) -> tuple[Shop, ...]:
        """The connected shops, in the order of the shops' file."""
        return tuple(line.shop for line in self._lines.values())

    def shop(self, shop_id: str) -> Shop | None:
        """Return a shop by its id."""
        line = self._lines.get(shop_id)
        return line.shop if line is not None else None

    async def find(
        self,
        query: str,
        prefer: Sequence[ItemId] = (),
        taught: Taught = NOTHING,
        *,
        pointed: bool = False,
    ) -> Found:
        """Find the products that the words may mean.

        `prefer`: what the customer saw or bought, latest first; it decides among equals, and
        stands for the whole when the query names no thing (那双还有吗).
        """
        goods = await self._catalogue.goods()
        met = Met(prefer, pointed=pointed or points_back(query))
        return find(goods, query, met, self._catalogue.silent(), taught)

    def names_one_of(self, name: str, titles: Sequence[str]) -> tuple[bool, ...]:
        """Tell of each title whether a customer's words may mean it; of orders, for instance."""
        wish = read_wish(name)
        if not wish.thing:
            return (False,) * len(titles)
        scores = Shelves([[title] for title in titles], self._vocabulary).scores(wish)
        return tuple(scores.get(at, 0) >= ENOUGH for at in range(len(titles)))

    async def silent(self) -> tuple[str, ...]:
        """Return the names of shops whose products are not known now."""
        await self._catalogue.goods()
        return self._catalogue.silent()

    async def product_of(self, item: ItemId) -> Product | None:
        """Return the product of an item, None where no shop lists it now."""
        return await self._catalogue.product_of(item)

    async def stock(self, product: Product) -> tuple[Answer[tuple[SkuStock, ...]], ...]:
        """Return each shop's stock and prices of a product, in the order of its items.

        As customers may hear of them: without the safety stock.
        """
        answers = await self.stock_in_full(product)
        return tuple(
            _with_value(each, self.safety.of_all(each.value, product.title))
            if each.value is not None
            else each
            for each in answers
        )

    async def stock_in_full(self, product: Product) -> tuple[Answer[tuple[SkuStock, ...]], ...]:
        """The same with the safety stock, for members of staff."""
        return tuple(await asyncio.gather(*(self.stock_of(item) for item in product.ids)))

    async def stock_of(self, item: ItemId) -> Answer[tuple[SkuStock, ...]]:
        """Return stock and prices of one item of a shop, with the safety stock."""
        line = self._lines.get(item.shop)
        if line is None:
            return _not_connected(item.shop)
        key = f"stock:{item.item}"
        return await line.ask(Question(key, lambda: line.shop.stock(item), _STOCK))

    async def prices(self, product: Product) -> tuple[Answer[PriceRange], ...]:
        """Return each shop's price range of a product now."""
        answers = await self.stock(product)
        return tuple(
            _with_value(answer, _range_of(item, answer.value))
            for item, answer in zip(product.ids, answers, strict=True)
        )

    async def order(self, number: str) -> Answer[Order]:
        """Look for an order in all shops, or in the one that the book names.

        The first shop that has it ends the search. Where that shop does not answer, what it told
        the book stands in (STALE). FRESH with value None: every shop answered
        and none has it. UNREACHABLE: none of those that answered has it; `shop` is one that did
        not answer, `shop_name` names all of them.
        """
        number = unicodedata.normalize("NFKC", number).strip().upper()
        booked = await self._book.anywhere(number)
        if len(booked) == 1 and booked[0].order.shop in self._lines:
            return await self._booked(booked[0])
        asked = [
            asyncio.create_task(line.ask(_order_question(line, number)))
            for line in self._lines.values()
        ]
        answers: list[Answer[Order]] = []
        try:
            for ready in asyncio.as_completed(asked):
                answer = await ready
                if answer.value is not None:
                    return answer
                answers.append(answer)
        finally:
            for task in asked:
                task.cancel()
        unheard = [answer for answer in answers if not answer.is_known]
        if not unheard:
            return Answer("", "", AnswerState.FRESH, None)
        silent = {answer.shop for answer in unheard}
        names = "、".join(line.shop.name for line in self._lines.values() if line.shop.id in silent)
        return replace(unheard[0], shop_name=names)

    async def orders_of(
        self, buyers: Sequence[BuyerId], since: datetime
    ) -> tuple[Answer[tuple[Order, ...]], ...]:
        """Return the orders of each buyer (one person in several shops), in the given order."""
        return tuple(await asyncio.gather(*(self._orders_of(buyer, since) for buyer in buyers)))

    async def parcels(self, order: Order) -> Answer[tuple[Parcel, ...]]:
        """Return the parcels of an order, each with the newest scans that shop or tracker has."""
        line = self._lines.get(order.shop)
        if line is None:
            return _not_connected(order.shop)
        key = f"parcels:{order.number}"
        told = await line.ask(Question(key, lambda: line.shop.parcels(order.number), _PARCELS))
        return await self._ways.completed(told, order) if self._ways else told

    async def buyer_of(self, external_userid: str) -> tuple[Answer[BuyerId], ...]:
        """Ask every shop with a bridge to WeCom who this customer is there."""
        bridges = [
            (line, line.shop)
            for line in self._lines.values()
            if isinstance(line.shop, KnowsWeComCustomers)
        ]
        return tuple(
            await asyncio.gather(
                *(line.ask(_bridge_question(line, shop, external_userid)) for line, shop in bridges)
            )
        )

    async def member(self, buyer: BuyerId) -> Answer[Member]:
        """Return a buyer's membership; value None: no member, or a shop without members."""
        line = self._lines.get(buyer.shop)
        if line is None:
            return _not_connected(buyer.shop)
        shop = line.shop
        if not isinstance(shop, KnowsMembers):
            return Answer(shop.id, shop.name, AnswerState.FRESH, None)
        return await line.ask(
            Question(f"member:{buyer.buyer}", lambda: shop.member(buyer), _MEMBER)
        )

    async def holds_coupon(self, coupon_id: str, buyer: BuyerId) -> Answer[bool]:
        """Tell whether a buyer has a platform coupon; never answered from memory."""
        line = self._lines.get(buyer.shop)
        issuer = self.issuer(buyer.shop)
        if line is None or issuer is None:
            return _not_connected(buyer.shop)
        key = f"holds:{coupon_id}:{buyer.buyer}"
        return await line.ask(Question(key, lambda: issuer.holds_coupon(coupon_id, buyer)))

    def issuer(self, shop_id: str) -> IssuesCoupons | None:
        """Return the shop's power to issue coupons, for the errand that does it."""
        line = self._lines.get(shop_id)
        if line is None:
            return None
        return line.shop if isinstance(line.shop, IssuesCoupons) else None

    async def read_order(self, shop: str, number: str) -> Order | None:
        """Ask one shop for an order anew, past everything remembered.

        Raises:
            Unavailable, AuthExpired, Refused: the shop does not tell.
            KeyError: no such shop is connected.
        """
        line = self._lines[shop]
        order = await line.fetch(_order_question(line, number))
        line.forget(f"parcels:{number}", "orders:*")
        return order

    async def read_stock(self, item: ItemId) -> tuple[SkuStock, ...]:
        """Ask one shop for the stock of an item anew; errors as in `read_order`."""
        line = self._lines[item.shop]
        question = Question(f"stock:{item.item}", lambda: line.shop.stock(item), _STOCK)
        return await line.fetch(question) or ()

    async def read_parcels(self, shop: str, number: str) -> tuple[Parcel, ...]:
        """Ask one shop for the parcels of an order anew; errors as in `read_order`."""
        line = self._lines[shop]
        question = Question(f"parcels:{number}", lambda: line.shop.parcels(number), _PARCELS)
        return await line.fetch(question) or ()

    def forget(self, shop: str, *keys: str) -> None:
        """Another process has read these anew: ask for them the next time."""
        if line := self._lines.get(shop):
            line.forget(*keys)

    def health(self) -> tuple[ShopHealth, ...]:
        """Tell how each shop has been answering."""
        return tuple(line.health() for line in self._lines.values())

    async def keep_fresh(self) -> None:
        """Fetch lists of products that have grown old until cancelled; run it in a task group."""
        while True:
            await self._catalogue.refresh()
            await asyncio.sleep(self._look_every.total_seconds())

    async def close(self) -> None:
        """Give up everything under way."""
        await self._catalogue.close()
        await asyncio.gather(*(line.close() for line in self._lines.values()))
        if self._ways is not None:
            await self._ways.close()

    async def _booked(self, booked: BookedOrder) -> Answer[Order]:
        line = self._lines[booked.order.shop]
        answer = await line.ask(_order_question(line, booked.order.number))
        if answer.is_known or answer.why is Why.REFUSED:
            return answer
        return replace(answer, state=AnswerState.STALE, value=booked.order, as_of=booked.seen_at)

    async def _orders_of(self, buyer: BuyerId, since: datetime) -> Answer[tuple[Order, ...]]:
        line = self._lines.get(buyer.shop)
        if line is None:
            return _not_connected(buyer.shop)
        day = since.replace(hour=0, minute=0, second=0, microsecond=0)
        shop, key = line.shop, f"orders:{buyer.buyer}:{day.isoformat()}"
        if not isinstance(shop, ListsOrdersOfBuyer):
            orders = await self._book.orders_of(buyer, since)
            return Answer(shop.id, shop.name, AnswerState.FRESH, orders)
        answer = await line.ask(Question(key, lambda: shop.orders_of(buyer, day), _ORDERS))
        if answer.value is None:
            return answer
        return replace(
            answer, value=tuple(order for order in answer.value if order.created_at >= since)
        )


def _order_question(line: ShopLine, number: str) -> Question[Order]:
    return Question(f"order:{number}", lambda: line.shop.order(number), _ORDER)


def _bridge_question(
    line: ShopLine, shop: KnowsWeComCustomers, external_userid: str
) -> Question[BuyerId]:
    return Question(f"buyer:{external_userid}", lambda: shop.buyer_of(external_userid), _BUYER)


def _range_of(item: ItemId, skus: tuple[SkuStock, ...] | None) -> PriceRange | None:
    prices = [sku.price for sku in skus or ()]
    return PriceRange(item, min(prices), max(prices)) if prices else None


def _with_value(answer: Answer[T], value: U | None) -> Answer[U]:
    return Answer(answer.shop, answer.shop_name, answer.state, value, answer.as_of, answer.why)


def _not_connected(shop_id: str) -> Answer[T]:
    return Answer(shop_id, shop_id, AnswerState.UNREACHABLE, None, None, Why.REFUSED)
