"""The figures of a day, counted out of a day that was seeded."""

from dataclasses import replace
from datetime import datetime, timedelta

from desk.conversations.incoming import ChannelName, Incoming, Signal, Text
from desk.conversations.model import Lease, TurnNote
from desk.conversations.outgoing import Body, PassToPerson, TellStaff
from desk.coupons.model import Grant, GrantState
from desk.insights.model import DigestFigures
from desk.kernel.ids import GrantId, InboxId, TicketId, uuid7
from desk.kernel.messages import Say, phrase
from desk.shops.port import BuyerId
from desk.store.database import Database
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from tests.clocks import FrozenClock
from tests.store.making import entry, message, worked

SINCE = datetime.fromisoformat("2026-11-20T16:00:00+00:00")
UNTIL = SINCE + timedelta(days=1)
LATE = timedelta(seconds=90)


async def test_an_empty_day_has_empty_figures(library: Database) -> None:
    assert await _figures(library) == DigestFigures(
        SINCE, UNTIL, 0, 0, (), 0, None, None, 0, 0, 0, (), (), 0, 0, 0, 0
    )


async def test_what_customers_said_is_counted(library: Database, clock: FrozenClock) -> None:
    await worked(
        library,
        clock,
        _at("10:00", "m1"),
        _at("11:00", "m2"),
        replace(_at("12:00", "m3"), content=Signal("enter_session", {})),
        replace(_at("13:00", "m4"), historic=True),
        replace(_at("10:00", "yesterday"), sent_at=SINCE - timedelta(seconds=1)),
        replace(_at("10:00", "tomorrow"), sent_at=UNTIL),
    )
    await worked(library, clock, _at("10:00", "m5", person="wm2"))
    await worked(library, clock, replace(_at("10:00", "s1"), channel=ChannelName.APP))
    figures = await _figures(library)
    assert (figures.messages, figures.customers) == (3, 2)


async def test_what_it_was_about_is_counted(library: Database, clock: FrozenClock) -> None:
    rows = await _rows(library, clock, 6)
    notes = [
        TurnNote(rows[0], "stock_check", 0.9, "nlu", ("跑鞋", "凉鞋")),
        TurnNote(rows[1], "stock_check", 1.0, "menu", ("跑鞋",)),
        TurnNote(rows[2], "logistics_query", 0.9, "nlu"),
        TurnNote(rows[3], "greet", 0.9, "nlu"),
        TurnNote(rows[4], "price_query", 0.3, "unsure"),
        TurnNote(rows[5], "deaf", 0.0, "none"),
    ]
    async with library.open() as books:
        for note in notes:
            await books.conversations.note_turn(note, clock.now())
    figures = await _figures(library)
    assert figures.by_intent == (("stock_check", 2), ("greet", 1), ("logistics_query", 1))
    assert figures.not_understood == 2
    assert figures.missing_products == (("跑鞋", 2), ("凉鞋", 1))


async def test_the_first_answer_counts_and_news_for_staff_does_not(
    library: Database, clock: FrozenClock
) -> None:
    rows = await _rows(library, clock, 4)
    tell = TellStaff(("amei",), Say(phrase("staff.note")))
    await _answered(library, clock, rows[0], 2)
    await _answered(library, clock, rows[0], 50)
    await _answered(library, clock, rows[1], 91)
    await _answered(library, clock, rows[2], 10)
    await _answered(library, clock, rows[2], 1, tell)
    figures = await _figures(library)
    assert figures.first_response_median == timedelta(seconds=10)
    assert figures.first_response_worst == timedelta(seconds=91)
    assert figures.answered_late == 1


async def test_an_answer_never_takes_less_than_no_time(
    library: Database, clock: FrozenClock
) -> None:
    (row,) = await _rows(library, clock, 1)
    await _answered(library, clock, row, -1)
    assert (await _figures(library)).first_response_worst == timedelta()


