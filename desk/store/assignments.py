"""Offers of tickets, and why each went to whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.assignment.model import Around, Kept
from desk.assignment.offers import Offer, OfferState, OpenOffer
from desk.kernel.ids import TicketId
from desk.store.assignment_facts import read_around
from desk.store.decisions import read_decisions, written
from desk.store.schema_assignment import OFFERED, assignments, presences, ticket_offers
from desk.store.schema_tickets import UNSOLVED, tickets
from desk.store.tickets import ticket_of
from desk.tickets.model import Ticket

_COUNTED = 20
_OFFER = tuple(each.label(f"offer_{each.name}") for each in ticket_offers.c)


class StoredAssignments:
    """Implements `desk.assignment.ports.AssignmentStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def decisions(self, number: str, limit: int) -> tuple[Kept, ...]:
        """The last decisions on a ticket, newest first."""
        return await read_decisions(self._connection, number, limit)

    async def around(self, ticket: Ticket, userids: Sequence[str], now: datetime) -> Around:
        """What is known around a ticket, and of these members with regard to it."""
        return await read_around(self._connection, ticket, userids, now)

    async def offer(self, offer: Offer) -> None:
        """Put a ticket before somebody, or let it wait; or note one that is settled at once."""
        is_open = offer.state in (OfferState.ASKED, OfferState.WAITING)
        await self._connection.execute(
            insert(ticket_offers).values(
                id=offer.id,
                ticket_id=offer.ticket,
                userid=offer.userid,
                state=offer.state.value,
                task=offer.task,
                asked_at=offer.asked_at,
                due_at=offer.due_at,
                skill=offer.skill,
                place_in_line=offer.place_in_line,
                settled_at=None if is_open else offer.asked_at,
            )
        )

    async def look_later(self, offer: Offer, due_at: datetime) -> None:
        """Let a waiting one wait until then."""
        await self._connection.execute(
            update(ticket_offers).where(ticket_offers.c.id == offer.id).values(due_at=due_at)
        )

    async def hurry(self, ticket: TicketId, due_at: datetime) -> Offer | None:
        """Have the ticket's open offer due then, if it was not due before; as it is then."""
        done = await self._connection.execute(
            update(ticket_offers)
            .where(ticket_offers.c.ticket_id == ticket, text(OFFERED))
            .values(due_at=func.least(ticket_offers.c.due_at, due_at))
            .returning(*_OFFER)
        )
        row = done.one_or_none()
        return None if row is None else _offer(row)

    async def settle(
        self, ticket: TicketId, state: OfferState, now: datetime, reason: str = "", by: str = ""
    ) -> Offer | None:
        """End the ticket's open offer; as it is then, None where there is none.

        With `by` it ends this way only if they were asked, else it is withdrawn.
        """
        theirs = ticket_offers.c.userid == by if by else ticket_offers.c.userid != ""
        done = await self._connection.execute(
            update(ticket_offers)
            .where(ticket_offers.c.ticket_id == ticket, text(OFFERED))
            .values(
                state=case((theirs, state.value), else_=OfferState.WITHDRAWN.value),
                settled_at=now,
                reason=reason,
            )
            .returning(*_OFFER)
        )
        row = done.one_or_none()
        return None if row is None else _offer(row)

    async def claim_due(self, now: datetime) -> OpenOffer | None:
        """Lock an open offer that is due, and its ticket; those that others hold are left out."""
        found = await self._open(
            _both()
            .where(text(OFFERED), ticket_offers.c.due_at <= now)
            .order_by(
                ticket_offers.c.due_at, ticket_offers.c.place_in_line, ticket_offers.c.sequence
            )
            .limit(1)
            .with_for_update(of=(tickets, ticket_offers), skip_locked=True)
        )
        return found[0] if found else None

    async def asked(self, userid: str) -> tuple[OpenOffer, ...]:
        """What somebody is asked to take, locked, in the order it was asked.

        What others hold is left out: it is being taken or passed on already.
        """
        return await self._open(
            _both()
            .where(ticket_offers.c.userid == userid, text("ticket_offers.state = 'asked'"))
            .order_by(ticket_offers.c.sequence)
            .with_for_update(of=(tickets, ticket_offers), skip_locked=True)
        )

    async def owned(self, userid: str) -> tuple[Ticket, ...]:
        """The unsolved tickets of a member, locked, due soonest first."""
        found = await self._connection.execute(
            select(tickets)
            .where(tickets.c.owner == userid, text(UNSOLVED))
            .order_by(tickets.c.due_at, tickets.c.number)
            .with_for_update()
        )
        return tuple(ticket_of(row) for row in found)

    async def strikes(self, userid: str) -> int:
        """How many offers in a row they let pass, up to now and since they came on duty."""
        await self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtextextended(f"strikes\x1f{userid}", 0)))
        )
        since = select(presences.c.since).where(presences.c.userid == userid).scalar_subquery()
        found = await self._connection.scalars(
            select(ticket_offers.c.state)
            .where(
                ticket_offers.c.userid == userid,
                ticket_offers.c.state.in_(("taken", "returned", "timed_out")),
                ticket_offers.c.asked_at >= func.coalesce(since, ticket_offers.c.asked_at),
            )
            .order_by(ticket_offers.c.sequence.desc())
            .limit(_COUNTED)
        )
        passed = 0
        for state in found:
            if state != OfferState.TIMED_OUT:
                break
            passed += 1
        return passed

    async def keep(self, ticket: TicketId, kept: Kept) -> None:
        """Write a decision down."""
        await self._connection.execute(
            insert(assignments).values(
                ticket_id=ticket,
                decided_at=kept.at,
                cause=kept.cause.value,
                decided_by=kept.by,
                winner=kept.decision.winner,
                judged=written(kept.decision),
                place=kept.decision.place,
                passed=list(kept.decision.passed),
            )
        )

    async def wake(self, now: datetime) -> int:
        """Have all that wait looked at again now, the first in line first; the number of them."""
        done = await self._connection.execute(
            update(ticket_offers)
            .where(text("ticket_offers.state = 'waiting'"), ticket_offers.c.due_at > now)
            .values(due_at=now)
        )
        return done.rowcount

    async def holders(self) -> tuple[str, ...]:
        """Everybody who has an unsolved ticket or is asked to take one."""
        owners = select(tickets.c.owner.label("userid")).where(
            text(UNSOLVED), tickets.c.owner != ""
        )
        those = select(ticket_offers.c.userid).where(text("ticket_offers.state = 'asked'"))
        found = await self._connection.scalars(owners.union(those))
        return tuple(sorted(found))

    async def _open(self, query: Select[Any]) -> tuple[OpenOffer, ...]:
        rows = await self._connection.execute(query)
        return tuple(OpenOffer(_offer(row), ticket_of(row)) for row in rows)


def _both() -> Select[Any]:
    return select(tickets, *_OFFER).join(ticket_offers, ticket_offers.c.ticket_id == tickets.c.id)


def _offer(row: Row[Any]) -> Offer:
    return Offer(
        id=row.offer_id,
        ticket=TicketId(row.offer_ticket_id),
        userid=row.offer_userid,
        state=OfferState(row.offer_state),
        task=row.offer_task,
        asked_at=row.offer_asked_at,
        due_at=row.offer_due_at,
        skill=row.offer_skill,
        place_in_line=row.offer_place_in_line,
    )
