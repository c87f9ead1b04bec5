"""All that happened with a person, read in one statement over tables that are indexed for it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.customers.model import Evidence
from desk.customers.timeline import (
    CouponGranted,
    Entry,
    Heard,
    KinChanged,
    Moment,
    Ordered,
    Purchases,
    Rated,
    Refunded,
    TicketMoved,
)
from desk.kernel.ids import CustomerId
from desk.kernel.money import Fen
from desk.kernel.private import hidden
from desk.shops.port import OrderStatus, RefundStatus
from desk.store.columns import AT, Words

_FIRST_WORDS = 24

# Who the person is; the buyers they are held to be; the orders of these, and those that were only
# proven. All others are read from here.
_THEIRS = """
WITH theirs AS MATERIALIZED (SELECT id FROM person(:customer)),
buyers AS (
  SELECT substr(namespace, 6) AS shop, value AS buyer
  FROM identities JOIN theirs ON customer_id = theirs.id
  WHERE starts_with(namespace, 'shop:')
),
owned AS (
  SELECT shop_orders.shop, number FROM buyers JOIN shop_orders USING (shop, buyer)
  WHERE shop_orders.buyer <> ''
),
known AS MATERIALIZED (
  SELECT shop, number, false AS only_proven FROM owned
  UNION ALL
  (SELECT DISTINCT shop, order_no, true FROM order_proofs
     JOIN theirs ON customer_id = theirs.id
   EXCEPT SELECT shop, number, true FROM owned)
),
merges AS (
  SELECT customer_merges.* FROM theirs JOIN customer_merges ON child = theirs.id
  UNION
  SELECT customer_merges.* FROM theirs JOIN customer_merges ON parent = theirs.id
)
"""

# Each branch gives at most a page, so that a long past costs no more than a short one.
_BRANCHES = {
    "heard": """
  SELECT sent_at AS at, inbox.id::text AS key, inbox.kind AS a,
    coalesce(content ->> 'text', content ->> 'kind', '') AS b, '' AS c, '' AS d, 0::bigint AS n
  FROM conversations JOIN theirs ON conversations.customer_id = theirs.id
    JOIN inbox ON inbox.conversation_id = conversations.id
  WHERE inbox.kind IN ('text', 'media')""",
    "ordered": """
  SELECT created_at, shop || ':' || number, shop, number, status,
    CASE WHEN only_proven THEN 'proven' ELSE '' END, payment
  FROM known JOIN shop_orders USING (shop, number)""",
    "refunded": """
  SELECT updated_at, shop || ':' || refund_id, shop, order_no, shop_refunds.status, '', amount
  FROM known JOIN shop_refunds USING (shop)
  WHERE order_no = known.number""",
    "ticket": """
  SELECT happened_at, ticket_events.id::text, number, kind, what, actor, 0::bigint
  FROM tickets JOIN theirs ON customer_id = theirs.id
    JOIN ticket_events ON ticket_id = tickets.id""",
    "coupon": """
  SELECT asked_at, grants.id::text, policy, shop, state, '', 0::bigint
  FROM grants JOIN theirs ON customer_id = theirs.id""",
    "rated": """
  SELECT rated_at, ratings.id::text, ratings.servicer, '', '', '', score::bigint
  FROM conversations JOIN theirs ON conversations.customer_id = theirs.id
    JOIN ratings ON ratings.conversation_id = conversations.id
  WHERE rated_at IS NOT NULL""",
    "merged": """
  SELECT merged_at, id::text, evidence, merged_by, '', '', 0::bigint FROM merges""",
    "split": """
  SELECT undone_at, id::text, evidence, undone_by, '', '', 0::bigint
  FROM merges WHERE undone_at IS NOT NULL""",
}


def _branch(kind: str, rows: str) -> str:
    return f"""
  (SELECT '{kind}' AS happened, * FROM ({rows}) AS branch (at, key, a, b, c, d, n)
   WHERE (CAST(:at AS timestamptz) IS NULL OR (at, '{kind}:' || key) < (:at, :key))
   ORDER BY at DESC, key DESC LIMIT :most)"""  # noqa: S608  only our own words


_PAGE = text(
    f"""
{_THEIRS}
SELECT * FROM ({" UNION ALL ".join(_branch(*each) for each in _BRANCHES.items())}
) AS everything ORDER BY at DESC, happened || ':' || key DESC LIMIT :most
"""  # noqa: S608  only our own words
).bindparams(
    bindparam("customer", type_=Uuid()),
    bindparam("at", type_=AT),
    bindparam("key", type_=Words()),
)

_PURCHASES = text(
    f"""
{_THEIRS}
SELECT shop, count(*) AS bought, coalesce(sum(payment), 0)::bigint AS paid,
  count(*) FILTER (WHERE EXISTS (
    SELECT FROM shop_refunds
    WHERE shop_refunds.shop = shop_orders.shop AND order_no = shop_orders.number
      AND shop_refunds.status = '{RefundStatus.REFUNDED}')) AS returned
