"""What all shops sell, kept in memory, so that a question by name needs no shop to answer."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from desk.kernel.clock import Clock
from desk.shops import matching
from desk.shops.answers import Answer, AnswerState
from desk.shops.finding import Goods
from desk.shops.line import FloorSettings, Question, ShopLine
from desk.shops.port import Item, ItemId
from desk.shops.products import Product
from desk.shops.stored import Codec
from desk.shops.vocabulary import Vocabulary

_MANY = 400
_ITEMS = Codec(tuple[Item, ...])


class Catalogue:
    """The products on sale in all shops.

    The first use waits for the shops within the floor's deadline; later ones see what is known
    and have it fetched again behind their back when it has grown old.
    """

    def __init__(
        self,
        lines: Sequence[ShopLine],
        clock: Clock,
        settings: FloorSettings,
        vocabulary: Vocabulary,
    ) -> None:
        self._lines = tuple(lines)
        self._clock = clock
        self._settings = settings
        self._answers: dict[str, Answer[tuple[Item, ...]]] = {}
        self._tried_at: dict[str, datetime] = {}
        self._vocabulary = vocabulary
        self._goods = Goods((), vocabulary)
        self._of_item: dict[ItemId, Product] = {}
        self._grouping = asyncio.Lock()
        self._behind: asyncio.Task[None] | None = None

    async def goods(self) -> Goods:
        """Return all known products, the same thing in two shops as one, ready for finding."""
        unknown = [line for line in self._lines if not self._is_known(line)]
        if unknown:
            await self._learn(unknown)
        if any(self._is_old(line) for line in self._lines) and self._behind is None:
            self._behind = asyncio.create_task(self.refresh())
            self._behind.add_done_callback(self._behind_is_done)
        return self._goods

    async def product_of(self, item: ItemId) -> Product | None:
        """Return the product that a shop's item belongs to."""
        await self.goods()
        return self._of_item.get(item)

    async def refresh(self) -> None:
        """Fetch the lists that have grown old."""
        old = [line for line in self._lines if self._is_old(line)]
        await self._fetch(old, wait=self._settings.patience)

    def silent(self) -> tuple[str, ...]:
        """Return the names of shops whose list is not known at all."""
        return tuple(line.shop.name for line in self._lines if not self._is_known(line))

    async def close(self) -> None:
        """Give up the fetching behind."""
        if self._behind is not None:
            self._behind.cancel()
            await asyncio.gather(self._behind, return_exceptions=True)

    async def _learn(self, unknown: Sequence[ShopLine]) -> None:
        """Wait for each unknown shop once in a while; in between look whether it came late."""
        due = [line for line in unknown if self._is_old(line)]
        for line in unknown:
            if line not in due:
                await self._take(await line.remembered(_all_items_of(line)))
        if due:
            await self._fetch(due)
        async with self._grouping:
            # Another question may have brought the same news and be at grouping it still.
            return

    async def _fetch(self, lines: Sequence[ShopLine], wait: timedelta | None = None) -> None:
        await asyncio.gather(*(self._fetch_one(line, wait) for line in lines))

    async def _fetch_one(self, line: ShopLine, wait: timedelta | None) -> None:
        answer = await line.ask(_all_items_of(line), wait)
        self._tried_at[line.shop.id] = self._clock.now()
        await self._take(answer)

    async def _take(self, answer: Answer[tuple[Item, ...]]) -> None:
        if not (answer.is_known and self._is_news(answer)):
            return
        before = self._answers.get(answer.shop)
        self._answers[answer.shop] = answer
        if before is None or before.value != answer.value:
            await self._regroup()

    def _is_news(self, answer: Answer[tuple[Item, ...]]) -> bool:
        return answer.state is AnswerState.FRESH or answer.shop not in self._answers

    async def _regroup(self) -> None:
        async with self._grouping:
            known = [self._answers.get(line.shop.id) for line in self._lines]
            lists = [answer.value or () for answer in known if answer]
            if sum(map(len, lists)) > _MANY:
                # Seconds for thousands of products: too long for everybody else to wait.
                self._goods = await asyncio.to_thread(self._arranged, lists)
            else:
                self._goods = self._arranged(lists)
            products = self._goods.products
            self._of_item = {id_: product for product in products for id_ in product.ids}

    def _arranged(self, lists: Sequence[Sequence[Item]]) -> Goods:
        return Goods(matching.group(lists), self._vocabulary, self._goods)

    def _is_known(self, line: ShopLine) -> bool:
        return line.shop.id in self._answers

    def _is_old(self, line: ShopLine) -> bool:
        answer = self._answers.get(line.shop.id)
        now = self._clock.now()
        if answer is not None and answer.state is AnswerState.FRESH:
            return answer.age(now) >= self._settings.catalogue_age
        tried_at = self._tried_at.get(line.shop.id)
        return tried_at is None or now - tried_at >= self._settings.rest

    def _behind_is_done(self, done: asyncio.Task[None]) -> None:
        self._behind = None
        if not done.cancelled():
            done.result()


def _all_items_of(line: ShopLine) -> Question[tuple[Item, ...]]:
    return Question("items", lambda: line.shop.find_items(""), _ITEMS)
