"""What is done for every message costs by what is due, however much is stored."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.engines import Urls
from desk.assignment.offers import OfferState
from desk.conversations.model import Dialogue
from desk.kernel.ids import OutboxId, WishId, uuid7
from desk.store.books import StoredBooks
from desk.store.customers import _nicknamed
from desk.store.database import Database
from desk.store.timeline import StoredTimeline
from desk.tickets.commands import OpenTicket
from desk.tickets.listing import Listing
from desk.tickets.model import Priority, TicketKind, TicketState
from desk.wishes.model import LASTS, WishState
from tests.clocks import NOON
from tests.conftest import WORKER
from tests.databases import administrator, migrated_database
from tests.store.making import LEASE, entry, message

SEED = """
INSERT INTO customers (id, nickname, created_at)
SELECT md5('c' || n)::uuid, 'name' || n, '2026-11-21T04:00:00Z' FROM generate_series(1, 10000) n;
INSERT INTO identities (namespace, value, customer_id, evidence, linked_at)
SELECT 'external_userid', 'wm' || n, md5('c' || n)::uuid, 'wecom', '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO viewed_items (customer_id, shop, item, title, viewed_at)
SELECT md5('c' || n)::uuid, 'youzan-main', n, 'shoe', '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO conversations
  (id, key, channel, account, person, customer_id, dialogue, wake_at, created_at)
SELECT md5('v' || n)::uuid, 'wecom_kf:kf1:wm' || n, 'wecom_kf', 'kf1', 'wm' || n,
  md5('c' || n)::uuid, '{"$": "Dialogue"}',
  CASE WHEN n % 2 = 0 THEN timestamptz '2026-11-21T04:00:00Z' END, '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO order_proofs
  (conversation_id, shop, order_no, customer_id, proven_at, expires_at)
SELECT md5('v' || n)::uuid, 'youzan-main', n, md5('c' || n)::uuid, '2026-11-21T04:00:00Z',
  '2026-12-21T04:00:00Z'
FROM generate_series(1, 10000) n;
UPDATE customers SET merged_into = md5('c1')::uuid WHERE nickname IN ('name2', 'name3');
INSERT INTO inbox (id, conversation_id, channel, external_id, kind, content, sent_at, received_at,
  due_at, state)
SELECT md5('i' || n || s)::uuid, md5('v' || n)::uuid, 'wecom_kf', 'm' || n || s, 'text',
  '{"$": "Text", "text": "hi"}', '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z',
  '2026-11-21T04:00:00Z', s
FROM generate_series(1, 10000) n, unnest(ARRAY['pending', 'done', 'dead']) s
WHERE s <> 'pending' OR n % 2 = 0;
INSERT INTO outbox (id, lane, kind, body, urgent, due_at, wake_at, state, head, unlined, receipt,
  created_at)
SELECT md5('o' || n || s)::uuid, 'lane' || n, 'say',
  '{"$": "UpdateCard", "task": "t", "replace": {"$": "Phrase", "key": "k"}}', false,
  '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z', s, s = 'pending', false, '{}',
  '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n, unnest(ARRAY['pending', 'sent', 'dead']) s;
INSERT INTO identities (namespace, value, customer_id, evidence, linked_at)
SELECT 'shop:youzan-main', 'yz' || n, md5('c' || n)::uuid, 'staff', '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO shop_orders (shop, number, status, buyer, unionid, created_at, updated_at, payment,
  content, raw, source, first_seen_at, seen_at)
SELECT 'youzan-main', n, 'shipped', 'yz' || n, '', '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z',
  100, '{}', '', 'pull', '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO shop_refunds (shop, refund_id, order_no, status, amount, updated_at, first_seen_at)
SELECT 'youzan-main', 'r' || n, n, 'refunded', 100, '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO tickets (id, number, kind, priority, state, customer_id, shop, order_no, summary,
  owner, opened_at, due_at, version)
SELECT md5('t' || n)::uuid, 'T-' || n, 'refund', 'normal', 'solved', md5('c' || n)::uuid, '', '',
  '', '', '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z', 1
