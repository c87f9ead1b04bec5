"""Tickets, their numbers and their history."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.ids import ConversationId, CustomerId, InboxId, TicketId
from desk.store.persons import person
from desk.store.schema_tickets import MERGED, SOLVED, UNSOLVED, ticket_events, tickets
from desk.store.ticket_list import listed
from desk.tickets.listing import Listing
from desk.tickets.model import FieldValue, Priority, Ticket, TicketEvent, TicketKind, TicketState

_DRAW = text(
    "INSERT INTO ticket_numbers (day, last) VALUES (:day, 1)"
    " ON CONFLICT (day) DO UPDATE SET last = ticket_numbers.last + 1 RETURNING last"
)
_SOONEST = (tickets.c.due_at, tickets.c.number)


_ALONE = text(
    "SELECT pg_advisory_xact_lock(hashtextextended("
    "concat_ws(chr(31), 'ticket', min(id::text), CAST(:kind AS text)), 0)) FROM person(:customer)"
)
"""Whoever is one person with the customer asks for the same lock."""


class StoredTickets:
    """Implements `desk.tickets.ports.TicketStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_number(self, number: str) -> Ticket | None:
        """A ticket by its human number."""
        return await self._one(select(tickets).where(tickets.c.number == number))

    async def get(self, ticket: TicketId) -> Ticket | None:
        """A ticket by its id."""
        return await self._one(select(tickets).where(tickets.c.id == ticket))

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[Ticket, ...]:
        """The tickets of a person, newest first."""
        return await self._all(
            select(tickets)
            .where(tickets.c.customer_id.in_(person(customer)))
            .order_by(tickets.c.opened_at.desc(), tickets.c.number.desc())
            .limit(limit)
        )

    async def unsolved(self, owner: str | None, limit: int) -> tuple[Ticket, ...]:
        """Unsolved tickets, due soonest first; of one owner ("" for nobody's), or all (None)."""
        wanted = (
            select(tickets)
            .where(text(UNSOLVED))
            .order_by(tickets.c.due_at, tickets.c.number)
            .limit(limit)
        )
        return await self._all(wanted if owner is None else wanted.where(tickets.c.owner == owner))

    async def listed(self, wanted: Listing, limit: int, offset: int = 0) -> tuple[Ticket, ...]:
        """The tickets that fit, in the order of `Listing`."""
        return await self._all(listed(wanted).limit(limit).offset(offset))

    async def history(self, number: str) -> tuple[TicketEvent, ...]:
        """What happened to a ticket, oldest first."""
        found = await self._connection.execute(
            select(ticket_events)
            .join(tickets)
            .where(tickets.c.number == number)
            .order_by(ticket_events.c.id)
        )
        return tuple(
            TicketEvent(TicketId(row.ticket_id), row.happened_at, row.actor, row.what, row.note)
            for row in found
        )

    async def running(self, customer: CustomerId, kind: TicketKind) -> tuple[Ticket, ...]:
        """The person's unsolved tickets of a kind and those that were merged, the newest first.

        Somebody else who asks the same waits until this transaction ends: else both would open
        one.
        """
        await self._connection.execute(_ALONE, {"customer": customer, "kind": kind.value})
        return await self._all(
            select(tickets)
            .where(
                tickets.c.customer_id.in_(person(customer)),
                tickets.c.kind == kind.value,
                or_(text(UNSOLVED), text(MERGED)),
            )
            .order_by(tickets.c.opened_at.desc(), tickets.c.number.desc())
        )

    async def about_order(self, shop: str, order_no: str, kind: TicketKind) -> Ticket | None:
        """The newest unsolved ticket of this kind about an order, whoever's it is, locked.

        Where there is none, somebody else who asks the same waits until this transaction ends.
        """
        wanted = "\x1f".join(("ticket about", shop, order_no, kind.value))
        await self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtextextended(wanted, 0)))
        )
        return await self._one(
            select(tickets)
            .where(
                tickets.c.order_no == order_no,
                tickets.c.shop == shop,
                tickets.c.kind == kind.value,
                text(UNSOLVED),
            )
            .order_by(tickets.c.opened_at.desc())
            .limit(1)
            .with_for_update()
        )

    async def locked(self, number: str) -> Ticket | None:
        """A ticket by its human number, as it is now, locked until the transaction ends."""
        return await self._one(select(tickets).where(tickets.c.number == number).with_for_update())

    async def to_close(self, solved_before: datetime, limit: int) -> tuple[Ticket, ...]:
        """Tickets that were solved before a moment, all locked; what others hold is left out."""
        return await self._all(
            select(tickets)
            .where(text(SOLVED), tickets.c.solved_at < solved_before)
            .order_by(tickets.c.solved_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )

    async def next_number(self, day: date) -> int:
        """The next number of a day (Asia/Shanghai); gaps are fine, repeats are not."""
        drawn = await self._connection.execute(_DRAW, {"day": day})
        number: int = drawn.scalar_one()
        return number

    async def add(self, ticket: Ticket) -> None:
        """Store a new ticket."""
        await self._connection.execute(
            insert(tickets).values(
                id=ticket.id,
                number=ticket.number,
                kind=ticket.kind.value,
                priority=ticket.priority.value,
                state=ticket.state.value,
                customer_id=ticket.customer,
                conversation_id=ticket.conversation,
                source=ticket.source,
                shop=ticket.shop,
                order_no=ticket.order_no,
                summary=ticket.summary,
                owner=ticket.owner,
                opened_at=ticket.opened_at,
                taken_at=ticket.taken_at,
                solved_at=ticket.solved_at,
                due_at=ticket.due_at,
                version=ticket.version,
                template=ticket.template,
                template_version=ticket.template_version,
                step=ticket.step,
                fields=as_json(ticket.fields),
                store=ticket.store,
                region=ticket.region,
                product_type=ticket.product_type,
                merged_into=ticket.merged_into,
                tags=list(ticket.tags),
                watchers=list(ticket.watchers),
                link_version=ticket.link_version,
            )
        )

    async def change(
        self, ticket: Ticket, state: TicketState, owner: str, at: datetime, step: str
    ) -> Ticket | None:
        """Move a ticket on if its version is still the one given; None if somebody was faster.

        `taken_at` is when it was first taken, `solved_at` when it was solved last.
        """
        changed = await self._connection.execute(
            update(tickets)
            .where(tickets.c.id == ticket.id, tickets.c.version == ticket.version)
            .values(
                state=state.value,
                owner=owner,
                version=tickets.c.version + 1,
                taken_at=(ticket.taken_at or at) if owner and not state.ended else ticket.taken_at,
                solved_at=_solved_at(ticket, state, at),
                step=step,
                hands=tickets.c.hands + int(bool(owner) and owner != ticket.owner),
            )
            .returning(tickets)
        )
        row = changed.one_or_none()
        return None if row is None else ticket_of(row)

    async def hurry(self, ticket: Ticket, priority: Priority, due_at: datetime) -> Ticket:
        """Give a ticket that is locked (see `locked`) another priority and due moment.

        Its version stays: whoever takes it at the same time shall not be refused for that.
        """
        changed = await self._connection.execute(
            update(tickets)
            .where(tickets.c.id == ticket.id)
            .values(priority=priority.value, due_at=due_at)
            .returning(tickets)
        )
        return ticket_of(changed.one())

    async def amend(self, ticket: Ticket) -> Ticket:
        """Keep what is known of a ticket that is locked: tags, watchers, answers, order, place.

        So is which addresses of its page hold.

        State, owner, version, priority and due moment stay as they are.
        """
        changed = await self._connection.execute(
            update(tickets)
            .where(tickets.c.id == ticket.id)
            .values(
                shop=ticket.shop,
                order_no=ticket.order_no,
                fields=as_json(ticket.fields),
                store=ticket.store,
                region=ticket.region,
                product_type=ticket.product_type,
                tags=list(ticket.tags),
                watchers=list(ticket.watchers),
                link_version=ticket.link_version,
            )
            .returning(tickets)
        )
        return ticket_of(changed.one())

    async def log(self, event: TicketEvent) -> None:
        """Append to the history."""
        await self._connection.execute(
            insert(ticket_events).values(
                ticket_id=event.ticket,
                happened_at=event.at,
                actor=event.actor,
                what=event.what,
                note=event.note,
            )
        )

    async def _one(self, query: Select[Any]) -> Ticket | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else ticket_of(row)

    async def _all(self, query: Select[Any]) -> tuple[Ticket, ...]:
        return tuple(ticket_of(row) for row in await self._connection.execute(query))


def _solved_at(ticket: Ticket, state: TicketState, at: datetime) -> datetime | None:
    if state is TicketState.CLOSED:
        return ticket.solved_at
    return at if state is TicketState.SOLVED else None


def ticket_of(row: Row[Any]) -> Ticket:
    """Read one row of the table."""
    return Ticket(
        id=TicketId(row.id),
        number=row.number,
        kind=TicketKind(row.kind),
        priority=Priority(row.priority),
        state=TicketState(row.state),
        customer=None if row.customer_id is None else CustomerId(row.customer_id),
        conversation=None if row.conversation_id is None else ConversationId(row.conversation_id),
        source=None if row.source is None else InboxId(row.source),
        shop=row.shop,
        order_no=row.order_no,
        summary=row.summary,
        owner=row.owner,
        opened_at=row.opened_at,
        taken_at=row.taken_at,
        solved_at=row.solved_at,
        due_at=row.due_at,
        version=row.version,
        template=row.template,
        template_version=row.template_version,
        step=row.step,
        fields={name: _value(each) for name, each in row.fields.items()},
        store=row.store,
        region=row.region,
        product_type=row.product_type,
        merged_into=row.merged_into,
        tags=tuple(row.tags),
        watchers=tuple(row.watchers),
        link_version=row.link_version,
        hands=row.hands,
    )


def as_json(fields: Mapping[str, FieldValue]) -> dict[str, object]:
    """Write the answers of a form as jsonb holds them."""
    return {name: list(each) if isinstance(each, tuple) else each for name, each in fields.items()}


def _value(kept: Any) -> FieldValue:  # noqa: ANN401  JSON has no narrower type
    return tuple(kept) if isinstance(kept, list) else kept
