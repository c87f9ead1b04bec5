"""With ten thousand parcels under way the watch reads those that are due, and no others."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engines import Urls
from desk.kernel.ids import CustomerId, derived
from desk.parcels.ports import Due
from desk.store.books import StoredBooks
from desk.store.database import Database
from desk.tickets.model import TicketKind
from tests.clocks import NOON
from tests.conftest import WORKER
from tests.databases import administrator, migrated_database
from tests.store.test_parcels import FOLLOWED, put
from tests.store.test_plans import _plans, _whole_tables

HOUR = timedelta(hours=1)

SEED = """
INSERT INTO parcels
SELECT (p).* FROM (
  SELECT jsonb_populate_record(q, jsonb_build_object(
    'order_no', 'o' || n, 'number', 'YT' || n,
    'check_at', q.check_at + n * interval '1 minute',
    'look_at', q.look_at + n * interval '1 minute',
    'subscribe_at', CASE WHEN n % 100 = 0 THEN q.subscribe_at END,
    'delivered_at', CASE WHEN n % 2 = 0 THEN q.check_at END,
    'told_customer', md5('c' || n)::uuid, 'told_at', q.check_at)) AS p
  FROM parcels q, generate_series(1, 10000) n) made;
DELETE FROM parcels WHERE order_no = '2816';
INSERT INTO sent_orders (shop, number, ask_at)
SELECT 'tmall', 'o' || n, CASE WHEN n % 100 = 0 THEN timestamptz '2026-11-21T04:00:00Z' END
FROM generate_series(1, 10000) n;
INSERT INTO customers (id, nickname, created_at)
SELECT md5('c' || n)::uuid, 'name' || n, '2026-11-21T04:00:00Z' FROM generate_series(1, 10000) n;
INSERT INTO conversations
  (id, key, channel, account, person, customer_id, dialogue, created_at)
SELECT md5('v' || n)::uuid, 'wecom_kf:kf1:wm' || n, 'wecom_kf', 'kf1', 'wm' || n,
  md5('c' || n)::uuid, '{"$": "Dialogue"}', '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO order_proofs
  (conversation_id, shop, order_no, customer_id, proven_at, expires_at)
SELECT md5('v' || n)::uuid, 'tmall', 'o' || n, md5('c' || n)::uuid, '2026-11-21T04:00:00Z',
  '2026-12-21T04:00:00Z' FROM generate_series(1, 10000) n;
INSERT INTO tickets (id, number, kind, priority, state, customer_id, shop, order_no, summary,
  owner, opened_at, due_at, version)
SELECT md5('t' || n)::uuid, 'T-' || n, 'logistics', 'normal',
  CASE WHEN n % 100 = 0 THEN 'open' ELSE 'solved' END, md5('c' || n)::uuid, 'tmall', 'o' || n, '',
  '', '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z', 1
FROM generate_series(1, 10000) n;
ANALYZE;
"""


@pytest.fixture(scope="module")
async def full(engine_urls: Urls) -> AsyncIterator[Database]:
    """A house with ten thousand parcels, half of them under way."""
    async with (
        migrated_database(engine_urls.database, f"parcels_{WORKER}") as url,
        Database(url) as library,
    ):
        await put(library, FOLLOWED)
        async with administrator(url) as connection:
            await connection.execute(SEED)
        yield library


@pytest.mark.parametrize("what", list(Due))
async def test_what_is_due_is_found_by_index(full: Database, what: Due) -> None:
    plans = await _plans(full, lambda books: books.parcels.claim(what, NOON, NOON + HOUR, 100))
    assert _whole_tables(plans) == []
    assert f"ix_parcels_{what.value}_at" in plans


async def test_a_parcel_is_acted_on_without_reading_others(full: Database) -> None:
    customer = CustomerId(derived("c"))

    async def act(books: StoredBooks) -> None:
        await books.parcels.claim_order(NOON, NOON + HOUR)
        await books.parcels.one(FOLLOWED)
        await books.parcels.of_number("YT77")
        await books.parcels.of_order("tmall", "o77")
        await books.parcels.told_since(customer, NOON)
        await books.parcels.opened_by("tmall", "o77", NOON)
        await books.parcels.newly_arrived(100)
        await books.tickets.about_order("tmall", "o77", TicketKind.LOGISTICS)
        await books.parcels.put(replace(FOLLOWED, check_at=None))

    assert _whole_tables(await _plans(full, act)) == []


async def test_of_ten_thousand_only_those_that_are_due_are_claimed(full: Database) -> None:
    async with full.open() as books:
        due = await books.parcels.claim(Due.CHECK, NOON + timedelta(minutes=70), NOON, 100)
    assert len(due) == 30
