"""Followed parcels on PostgreSQL: each act on one is claimed, so that it is done once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.expression import ColumnElement

from desk.kernel.ids import ConversationId, CustomerId
from desk.parcels.following import arrived, dropped
from desk.parcels.model import FollowedParcel, ParcelCounts, SentOrder
from desk.parcels.ports import Due
from desk.shops.port import Order, OrderStatus
from desk.store.parcel_rows import parcel_of, row_of
from desk.store.persons import person
from desk.store.schema_customers import order_proofs
from desk.store.schema_parcels import parcels, sent_orders

_SENT = frozenset({OrderStatus.SHIPPED, OrderStatus.PART_SHIPPED})
_ARRIVED = frozenset({OrderStatus.DELIVERED, OrderStatus.COMPLETED})
_OVER = frozenset({OrderStatus.CANCELLED, OrderStatus.REFUNDED, OrderStatus.CLOSED})
_OLDEST_SENT = timedelta(days=30)
_DUE = {
    Due.SUBSCRIBE: parcels.c.subscribe_at,
    Due.LOOK: parcels.c.look_at,
    Due.CHECK: parcels.c.check_at,
}
_KEY = (parcels.c.shop, parcels.c.order_no, parcels.c.number)


class StoredParcels:
    """Implements `desk.parcels.ports.ParcelStore`.

    A claim says twice what is due: so the rows to be changed are found by the index as well.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note_order(self, order: Order, now: datetime) -> None:
        """An order was booked anew: one that was sent is asked for its parcels.

        Parcels of one that its shop holds to have arrived, or that is no more, are followed no
        longer. What was sent a month ago or earlier is not begun with.
        """
        if order.status in _SENT and (order.shipped_at or now) > now - _OLDEST_SENT:
            asked = {"shipped_at": order.shipped_at, "ask_at": now, "tries": 0}
            await self._connection.execute(
                insert(sent_orders)
                .values(shop=order.shop, number=order.number, **asked)
                .on_conflict_do_update(index_elements=["shop", "number"], set_=asked)
            )
        elif order.status in _ARRIVED | _OVER:
            await self._end(order, now)

    async def claim_order(self, now: datetime, again: datetime) -> SentOrder | None:
        """Claim the sent order that waits longest; without `order_asked` it is due again then."""
        due = (
            select(sent_orders.c.shop, sent_orders.c.number)
            .where(sent_orders.c.ask_at <= now)
            .order_by(sent_orders.c.ask_at)
            .limit(1)
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        claimed = await self._connection.execute(
            update(sent_orders)
            .where(
                sent_orders.c.shop == due.c.shop,
                sent_orders.c.number == due.c.number,
                sent_orders.c.ask_at <= now,
            )
            .values(ask_at=again, tries=sent_orders.c.tries + 1)
            .returning(
                sent_orders.c.shop,
                sent_orders.c.number,
                sent_orders.c.shipped_at,
                sent_orders.c.tries,
            )
        )
        row = claimed.one_or_none()
        return SentOrder(row.shop, row.number, row.shipped_at, row.tries) if row else None

    async def ask_again(self, order: SentOrder, at: datetime) -> None:
        """Its shop did not tell: it is asked again then."""
        await self._ask_at(order, at)

    async def order_asked(self, order: SentOrder) -> None:
        """Its parcels are known."""
        await self._ask_at(order, None)

    async def of_order(self, shop: str, number: str) -> tuple[FollowedParcel, ...]:
        """The parcels of an order, locked."""
        return await self._locked(parcels.c.shop == shop, parcels.c.order_no == number)

    async def known_of(self, shop: str, number: str) -> tuple[FollowedParcel, ...]:
        """The parcels of an order as they are known now."""
        theirs = parcels.c.shop == shop, parcels.c.order_no == number
        return await self._read(select(parcels).where(*theirs).order_by(*_KEY))

    async def of_number(self, number: str) -> tuple[FollowedParcel, ...]:
        """The parcels of a tracking number (one may hold several orders), locked."""
        return await self._locked(parcels.c.number == number)

    async def one(self, parcel: FollowedParcel) -> FollowedParcel | None:
        """The parcel as it is now, locked."""
        found = await self._locked(*_the_one(parcel))
        return found[0] if found else None

    async def claim(
        self, what: Due, now: datetime, again: datetime, most: int
    ) -> tuple[FollowedParcel, ...]:
        """Claim what is due longest; it is due again at `again` unless something is put before."""
        moment = _DUE[what]
        due = (
            select(*_KEY)
            .where(moment <= now)
            .order_by(moment)
            .limit(most)
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        claimed = await self._connection.execute(
            update(parcels)
            .where(*(column == due.c[column.name] for column in _KEY), moment <= now)
            .values({moment.name: again})
            .returning(parcels)
        )
        return tuple(parcel_of(row) for row in claimed)

    async def put(self, parcel: FollowedParcel) -> None:
        """Write a parcel down, as new or in place of what is there."""
        row = row_of(parcel)
        await self._connection.execute(
            insert(parcels)
            .values(**row)
            .on_conflict_do_update(index_elements=["shop", "order_no", "number"], set_=row)
        )

    async def newly_arrived(self, most: int) -> tuple[FollowedParcel, ...]:
        """The parcels that arrived last."""
        return await self._read(
            select(parcels)
            .where(parcels.c.delivered_at.is_not(None))
            .order_by(parcels.c.delivered_at.desc())
            .limit(most)
        )

    async def told_since(self, customer: CustomerId, since: datetime) -> bool:
        """Tell whether a person was told of a parcel since then.

        Whoever else asks about the same person waits until this transaction ends.
        """
        found = await self._connection.execute(person(customer))
        themselves = [CustomerId(row.id) for row in found] or [customer]
        lock = func.hashtextextended(f"told:{min(map(str, themselves))}", 0)
        await self._connection.execute(select(func.pg_advisory_xact_lock(lock)))
        told = await self._connection.execute(
            select(parcels.c.number)
            .where(parcels.c.told_customer.in_(themselves), parcels.c.told_at >= since)
            .limit(1)
        )
        return told.first() is not None

    async def note_told(self, parcel: FollowedParcel, customer: CustomerId, now: datetime) -> None:
        """The customer was told of this parcel."""
        await self._connection.execute(
            update(parcels).where(*_the_one(parcel)).values(told_customer=customer, told_at=now)
        )

    async def opened_by(
        self, shop: str, order_no: str, now: datetime
    ) -> Sequence[tuple[CustomerId, ConversationId]]:
        """Who has proven the order, and in which conversation it is open to them now."""
        found = await self._connection.execute(
            select(order_proofs.c.customer_id, order_proofs.c.conversation_id)
            .where(
                order_proofs.c.shop == shop,
                order_proofs.c.order_no == order_no,
                order_proofs.c.expires_at > now,
            )
            .order_by(order_proofs.c.proven_at.desc())
        )
        return tuple(
            (CustomerId(row.customer_id), ConversationId(row.conversation_id)) for row in found
        )

    async def counts(self, now: datetime, told_since: datetime) -> ParcelCounts:
        """How many are under way, stuck now, and told of since then."""
        under_way = or_(
            parcels.c.check_at.is_not(None),
            parcels.c.look_at.is_not(None),
            parcels.c.subscribe_at.is_not(None),
        )
        stuck = parcels.c.stuck_why != ""
        open_ones = (parcels.c.delivered_at.is_(None), parcels.c.followed_until > now)
        told = select(func.count()).where(parcels.c.told_at >= told_since)
        found = await self._connection.execute(
            select(
                select(func.count()).where(under_way | stuck, *open_ones).scalar_subquery(),
                select(func.count()).where(stuck, *open_ones).scalar_subquery(),
                told.scalar_subquery(),
            )
        )
        followed, silent, heard = found.one()
        return ParcelCounts(followed, silent, heard)

    async def _ask_at(self, order: SentOrder, at: datetime | None) -> None:
        """Not where the order was booked anew meanwhile: that sets the tries back."""
        await self._connection.execute(
            update(sent_orders)
            .where(
                sent_orders.c.shop == order.shop,
                sent_orders.c.number == order.number,
                sent_orders.c.tries == order.tries,
            )
            .values(ask_at=at)
        )

    async def _end(self, order: Order, now: datetime) -> None:
        for each in await self.of_order(order.shop, order.number):
            if order.status in _ARRIVED:
                await self.put(arrived(each, now))
            elif each.delivered_at is None:
                await self.put(dropped(each))
        await self._connection.execute(
            update(sent_orders)
            .where(sent_orders.c.shop == order.shop, sent_orders.c.number == order.number)
            .values(ask_at=None)
        )

    async def _locked(self, *which: ColumnElement[bool]) -> tuple[FollowedParcel, ...]:
        return await self._read(select(parcels).where(*which).order_by(*_KEY).with_for_update())

    async def _read(self, query: Select[Any]) -> tuple[FollowedParcel, ...]:
        return tuple(parcel_of(row) for row in await self._connection.execute(query))


def _the_one(parcel: FollowedParcel) -> tuple[ColumnElement[bool], ...]:
    return (
        parcels.c.shop == parcel.shop,
        parcels.c.order_no == parcel.order_no,
        parcels.c.number == parcel.number,
    )
