"""Stock as the shops told it last, item by item."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.shops.cache import Json
from desk.shops.port import ItemId, SkuStock
from desk.shops.stored import Codec
from desk.store.schema_shops import shop_stock
from desk.sync.model import ItemStock

_SKUS = Codec(tuple[SkuStock, ...])
_OF_ITEM = select(shop_stock).where(
    shop_stock.c.shop == bindparam("of_shop"), shop_stock.c.item == bindparam("of_item")
)
_MOST = 2**31 - 1
"""What the column holds; sellers who do not count write many nines on every SKU."""


class StoredStockBook:
    """Implements `desk.sync.ports.StockBookStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note_stock(self, stock: ItemStock) -> ItemStock | None:
        """Write an item's stock down; returns what stood there before.

        What was seen earlier than what stands there changes nothing.
        """
        item = stock.item
        found = await self._connection.execute(
            _OF_ITEM.with_for_update(), {"of_shop": item.shop, "of_item": item.item}
        )
        row = found.one_or_none()
        before = _read(item, row.content, row.seen_at) if row is not None else None
        values = {
            "available": max(-_MOST, min(stock.available, _MOST)),
            "content": _SKUS.write(stock.skus),
            "seen_at": stock.seen_at,
        }
        await self._connection.execute(
            insert(shop_stock)
            .values(shop=item.shop, item=item.item, **values)
            .on_conflict_do_update(
                index_elements=["shop", "item"],
                set_=values,
                where=shop_stock.c.seen_at <= stock.seen_at,
            )
        )
        return before

    async def stock_of(self, shop: str, item: str) -> ItemStock | None:
        """An item's stock as it was seen last."""
        asked = {"of_shop": shop, "of_item": item}
        row = (await self._connection.execute(_OF_ITEM, asked)).one_or_none()
        return _read(ItemId(shop, item), row.content, row.seen_at) if row is not None else None


def _read(item: ItemId, content: Json, seen_at: datetime) -> ItemStock:
    return ItemStock(item, _SKUS.read(content), seen_at)