FROM generate_series(1, 10000) n;
INSERT INTO ticket_events (ticket_id, happened_at, actor, what, note)
SELECT md5('t' || n)::uuid, '2026-11-21T04:00:00Z', 'bot', 'opened', ''
FROM generate_series(1, 10000) n;
INSERT INTO grants (id, customer_id, conversation_id, policy, subject, shop, buyer, state, code,
  asked_at)
SELECT md5('g' || n)::uuid, md5('c' || n)::uuid, md5('v' || n)::uuid, 'p', '', '', '', 'issued',
  '', '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO ratings (id, conversation_id, customer_id, servicer, asked_at)
SELECT md5('r' || n)::uuid, md5('v' || n)::uuid, md5('c' || n)::uuid, '', '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO customer_merges (child, parent, evidence, why, merged_by, merged_at)
SELECT md5('c' || n)::uuid, md5('c' || n + 1)::uuid, 'staff', '', 'amei', '2026-11-21T04:00:00Z'
FROM generate_series(1, 9999) n;
INSERT INTO tickets (id, number, kind, priority, state, customer_id, conversation_id, shop,
  order_no, summary, owner, opened_at, due_at, version)
SELECT md5('open' || n)::uuid, 'O-' || n, 'refund', 'normal', 'open', md5('c' || n)::uuid,
  md5('v' || n)::uuid, 'youzan-main', n, '', '', '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z', 1
FROM generate_series(1, 1000) n;
INSERT INTO ticket_links (ticket_id, other_id, how, linked_by, linked_at)
SELECT md5('open' || n)::uuid, md5('t' || n)::uuid, 'cause', '', '2026-11-21T04:00:00Z'
FROM generate_series(1, 1000) n;
INSERT INTO ticket_offers (id, ticket_id, userid, state, task, skill, asked_at, due_at)
SELECT md5('f' || n)::uuid, md5('open' || n)::uuid, 'agent' || n % 50, 'asked', '', '',
  '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z'::timestamptz + n * interval '1 minute'
FROM generate_series(1, 1000) n;
INSERT INTO ticket_offers (id, ticket_id, userid, state, task, skill, asked_at, due_at, settled_at)
SELECT md5('d' || n)::uuid, md5('t' || n)::uuid, 'agent' || n % 50, 'taken', '', '',
  '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n;
INSERT INTO tickets (id, number, kind, priority, state, customer_id, conversation_id, shop,
  order_no, summary, owner, store, opened_at, due_at, version)
SELECT md5('kept' || n)::uuid, 'K-' || n, 'refund', 'normal', 'taken', md5('c' || n)::uuid,
  md5('v' || n)::uuid, 'youzan-main', n, '', 'keeper' || n % 50, 'store' || n % 50,
  '2026-11-21T04:00:00Z', '2026-11-21T04:00:00Z'::timestamptz + n * interval '1 minute', 1
FROM generate_series(1, 3000) n;
INSERT INTO ticket_deadlines (ticket_id, which, counting, within, time_left, since, due_at, warn_at,
  met_at, look_at)
SELECT id, 'solution', 'attended', '1 day', '1 day', opened_at, opened_at, opened_at,
  CASE WHEN state = 'solved' THEN opened_at END,
  CASE WHEN state <> 'solved' THEN opened_at + interval '1 year' END
FROM tickets;
INSERT INTO ticket_climbs (ticket_id, ladder, anchor, step, next_at, stopped_by)
SELECT id, 'untouched', opened_at, 0,
  CASE WHEN state <> 'solved' THEN opened_at + interval '1 year' END, '' FROM tickets;
INSERT INTO presences (userid, state, since, set_by)
SELECT 'agent' || n, 'on_duty', '2026-11-21T04:00:00Z', '' FROM generate_series(1, 50) n;
INSERT INTO restock_wishes (id, customer_id, conversation_id, items, title, wanted, asked_at,
  state, told_of, ended_at)
SELECT md5('w' || n || s)::uuid, md5('c' || n)::uuid, md5('v' || n)::uuid, ARRAY['yz:' || n], '',
  '{}', '2026-11-21T04:00:00Z', s, CASE WHEN s = 'told' THEN 'yz:' || n ELSE '' END,
  '2026-11-21T04:00:00Z'