async def test_tickets_are_counted_and_the_overdue_are_named(
    library: Database, clock: FrozenClock
) -> None:
    lease = await worked(library, clock, _at("10:00", "m1"))
    late = _ticket(lease, 1, opened_at=SINCE, due_at=UNTIL - timedelta(hours=1))
    in_time = _ticket(lease, 2, opened_at=SINCE, due_at=UNTIL + timedelta(hours=1))
    old = _ticket(lease, 3, opened_at=SINCE - timedelta(days=1), due_at=SINCE)
    solved_later = _ticket(lease, 4, opened_at=SINCE, due_at=SINCE + timedelta(hours=1))
    async with library.open() as books:
        for ticket in (late, in_time, old, solved_later):
            await books.tickets.add(ticket)
        done = SINCE + timedelta(hours=2)
        await books.tickets.change(old, TicketState.SOLVED, "amei", done, "")
        await books.tickets.change(solved_later, TicketState.SOLVED, "amei", UNTIL, "")
    figures = await _figures(library)
    assert (figures.tickets_opened, figures.tickets_solved) == (3, 1)
    assert [each.number for each in figures.overdue] == [solved_later.number, late.number]


async def test_errands_and_what_went_wrong_are_counted(
    library: Database, clock: FrozenClock
) -> None:
    lease = await worked(library, clock, _at("10:00", "m1"), _at("10:00", "m2"))
    passing = entry("a", PassToPerson(lease.conversation.id))
    lost, refused = entry("b"), entry("c")
    grant = _coupon(lease)
    async with library.open() as books:
        await books.outbox.put([passing, lost, refused], clock.now())
        await books.outbox.unroutable(lost.id, "send_budget", clock.now())
        await books.outbox.dead(refused.id, "40058", clock.now())
        await books.inbox.failed(lease.rows[0].id, "ValueError", None, clock.now())
        await books.grants.add(grant)
        await books.grants.settle(grant.id, GrantState.ISSUED, "C-1", clock.now())
    figures = await _figures(library)
    assert (figures.handed_over, figures.unroutable, figures.coupons_issued) == (1, 1, 1)
    assert figures.dead_letters == 2


def _at(time: str, external_id: str, person: str = "wm1") -> Incoming:
    """A message at a time of the day in Shanghai."""
    return message(
        external_id,
        Text("在吗"),
        person=person,
        sent_at=datetime.fromisoformat(f"2026-11-21T{time}:00+08:00"),
    )


async def _rows(library: Database, clock: FrozenClock, count: int) -> list[InboxId]:
    lease = await worked(library, clock, *(_at("10:00", f"m{n}") for n in range(count)))
    return [row.id for row in lease.rows]


async def _answered(
    library: Database,
    clock: FrozenClock,
    cause: InboxId,
    seconds: int,
    body: Body | None = None,
) -> None:
    asked = _at("10:00", "").sent_at
    answer = entry(f"lane of {cause}", body, cause=cause)
    async with library.open() as books:
        await books.outbox.put([answer], clock.now())
        await books.outbox.sent(answer.id, {}, asked + timedelta(seconds=seconds))


async def _figures(library: Database) -> DigestFigures:
    return await library.insights.figures(SINCE, UNTIL, LATE)


def _ticket(lease: Lease, number: int, *, opened_at: datetime, due_at: datetime) -> Ticket:
    return Ticket(
        id=TicketId(uuid7()),
        number=f"T-20261121-{number:04}",
        kind=TicketKind.LOGISTICS,
        priority=Priority.NORMAL,
        state=TicketState.OPEN,
        customer=lease.conversation.customer,
        conversation=lease.conversation.id,
        source=lease.rows[0].id,
        shop="",
        order_no="",
        summary="",
        owner="",
        opened_at=opened_at,
        taken_at=None,
        solved_at=None,
        due_at=due_at,
        version=1,
    )


def _coupon(lease: Lease) -> Grant:
    assert lease.conversation.customer is not None
    return Grant(
        id=GrantId(uuid7()),
        customer=lease.conversation.customer,
        conversation=lease.conversation.id,
        policy="full-200-20",
        subject="E1",
        buyer=BuyerId("youzan-main", "yz-1"),
        state=GrantState.ASKED,
        code="",
        asked_at=SINCE,
    )