FROM owned JOIN shop_orders USING (shop, number)
WHERE status NOT IN ('{OrderStatus.PENDING}', '{OrderStatus.CANCELLED}', '{OrderStatus.CLOSED}',
  '{OrderStatus.UNKNOWN}')
GROUP BY shop ORDER BY bought DESC, shop
"""  # noqa: S608  only our own words
).bindparams(bindparam("customer", type_=Uuid()))


class StoredTimeline:
    """Implements `desk.customers.timeline.TimelineReader`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_person(
        self, customer: CustomerId, limit: int, before: Moment | None = None
    ) -> Sequence[Entry]:
        """What happened with a person before a moment, latest first."""
        asked = {
            "customer": customer,
            "most": limit,
            "at": before.at if before else None,
            "key": before.key if before else "",
        }
        found = await self._connection.execute(_PAGE, asked)
        return tuple(_READ[row.happened](row) for row in found)

    async def purchases(self, customer: CustomerId) -> Sequence[Purchases]:
        """What the person bought as the buyers they are held to be, by shop."""
        found = await self._connection.execute(_PURCHASES, {"customer": customer})
        return tuple(Purchases(row.shop, row.bought, row.returned, Fen(row.paid)) for row in found)


def _when(row: Row[Any]) -> Moment:
    return Moment(row.at, f"{row.happened}:{row.key}")


def _heard(row: Row[Any]) -> Entry:
    if row.a == "media":
        return Heard(_when(row), "", row.b)
    return Heard(_when(row), " ".join(hidden(row.b).split())[:_FIRST_WORDS])


def _ordered(row: Row[Any]) -> Entry:
    status = OrderStatus(row.c)
    return Ordered(_when(row), row.a, row.b, status, Fen(row.n), only_proven=row.d == "proven")


def _refunded(row: Row[Any]) -> Entry:
    return Refunded(_when(row), row.a, row.b, RefundStatus(row.c), Fen(row.n))


def _ticket(row: Row[Any]) -> Entry:
    return TicketMoved(_when(row), row.a, row.b, row.c, row.d)


def _coupon(row: Row[Any]) -> Entry:
    return CouponGranted(_when(row), row.a, row.b, row.c)


def _rated(row: Row[Any]) -> Entry:
    return Rated(_when(row), row.n, row.a)


def _kin_changed(row: Row[Any]) -> Entry:
    return KinChanged(_when(row), Evidence(row.a), row.b, split=row.happened == "split")


_READ: Mapping[str, Callable[[Row[Any]], Entry]] = {
    "heard": _heard,
    "ordered": _ordered,
    "refunded": _refunded,
    "ticket": _ticket,
    "coupon": _coupon,
    "rated": _rated,
    "merged": _kin_changed,
    "split": _kin_changed,
}