FROM generate_series(1, 10000) n, unnest(ARRAY['waiting', 'told']) s;
INSERT INTO awaited_items (shop, item, look_at)
SELECT 'yz', n, '2026-11-21T04:00:00Z' FROM generate_series(1, 10000) n;
INSERT INTO shop_pushes (id, shop, event_id, kind, about, subject_id, reads, reads_id, version, raw,
  received_at, state, due_at, finished_at)
SELECT md5('p' || n || s)::uuid, 'yz', n || s, 'k', 'order', n, 'order', n, 1, '',
  '2026-11-21T04:00:00Z', s, '2026-11-21T03:00:00Z'::timestamptz + n * interval '1 second',
  CASE WHEN s = 'done' THEN '2026-11-21T04:00:00Z'::timestamptz + n * interval '1 second' END
FROM generate_series(1, 10000) n, unnest(ARRAY['pending', 'done']) s;
INSERT INTO group_leaders (id, customer_id, warehouse, marked_at, marked_by)
SELECT md5('l' || n)::uuid, md5('c' || n)::uuid, '', '2026-11-21T04:00:00Z', 'mei'
FROM generate_series(4, 10000) n;
INSERT INTO ticket_placements SELECT t.id, t.opened_at, '', '', NULL, '', '', '', NULL, '', '', '',
  NULL, '', '', '', NULL, '', '', '', '', '', 0, false FROM tickets t;
