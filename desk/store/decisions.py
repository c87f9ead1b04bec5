"""Decisions of assignment as jsonb."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.assignment.model import Cause, Decision, Exclusion, Judged, Kept, Term
from desk.store.schema_assignment import assignments
from desk.store.schema_tickets import tickets


def written(decision: Decision) -> list[dict[str, Any]]:
    """Write how everybody was judged."""
    return [
        {
            "userid": each.userid,
            "not": each.excluded.value if each.excluded else "",
            "load": each.load,
            "score": each.score,
            "terms": [[term.name, term.value, term.weight] for term in each.terms],
        }
        for each in decision.judged
    ]


async def read_decisions(connection: AsyncConnection, number: str, limit: int) -> tuple[Kept, ...]:
    """The last decisions on a ticket, newest first."""
    found = await connection.execute(
        select(assignments)
        .join(tickets, tickets.c.id == assignments.c.ticket_id)
        .where(tickets.c.number == number)
        .order_by(assignments.c.id.desc())
        .limit(limit)
    )
    return tuple(
        Kept(
            number=number,
            at=row.decided_at,
            cause=Cause(row.cause),
            decision=Decision(
                row.winner,
                tuple(_judged(each) for each in row.judged),
                row.place,
                tuple(row.passed),
            ),
            by=row.decided_by,
        )
        for row in found
    )


def _judged(data: dict[str, Any]) -> Judged:
    return Judged(
        data["userid"],
        Exclusion(data["not"]) if data["not"] else None,
        tuple(Term(*each) for each in data["terms"]),
        data["load"],
    )
