"""What customers asked about, and the orders that came of it."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.clock import SHANGHAI
from desk.kernel.ids import ConversationId, CustomerId
from desk.kernel.money import Fen
from desk.store.schema_shops import product_consults
from desk.sync.commands import NoteConsult
from desk.sync.model import CONSULT_COUNTS, Consult

_BOUGHT_AFTER = """
    FROM shop_orders
    CROSS JOIN LATERAL (
        SELECT customer_id FROM identities
        WHERE namespace = 'shop:' || shop_orders.shop AND value = shop_orders.buyer
        UNION
        SELECT customer_id FROM order_proofs
        WHERE order_proofs.shop = shop_orders.shop AND order_no = shop_orders.number
    ) AS bought
    CROSS JOIN LATERAL person(bought.customer_id) AS one
    JOIN product_consults ON product_consults.customer_id = one.id
        AND product_consults.shop = shop_orders.shop
        AND product_consults.item = ANY (shop_orders.items)
        AND product_consults.asked_at <= shop_orders.created_at
        AND product_consults.asked_at > shop_orders.created_at - CAST(:counts AS interval)
"""
"""The buyer is known by a linked identity, or by having proven the order; as a whole person."""
_OF_ORDER = text(
    f"""
    SELECT product_consults.customer_id, product_consults.conversation_id,
           product_consults.title, product_consults.asked_at
    {_BOUGHT_AFTER}
    WHERE shop_orders.shop = :of_shop AND shop_orders.number = :of_number
    ORDER BY product_consults.asked_at DESC LIMIT 1
    """
)
_SOLD = text(
    f"""
    SELECT count(*) AS orders, coalesce(sum(payment), 0) AS payment FROM (
        SELECT DISTINCT shop_orders.shop, shop_orders.number, shop_orders.payment
        {_BOUGHT_AFTER}
        WHERE shop_orders.created_at >= :since AND shop_orders.created_at < :until
          AND shop_orders.status NOT IN ('pending', 'cancelled', 'refunded', 'closed')
    ) AS sold
    """  # noqa: S608 - put together of constants only
)


class StoredConsults:
    """Implements `desk.sync.ports.ConsultStore`, and answers what orders came of consults."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, consult: NoteConsult, now: datetime) -> None:
        """Keep it: the first time of a day for each customer and item."""
        rows = [
            {
                "customer_id": consult.customer,
                "shop": item.shop,
                "item": item.item,
                "day": now.astimezone(SHANGHAI).date(),
                "conversation_id": consult.conversation,
                "title": consult.title,
                "asked_at": now,
            }
            for item in dict.fromkeys(consult.items)
        ]
        if not rows:
            return
        await self._connection.execute(
            insert(product_consults).values(rows).on_conflict_do_nothing()
        )

    async def of_order(self, shop: str, number: str) -> Consult | None:
        """What the buyer of an order asked here before; the last time, None for never."""
        asked = {"of_shop": shop, "of_number": number, "counts": CONSULT_COUNTS}
        row = (await self._connection.execute(_OF_ORDER, asked)).one_or_none()
        if row is None:
            return None
        customer, conversation = CustomerId(row.customer_id), ConversationId(row.conversation_id)
        return Consult(customer, conversation, row.title, row.asked_at)

    async def sold(self, since: datetime, until: datetime) -> tuple[int, Fen]:
        """Orders of [since, until) that were paid after a consult: how many, and for how much."""
        asked = {"since": since, "until": until, "counts": CONSULT_COUNTS}
        row = (await self._connection.execute(_SOLD, asked)).one()
        return row.orders, Fen(int(row.payment))
