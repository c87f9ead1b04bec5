"""What is on sale, remembered between calls: the platform lists ids and searches no titles."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.kernel.clock import Clock
from desk.kernel.errors import Refused
from desk.shops.port import Item
from integrations.rate import patiently
from integrations.wechat_store import wire
from integrations.wechat_store.client import WechatStoreClient, WechatStoreRefused
from integrations.wild import Wild

FRESH_FOR = timedelta(minutes=30)
"""How long a remembered title and price are taken as they are."""
LISTED_FOR = timedelta(minutes=1)
"""How long the list of ids is taken as it is: what is new or taken down shows after it."""
MOST_RENEWED = 10
"""Remembered products that one call reads again at most, the oldest first; see `PARTS`."""
PARTS = 12
"""Of a large shop one call reads this part again, so that all are renewed within twelve calls."""

_A_PAGE = 30
_AT_ONCE = 4
_ON_SALE = 5


@dataclass(frozen=True, slots=True)
class _Known:
    item: Item
    read_at: datetime


class Shelf:
    """The products of one shop.

    What was read is kept at once, so that a first look that is cut short goes on where it ended.
    Its many calls stand back for those behind whom a person waits.
    """

    def __init__(self, shop: str, client: WechatStoreClient, clock: Clock) -> None:
        self._shop, self._client, self._clock = shop, client, clock
        self._known: dict[str, _Known] = {}
        self._listed: tuple[str, ...] = ()
        self._listed_at: datetime | None = None
        self._one_reader = asyncio.Lock()
        self._few = asyncio.Semaphore(_AT_ONCE)

    async def items(self) -> tuple[Item, ...]:
        """All products on sale, in the platform's order; errors of the client."""
        async with self._one_reader:
            numbers = await self._list()
            for gone in self._known.keys() - set(numbers):
                del self._known[gone]
            with patiently():
                await asyncio.gather(*(self._read(number) for number in self._due(numbers)))
            return tuple(self._known[number].item for number in numbers if number in self._known)

    async def product(self, number: str) -> Wild | None:
        """One product as it is now; None for one that is gone or taken down."""
        try:
            answer = await self._client.call("product/get", {"product_id": number, "data_type": 1})
        except WechatStoreRefused as error:
            if error.means_none:
                return None
            raise
        raw = answer["product"]
        if not raw.is_object or not wire.is_on_sale(raw):
            return None
        if number in self._known:
            self._keep(number, raw, self._known[number].item.url)
        return raw

    async def _list(self) -> tuple[str, ...]:
        now = self._clock.now()
        if self._listed_at is None or now - self._listed_at >= LISTED_FOR:
            self._listed = await self._numbers()
            self._listed_at = now
        return self._listed

    async def _numbers(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        cursor = ""
        while True:
            asked = {"status": _ON_SALE, "page_size": _A_PAGE}
            page = await self._client.call(
                "product/list/get", {**asked, "next_key": cursor} if cursor else asked
            )
            numbers = [raw.id() for raw in page["product_ids"]]
            found |= dict.fromkeys(numbers)
            last, cursor = cursor, page["next_key"].text_or("")
            is_all = not page["total_num"].is_null and len(found) >= page["total_num"].whole()
            if is_all or not numbers or cursor in ("", last):
                return tuple(found)

    def _due(self, numbers: Iterable[str]) -> list[str]:
        """Those never read, and a few of those read long ago."""
        unknown = [number for number in numbers if number not in self._known]
        limit = self._clock.now() - FRESH_FOR
        old = [number for number, known in self._known.items() if known.read_at < limit]
        old.sort(key=lambda number: self._known[number].read_at)
        return unknown + old[: max(MOST_RENEWED, len(self._known) // PARTS)]

    async def _read(self, number: str) -> None:
        async with self._few:
            raw = await self.product(number)
            if raw is not None and number not in self._known:
                self._keep(number, raw, await self._page_of(number))

    async def _page_of(self, number: str) -> str:
        """The address of a product's page, asked once; "" where the shop may not ask for it."""
        try:
            answer = await self._client.call("product/h5url/get", {"product_id": number})
        except Refused:
            return ""
        return answer["product_h5url"].text_or("")

    def _keep(self, number: str, raw: Wild, url: str) -> None:
        self._known[number] = _Known(wire.item(self._shop, raw, url), self._clock.now())
