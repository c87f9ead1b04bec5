"""Fills a database with the past of a large shop: tickets, histories, deadlines, offers."""

from dataclasses import dataclass

import asyncpg

AGENTS = 50
"""Those among whom a ticket is shared; others own what is open besides."""

_CUSTOMERS = """
INSERT INTO customers (id, nickname, created_at)
SELECT md5('c' || n)::uuid, 'name' || n, '2026-01-01T00:00:00Z' FROM generate_series(1, $1) n
"""
_TICKETS = """
INSERT INTO tickets (id, number, kind, priority, state, customer_id, shop, order_no, summary, owner,
  store, opened_at, taken_at, solved_at, due_at, version)
SELECT md5('t' || n)::uuid, 'P-' || n,
  (ARRAY['logistics', 'return', 'refund', 'invoice', 'urge'])[n % 5 + 1],
  (ARRAY['urgent', 'high', 'normal', 'normal'])[n % 4 + 1],
  CASE WHEN n <= $1 - $3 THEN 'solved' WHEN n > $1 - $4 THEN 'open'
    WHEN n % 10 = 0 THEN 'waiting_customer' ELSE 'taken' END,
  md5('c' || n % $2 + 1)::uuid, 'youzan-main', 'E' || n, '三天没有更新物流',
  CASE WHEN n > $1 - $4 THEN '' WHEN n <= $1 - $3 THEN 'agent' || lpad((n % 250)::text, 3, '0')
    WHEN n % 4 = 0 THEN 'agent' || lpad((n % 50)::text, 3, '0')
    ELSE 'agent' || lpad((50 + n % 200)::text, 3, '0') END,
  'store' || n % 40,
  timestamptz '2026-11-20T00:00:00Z' - ($1 - n) * interval '20 seconds',
  timestamptz '2026-11-20T00:10:00Z' - ($1 - n) * interval '20 seconds',
  CASE WHEN n <= $1 - $3 THEN timestamptz '2026-11-20T05:00:00Z' - ($1 - n) * interval '20 seconds'
    END,
  timestamptz '2026-11-22T00:00:00Z' - ($1 - n) * interval '20 seconds', 3
FROM generate_series(1, $1) n
"""
_EVENTS = """
INSERT INTO ticket_events (ticket_id, happened_at, actor, what, note)
SELECT id, opened_at, 'bot', what, '' FROM tickets, unnest(ARRAY['opened', 'taken', 'solved']) what
"""
_DEADLINES = """
INSERT INTO ticket_deadlines (ticket_id, which, counting, within, time_left, since, due_at, warn_at,
  met_at, look_at)
SELECT id, which, 'attended', '1 day', '1 day', opened_at, opened_at + interval '1 day',
  opened_at + interval '18 hours',
  CASE WHEN solved_at IS NOT NULL OR which = 'first' THEN coalesce(solved_at, taken_at) END,
  CASE WHEN solved_at IS NULL AND which = 'solution' THEN timestamptz '2026-12-20T00:00:00Z' END
FROM tickets, unnest(ARRAY['first', 'solution']) which
"""
_CLIMBS = """
INSERT INTO ticket_climbs (ticket_id, ladder, anchor, step, next_at, stopped_by)
SELECT id, 'untouched', opened_at, 0,
  CASE WHEN solved_at IS NULL THEN timestamptz '2026-12-20T00:00:00Z' END, ''
FROM tickets
"""
_OFFERS = """
INSERT INTO ticket_offers (id, ticket_id, userid, state, task, skill, asked_at, due_at, settled_at)
SELECT md5('o' || number)::uuid, id, owner, CASE WHEN version % 7 = 0 THEN 'timed_out'
  ELSE 'taken' END, 'ticket-' || number || '-offer-1', '', opened_at,
  opened_at + interval '30 minutes', taken_at
FROM tickets WHERE owner <> ''
"""
_DECISIONS = """
INSERT INTO assignments (ticket_id, decided_at, cause, decided_by, winner, judged)
SELECT id, opened_at, 'opened', '', owner, '[]' FROM tickets
"""


@dataclass(frozen=True, slots=True)
class Past:
    """How much there is: tickets, of them unsolved, of these nobody's; and customers."""

    tickets: int
    unsolved: int
    free: int
    customers: int


async def fill(url: str, past: Past) -> None:
    """Fill an empty, migrated database at a plain PostgreSQL address."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET synchronous_commit = off")
        await connection.execute(_CUSTOMERS, past.customers)
        counts = (past.tickets, past.customers, past.unsolved, past.free)
        await connection.execute(_TICKETS, *counts, timeout=900)
        for statement in (_EVENTS, _DEADLINES, _CLIMBS, _OFFERS, _DECISIONS):
            await connection.execute(statement, timeout=900)
        # As a store is that has been there for a while: pages that are read are not written again.
        await connection.execute("VACUUM ANALYZE", timeout=900)
        await connection.execute("CHECKPOINT", timeout=900)
    finally:
        await connection.close()
