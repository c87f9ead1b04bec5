"""Orders and refunds as the shops told them last; an older telling never covers a later one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Row, Select, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.shops.book import BookedOrder
from desk.shops.port import BuyerId, Order
from desk.shops.stored import Codec
from desk.store.columns import Words
from desk.store.schema_shops import shop_orders, shop_refunds
from desk.sync.model import Seen, Source

_ORDER = Codec(Order)
_THE_ONE = (
    shop_orders.c.shop == bindparam("of_shop"),
    shop_orders.c.number == bindparam("of_number"),
)
_LOCKED = select(shop_orders.c.content, shop_orders.c.updated_at).where(*_THE_ONE).with_for_update()
_BOOKED = select(shop_orders.c.content, shop_orders.c.seen_at, shop_orders.c.tags).where(*_THE_ONE)
_THESE = select(shop_orders.c.number, shop_orders.c.content).where(
    shop_orders.c.shop == bindparam("of_shop"),
    shop_orders.c.number == func.any(bindparam("numbers", type_=ARRAY(Words))),
)
_ANYWHERE = select(shop_orders.c.content, shop_orders.c.seen_at, shop_orders.c.tags).where(
    shop_orders.c.number == bindparam("of_number")
)
_OF_BUYER = (
    select(shop_orders.c.content)
    .where(
        shop_orders.c.shop == bindparam("of_shop"),
        shop_orders.c.buyer == bindparam("of_buyer"),
        shop_orders.c.buyer != "",
        shop_orders.c.created_at >= bindparam("since"),
    )
    .order_by(shop_orders.c.created_at.desc())
    .limit(500)
)
_CHANGED = select(shop_orders.c.number).where(
    shop_orders.c.shop == bindparam("of_shop"),
    shop_orders.c.updated_at >= bindparam("since"),
    shop_orders.c.updated_at < bindparam("until"),
)
_BUYERS = (
    select(shop_orders.c.shop, shop_orders.c.buyer)
    .where(
        shop_orders.c.unionid == bindparam("known_as"),
        shop_orders.c.unionid != "",
        shop_orders.c.buyer != "",
    )
    .distinct()
)


class StoredOrderBook:
    """Implements `desk.sync.ports.OrderBookStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(
        self, order: Order, source: Source, now: datetime, tags: Sequence[str] = ()
    ) -> Seen | None:
        """Write an order down; None where the book has a later state of it already."""
        key = {"of_shop": order.shop, "of_number": order.number}
        await self._connection.execute(_lock(order))
        there = (await self._connection.execute(_LOCKED, key)).one_or_none()
        if there is not None and there.updated_at > (order.updated_at or now):
            return None
        before = _ORDER.read(there.content) if there is not None else None
        await self._write(order, source, now, tags)
        if before is None or before.refunds != order.refunds:
            await self._write_refunds(order, now)
        return Seen(order, before)

    async def orders_of(self, buyer: BuyerId, since: datetime) -> tuple[Order, ...]:
        """A buyer's orders created since then, newest first."""
        asked = {"of_shop": buyer.shop, "of_buyer": buyer.buyer, "since": since}
        found = await self._connection.execute(_OF_BUYER, asked)
        return tuple(_ORDER.read(row.content) for row in found)

    async def booked(self, shop: str, number: str) -> BookedOrder | None:
        """An order by its number."""
        asked = {"of_shop": shop, "of_number": number}
        row = (await self._connection.execute(_BOOKED, asked)).one_or_none()
        return _booked(row) if row is not None else None

    async def booked_of(self, shop: str, numbers: Sequence[str]) -> Mapping[str, Order]:
        """A shop's orders of these numbers, by number; those that the book has."""
        asked = {"of_shop": shop, "numbers": list(numbers)}
        found = await self._connection.execute(_THESE, asked)
        return {row.number: _ORDER.read(row.content) for row in found}

    async def anywhere(self, number: str) -> tuple[BookedOrder, ...]:
        """Orders of this number, whichever shop's."""
        found = await self._connection.execute(_ANYWHERE, {"of_number": number})
        return tuple(_booked(row) for row in found)

    async def numbers_changed(self, shop: str, since: datetime, until: datetime) -> frozenset[str]:
        """Orders of a shop that the book holds to have changed in [since, until)."""
        asked = {"of_shop": shop, "since": since, "until": until}
        return frozenset((await self._connection.execute(_CHANGED, asked)).scalars())

    async def buyers_of(self, unionid: str) -> tuple[BuyerId, ...]:
        """The buyers whose orders carry this unionid."""
        found = await self._connection.execute(_BUYERS, {"known_as": unionid})
        return tuple(BuyerId(row.shop, row.buyer) for row in found)

    async def _write(
        self, order: Order, source: Source, now: datetime, tags: Sequence[str]
    ) -> None:
        changing = {
            "tags": list(tags),
            "items": sorted({line.item.item for line in order.lines}),
            "status": order.status.value,
            "buyer": order.buyer.buyer if order.buyer else "",
            "unionid": order.unionid,
            "updated_at": order.updated_at or now,
            "payment": int(order.payment),
            "content": _ORDER.write(order),
            "raw": order.raw,
            "source": source.value,
            "seen_at": now,
        }
        lasting = {
            "shop": order.shop,
            "number": order.number,
            "created_at": order.created_at,
            "first_seen_at": now,
        }
        await self._connection.execute(
            insert(shop_orders)
            .values(**lasting, **changing)
            .on_conflict_do_update(index_elements=["shop", "number"], set_=changing)
        )

    async def _write_refunds(self, order: Order, now: datetime) -> None:
        rows = _refund_rows(order, now)
        if not rows:
            return
        new = insert(shop_refunds).values(rows)
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["shop", "refund_id"],
                set_={name: new.excluded[name] for name in ("status", "amount", "updated_at")},
            )
        )


def _booked(row: Row[Any]) -> BookedOrder:
    return BookedOrder(_ORDER.read(row.content), row.seen_at, tuple(row.tags))


def _lock(order: Order) -> Select[Any]:
    """Orders that are not there yet have no row to lock: two who find it new come one by one."""
    return select(
        func.pg_advisory_xact_lock(func.hashtextextended(f"{order.shop}:{order.number}", 0))
    )


def _refund_rows(order: Order, now: datetime) -> Sequence[dict[str, object]]:
    return [
        {
            "shop": order.shop,
            "refund_id": refund.id,
            "order_no": order.number,
            "status": refund.status.value,
            "amount": int(refund.amount),
            "updated_at": refund.updated_at,
            "first_seen_at": now,
        }
        # A platform may tell one refund with each of the lines that it is for.
        for refund in {each.id: each for each in order.refunds}.values()
    ]