ANALYZE;
"""

Work = Callable[[StoredBooks], Awaitable[object]]


@pytest.fixture(scope="module")
async def full(engine_urls: Urls) -> AsyncIterator[Database]:
    """A library with a long past and a large backlog."""
    async with migrated_database(engine_urls.database, f"full_{WORKER}") as url:
        async with administrator(url) as connection:
            await connection.execute(SEED)
        async with Database(url) as library:
            yield library


async def test_storing_a_message_reads_no_whole_table(full: Database) -> None:
    plans = await _plans(full, lambda books: books.inbox.put([message("m1")], NOON))
    assert _whole_tables(plans) == []


async def test_leasing_finds_its_conversation_and_rows_by_index(full: Database) -> None:
    plans = await _plans(full, lambda books: books.inbox.lease(NOON, NOON + LEASE, "t"))
    assert _whole_tables(plans) == []
    assert "ix_conversations_wake_at" in plans
    assert "ix_inbox_waiting" in plans


async def test_claiming_finds_its_rows_by_index(full: Database) -> None:
    plans = await _plans(full, lambda books: books.outbox.claim(NOON, NOON + LEASE, 10))
    assert _whole_tables(plans) == []
    assert "ix_outbox_claimable" in plans
    assert "Sort" not in plans


async def test_pushes_are_claimed_and_pruned_by_index(full: Database) -> None:
    claimed = await _plans(full, lambda books: books.pushes.claim(NOON, NOON + LEASE))
    assert _whole_tables(claimed) == []
    assert "ix_shop_pushes_due" in claimed
    assert "ix_shop_pushes_subject" in claimed
    pruned = await _plans(full, lambda books: books.pushes.prune(NOON + LEASE))
    assert "Seq Scan on shop_pushes" not in pruned
    assert "ix_shop_pushes_finished" in pruned


async def test_a_commit_reads_no_whole_table(full: Database) -> None:
    async with full.open() as books:
        lease = await books.inbox.lease(NOON, NOON + LEASE, "t")
    assert lease is not None

    async def commit(books: StoredBooks) -> None:
        talk = lease.conversation.id
        await books.inbox.hold(lease, NOON)
        await books.conversations.heard(talk, NOON)
        await books.conversations.remember(talk, Dialogue())
        await books.outbox.put([entry(str(talk), cause=lease.rows[0].id)], NOON)
        await books.inbox.done([lease.rows[0].id], NOON)
        await books.inbox.release(lease)
        await books.outbox.next_due(NOON)
        await books.outbox.sent(OutboxId(lease.rows[0].id), {}, NOON)
        await books.conversations.charge(talk, 5, NOON - timedelta(hours=48))

    assert _whole_tables(await _plans(full, commit)) == []


async def test_a_customer_is_read_without_reading_others(full: Database) -> None:
    plans = await _plans(full, lambda books: books.customers.by_external_userid("wm77"))
    assert _whole_tables(plans) == []


async def test_a_timeline_is_read_without_reading_others(full: Database) -> None:
    customer = await full.customers.by_external_userid("wm77")
    assert customer is not None
    async with full.reading() as connection, _recorded(full) as statements:
        page = await StoredTimeline(connection).of_person(customer.id, 20)
        await StoredTimeline(connection).purchases(customer.id)
        plans = "\n".join([await _plan(connection, each) for each in statements[:2]])
    assert len({type(each) for each in page}) == 6
    assert _whole_tables(plans) == []


async def test_the_beginning_of_a_nickname_is_found_by_index(full: Database) -> None:
    begins = _nicknamed("小鱼", 5)
    async with full.reading() as connection:
        literal = begins.compile(connection.engine, compile_kwargs={"literal_binds": True})
        plan = await connection.exec_driver_sql(f"EXPLAIN {literal}".replace("%", "%%"))
        assert "ix_customers_nickname" in "\n".join(row[0] for row in plan)


async def test_what_decides_who_gets_a_ticket_is_found_by_index(full: Database) -> None:
    ticket = await full.tickets.by_number("O-77")
    assert ticket is not None
    people = [f"agent{n}" for n in range(50)]
    plans = await _plans(full, lambda books: books.assignments.around(ticket, people, NOON))
    big = [
        line for line in _whole_tables(plans) if "presences" not in line and "surges" not in line
    ]
    assert big == []
    async with full.step() as books:
        around = await books.assignments.around(ticket, people, NOON)
    assert (around.value, around.paid, around.offers, around.offered) == (100, 100, 1, True)
    assert sum(each.load for each in around.seen.values()) == 20 * len(people)


async def test_what_places_a_ticket_is_found_by_index(full: Database) -> None:
    ticket = await full.tickets.by_number("O-77")
    assert ticket is not None
    opens = OpenTicket(
        TicketKind.COMPLAINT, Priority.NORMAL, "", ticket.customer, ticket.conversation
    )
    asked = replace(opens, shop="youzan-main", order_no="77")

    async def place(books: StoredBooks) -> None:
        await books.placements.known(asked, NOON)
        await books.placements.of(ticket.id)

    assert _whole_tables(await _plans(full, place)) == []
    async with full.step() as books:
        known = await books.placements.known(asked, NOON)
    assert (known.paid, known.leader) == (100, True)


async def test_lists_of_tickets_are_found_by_index(full: Database) -> None:
    ticket = await full.tickets.by_number("O-77")
    assert ticket is not None
    customer = ticket.customer
    assert customer is not None

    async def look(books: StoredBooks) -> None:
        await books.tickets.by_number("O-77")
        await books.tickets.history("O-77")
        await books.tickets.unsolved("amei", 50)
        await books.tickets.unsolved(None, 50)
        await books.tickets.listed(Listing(due_before=NOON), 50)
        await books.tickets.of_customer(customer, 50)
        await books.tickets.running(customer, TicketKind.REFUND)
        await books.tickets.listed(Listing(), 16)
        await books.tickets.listed(Listing(owners=("amei",)), 16)
        await books.tickets.listed(Listing(store="xujiahui"), 16)
        await books.tickets.listed(Listing(customer=customer), 16)
        await books.tickets.listed(Listing(states=(TicketState.SOLVED,)), 16)
        await books.kin.parts("O-77")
        await books.kin.links(ticket.id)
        await books.tickets.about_order("youzan-main", "77", TicketKind.REFUND)

    plans = await _plans(full, look)
    assert _whole_tables(plans) == []
    for name in ("owner_unsolved", "store_unsolved", "order_unsolved"):
        assert f"ix_tickets_{name}" in plans
    assert "ix_tickets_unsolved" in plans


async def test_what_is_late_is_found_by_index(full: Database) -> None:
    async def look(books: StoredBooks) -> None:
        await books.deadlines.due(NOON, 50)
        await books.deadlines.due_climbs(NOON, 50)

    plans = await _plans(full, look)
    assert _whole_tables(plans) == []
    assert "ix_ticket_deadlines_look_at" in plans
    assert "ix_ticket_climbs_next_at" in plans


async def test_acts_on_a_ticket_read_no_whole_table(full: Database) -> None:
    ticket = await full.tickets.by_number("O-78")
    assert ticket is not None

    async def act(books: StoredBooks) -> None:
        await books.deadlines.of_ticket(ticket.id)
        await books.deadlines.climbs(ticket.id)
        await books.tickets.change(ticket, TicketState.TAKEN, "agent1", NOON, "")
        await books.assignments.settle(ticket.id, OfferState.TAKEN, NOON, by="agent1")
        await books.assignments.asked("agent1")
        await books.assignments.owned("agent1")
        await books.assignments.strikes("agent1")
        await books.assignments.holders()
        await books.presence.opened_since(NOON)

    big = [line for line in _whole_tables(await _plans(full, act)) if "presences" not in line]
    assert big == []


async def test_offers_that_are_due_are_found_by_index(full: Database) -> None:
    plans = await _plans(full, lambda books: books.assignments.claim_due(NOON))
    assert "ix_ticket_offers_due" in plans
    assert _whole_tables(plans) == []


async def test_who_waits_for_an_item_is_found_by_index(full: Database) -> None:
    async def look(books: StoredBooks) -> None:
        item = await books.wishes.claim(NOON, NOON + LEASE)
        assert item is not None
        await books.wishes.expire(NOON - LASTS, NOON)
        queue = await books.wishes.queue(item, NOON)
        await books.wishes.note(replace(queue.waiting[0], id=WishId(uuid7())))
        await books.wishes.settle([each.id for each in queue.waiting], WishState.TOLD, item, NOON)

    plans = await _plans(full, look)
    assert _whole_tables(plans) == []
    assert "ix_awaited_items_look_at" in plans
    assert "ix_restock_wishes_items" in plans
    assert "ix_restock_wishes_told_of_ended_at" in plans


async def test_a_large_backlog_is_leased_whole_and_once(full: Database) -> None:
    seen = set()
    async with full.open() as books:
        for number in range(500):
            lease = await books.inbox.lease(NOON, NOON + LEASE, f"t{number}")
            assert lease is not None
            seen.add(lease.conversation.id)
    assert len(seen) == 500


async def _plans(full: Database, work: Work) -> str:
    """The plans of all statements of some work, with parameters left open."""
    async with full.open() as books, _recorded(full) as statements:
        await work(books)
    async with full.reading() as connection:
        return "\n".join([await _plan(connection, statement) for statement in statements])


async def _plan(connection: AsyncConnection, statement: str) -> str:
    """The plan for any parameters: the one that a statement used often ends up with."""
    numbers = {int(each) for each in re.findall(r"\$(\d+)", statement)}
    given = f"({', '.join(['NULL'] * max(numbers))})" if numbers else ""
    await connection.execute(text("SET plan_cache_mode = force_generic_plan"))
    await connection.exec_driver_sql(f"PREPARE planned AS {statement}")
    plan = await connection.exec_driver_sql(f"EXPLAIN EXECUTE planned{given}")
    lines = [row[0] for row in plan]
    await connection.execute(text("DEALLOCATE planned"))
    return "\n".join(lines)


@asynccontextmanager
async def _recorded(full: Database) -> AsyncIterator[list[str]]:
    statements: list[str] = []

    def record(*details: object) -> None:
        statements.append(str(details[2]))

    engine = full._engine.sync_engine
    event.listen(engine, "before_cursor_execute", record)
    yield statements
    event.remove(engine, "before_cursor_execute", record)


def _whole_tables(plans: str) -> list[str]:
    return [line.strip() for line in plans.splitlines() if "Seq Scan" in line]
