"""Wishes on PostgreSQL: one for each person, product and kind; told once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    Select,
    Text,
    Uuid,
    cast,
    delete,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.expression import ColumnElement, column

from desk.kernel.ids import ConversationId, CustomerId, WishId
from desk.shops.port import ItemId, read_item, write_item
from desk.store.persons import person
from desk.store.schema_wishes import WISH_TOLD_OF, WISH_WAITS, awaited_items, restock_wishes
from desk.wishes.model import THEIRS_FOR, Queue, Wish, WishState

_WAITS = text(f"restock_wishes.{WISH_WAITS}")
_TOLD = text(f"restock_wishes.{WISH_TOLD_OF}")
"""As its index is for such rows alone."""
_ITEMS = restock_wishes.c["items"]
_ONE = (
    select(func.min(cast(column("id"), Text)))
    .select_from(
        func.person(restock_wishes.c.customer_id).table_valued(column("id", Uuid)).alias("one")
    )
    .scalar_subquery()
)
"""One name for all customers of a person."""
_WISHES = select(restock_wishes, _ONE.label("person"))
_NOT_BOUGHT = text(
    """
    NOT EXISTS (
        SELECT FROM person(restock_wishes.customer_id) AS theirs
        JOIN identities ON identities.customer_id = theirs.id
            AND identities.namespace = 'shop:' || CAST(:of_shop AS text)
        JOIN shop_orders ON shop_orders.shop = CAST(:of_shop AS text)
            AND shop_orders.buyer = identities.value AND shop_orders.buyer <> ''
        WHERE CAST(:of_item AS text) = ANY (shop_orders.items)
          AND shop_orders.created_at >= restock_wishes.ended_at
    )
    """
)
"""Of who has ordered since they were told the piece is gone from the stock already."""


class StoredWishes:
    """Implements `desk.wishes.ports.WishStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, wish: Wish) -> bool:
        """Keep it; False where the person waits for just that already."""
        await self._lock("wish", min(map(write_item, wish.items)))
        items = [write_item(each) for each in wish.items]
        same = select(restock_wishes.c.id).where(
            restock_wishes.c.customer_id.in_(person(wish.customer)),
            _ITEMS.op("&&")(_array(items)),
            restock_wishes.c.wanted == list(wish.wanted),
            _WAITS,
        )
        if (await self._connection.execute(same.limit(1))).first() is not None:
            return False
        await self._connection.execute(
            insert(restock_wishes)
            .values(
                id=wish.id,
                customer_id=wish.customer,
                conversation_id=wish.conversation,
                items=items,
                title=wish.title,
                wanted=list(wish.wanted),
                asked_at=wish.asked_at,
                state=wish.state.value,
            )
            .on_conflict_do_nothing()
        )
        rows = [
            {"shop": each.shop, "item": each.item, "look_at": wish.asked_at} for each in wish.items
        ]
        watch = insert(awaited_items).values(rows)
        await self._connection.execute(
            watch.on_conflict_do_update(
                index_elements=["shop", "item"], set_={"look_at": watch.excluded.look_at}
            )
        )
        return True

    async def withdraw(self, customer: CustomerId, now: datetime) -> int:
        """End all wishes of a person that wait; how many there were."""
        theirs = restock_wishes.c.customer_id.in_(person(customer))
        return await self._end(theirs, WishState.WITHDRAWN, now)

    async def stir(self, item: ItemId, now: datetime) -> None:
        """The item's stock has changed: whoever waits for it has it looked at now."""
        await self._connection.execute(
            update(awaited_items)
            .where(*_the_item(item), awaited_items.c.look_at > now)
            .values(look_at=now)
        )

    async def claim(self, now: datetime, again: datetime) -> ItemId | None:
        """Claim the awaited item whose look is due longest; the next look is due at `again`."""
        due = (
            select(awaited_items.c.shop, awaited_items.c.item)
            .where(awaited_items.c.look_at <= now)
            .order_by(awaited_items.c.look_at)
            .limit(literal(1, literal_execute=True))  # A parameter counts as many.
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        claimed = await self._connection.execute(
            update(awaited_items)
            .where(awaited_items.c.shop == due.c.shop, awaited_items.c.item == due.c.item)
            .values(look_at=again)
            .returning(awaited_items.c.shop, awaited_items.c.item)
        )
        row = claimed.one_or_none()
        return ItemId(row.shop, row.item) if row is not None else None

    async def expire(self, asked_before: datetime, now: datetime) -> int:
        """Give up what was asked for before that moment; how many."""
        old = restock_wishes.c.asked_at < asked_before
        return await self._end(old, WishState.EXPIRED, now)

    async def queue(self, item: ItemId, now: datetime) -> Queue:
        """Who waits for the item and who was told of it lately, for this transaction alone."""
        written = write_item(item)
        await self._lock("restock", written)
        waiting = await self._read(
            _WISHES.where(_ITEMS.op("@>")(_array([written])), _WAITS)
            .order_by(restock_wishes.c.asked_at, restock_wishes.c.id)
            .with_for_update(of=restock_wishes)
        )
        if not waiting:
            # A wish that comes just now has made the item due again.
            idle = (*_the_item(item), awaited_items.c.look_at > now)
            await self._connection.execute(delete(awaited_items).where(*idle))
        told = await self._read(
            _WISHES.where(
                restock_wishes.c.told_of == written,
                restock_wishes.c.ended_at > now - THEIRS_FOR,
                _TOLD,
                _NOT_BOUGHT.bindparams(of_shop=item.shop, of_item=item.item),
            ).order_by(restock_wishes.c.ended_at, restock_wishes.c.id)
        )
        return Queue(waiting, told)

    async def settle(
        self, wishes: Sequence[WishId], state: WishState, told_of: ItemId | None, now: datetime
    ) -> None:
        """End wishes; `told_of` is the item whose stock was told."""
        of = write_item(told_of) if told_of is not None else ""
        await self._end(restock_wishes.c.id.in_(list(wishes)), state, now, of)

    async def waiting_of(self, customer: CustomerId) -> tuple[Wish, ...]:
        """What a person waits for, the latest wish first."""
        return await self._read(
            _WISHES.where(restock_wishes.c.customer_id.in_(person(customer)), _WAITS).order_by(
                restock_wishes.c.asked_at.desc(), restock_wishes.c.id
            )
        )

    async def waiting_for(self, items: Sequence[ItemId]) -> int:
        """How many people wait for a product."""
        written = _array([write_item(each) for each in items])
        counted = select(func.count(_ONE.distinct())).where(_ITEMS.op("&&")(written), _WAITS)
        return await self._connection.scalar(counted) or 0

    async def most_wanted(self, limit: int) -> tuple[tuple[str, int], ...]:
        """The products (titles) that most people wait for, with their number."""
        people = func.count(_ONE.distinct()).label("people")
        found = await self._connection.execute(
            select(restock_wishes.c.title, people)
            .where(_WAITS)
            .group_by(restock_wishes.c.title)
            .order_by(people.desc(), restock_wishes.c.title)
            .limit(limit)
        )
        return tuple((row.title, row.people) for row in found)

    async def _end(
        self, which: ColumnElement[bool], state: WishState, now: datetime, told_of: str = ""
    ) -> int:
        ended = await self._connection.execute(
            update(restock_wishes)
            .where(which, _WAITS)
            .values(state=state.value, ended_at=now, told_of=told_of)
        )
        return ended.rowcount

    async def _read(self, query: Select[Any]) -> tuple[Wish, ...]:
        return tuple(_wish(row) for row in await self._connection.execute(query))

    async def _lock(self, *what: str) -> None:
        name = "\x1f".join(what)
        await self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0)))
        )


def _wish(row: Row[Any]) -> Wish:
    return Wish(
        id=WishId(row.id),
        customer=CustomerId(row.customer_id),
        person=CustomerId(UUID(row.person)),
        conversation=ConversationId(row.conversation_id),
        items=tuple(read_item(each) for each in row.items),
        title=row.title,
        wanted=tuple(row.wanted),
        asked_at=row.asked_at,
        state=WishState(row.state),
        told_at=row.ended_at,
    )


def _the_item(item: ItemId) -> tuple[ColumnElement[bool], ...]:
    return awaited_items.c.shop == item.shop, awaited_items.c.item == item.item


def _array(words: Sequence[str]) -> ColumnElement[Any]:
    return cast(list(words), ARRAY(Text))
