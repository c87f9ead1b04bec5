"""Who is one person with whom: merges, pairs kept apart, suggestions."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.customers.kinship import Apart, Kin, Merge, pair
from desk.customers.model import Evidence, Name
from desk.customers.suggestions import Suggestion, SuggestionState
from desk.kernel.ids import CustomerId
from desk.store.persons import person
from desk.store.schema import customers
from desk.store.schema_customers import (
    STANDING,
    customer_merges,
    customer_suggestions,
    kept_apart,
)

_LOCK = "customers.kinship"


class StoredKinship:
    """Implements `desk.customers.ports.KinshipStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        """Let nobody else merge, split or keep apart until this transaction ends."""
        await self._connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0)))
        )

    async def kin(self, customer: CustomerId) -> Kin:
        """The person of a customer."""
        found = await self._connection.execute(
            select(customers.c.id, customers.c.merged_into).where(
                customers.c.id.in_(person(customer))
            )
        )
        return Kin({row.id: row.merged_into for row in found})

    async def standing(self, kin: Kin) -> tuple[Merge, ...]:
        """The merges of a person that were not undone, oldest first."""
        found = await self._connection.execute(
            select(customer_merges)
            .where(customer_merges.c.child.in_(kin.members), text(STANDING))
            .order_by(customer_merges.c.id)
        )
        return tuple(_merge(row) for row in found)

    async def merge(self, merge: Merge) -> None:
        """Write a merge down and point the child at the parent."""
        await self._connection.execute(
            insert(customer_merges).values(
                child=merge.child,
                parent=merge.parent,
                evidence=merge.evidence.value,
                why=merge.why,
                merged_by=merge.by,
                merged_at=merge.at,
            )
        )
        await self._point(merge.child, merge.parent)

    async def undo(self, merge: Merge, by: str, at: datetime) -> None:
        """Mark a merge as undone and let go of the parent."""
        await self._connection.execute(
            update(customer_merges)
            .where(customer_merges.c.child == merge.child, text(STANDING))
            .values(undone_at=at, undone_by=by)
        )
        await self._point(merge.child, None)

    async def apart(
        self, some: AbstractSet[CustomerId], others: AbstractSet[CustomerId]
    ) -> Apart | None:
        """A pair that staff keep apart, one of some and one of the others; None where none is."""
        found = await self._connection.execute(
            select(kept_apart)
            .where(*_between(some, others))
            .order_by(kept_apart.c.kept_at, kept_apart.c.one, kept_apart.c.other)
            .limit(1)
        )
        row = found.one_or_none()
        return None if row is None else _apart(row)

    async def keep_apart(self, apart: Apart) -> None:
        """Write down that two are not one person (once, until it is taken back)."""
        one, other = pair(apart.one, apart.other)
        kept = {"kept_by": apart.by, "why": apart.why, "kept_at": apart.at}
        await self._connection.execute(
            insert(kept_apart)
            .values(one=one, other=other, **kept)
            .on_conflict_do_update(
                index_elements=["one", "other"],
                set_={**kept, "lifted_at": None, "lifted_by": ""},
                where=kept_apart.c.lifted_at.is_not(None),
            )
        )

    async def lift(
        self,
        some: AbstractSet[CustomerId],
        others: AbstractSet[CustomerId],
        by: str,
        at: datetime,
    ) -> int:
        """Take back that any of some are kept apart from any of the others; how many pairs."""
        lifted = await self._connection.execute(
            update(kept_apart).where(*_between(some, others)).values(lifted_at=at, lifted_by=by)
        )
        return lifted.rowcount

    async def suggest(self, suggestion: Suggestion) -> bool:
        """Note a suggestion; False where the same was made before, whatever became of it."""
        added = await self._connection.execute(
            insert(customer_suggestions)
            .values(
                customer_id=suggestion.customer,
                namespace=suggestion.like.namespace,
                value=suggestion.like.value,
                evidence=suggestion.evidence.value,
                about=suggestion.about,
                suggested_at=suggestion.at,
            )
            .on_conflict_do_nothing()
        )
        return added.rowcount == 1

    async def suggestion(self, number: int) -> Suggestion | None:
        """One suggestion."""
        found = await self._connection.execute(
            select(customer_suggestions).where(customer_suggestions.c.number == number)
        )
        row = found.one_or_none()
        return None if row is None else suggestion_of(row)

    async def settle(self, number: int, state: SuggestionState, by: str, at: datetime) -> None:
        """Note what the staff made of a suggestion."""
        await self._connection.execute(
            update(customer_suggestions)
            .where(customer_suggestions.c.number == number)
            .values(state=state.value, settled_by=by, settled_at=at)
        )

    async def _point(self, child: CustomerId, parent: CustomerId | None) -> None:
        await self._connection.execute(
            update(customers).where(customers.c.id == child).values(merged_into=parent)
        )


def _between(
    some: AbstractSet[CustomerId], others: AbstractSet[CustomerId]
) -> tuple[ColumnElement[bool], ...]:
    """Pairs that are kept apart still, one of some and one of the others."""
    one, other = kept_apart.c.one, kept_apart.c.other
    either = or_(one.in_(some) & other.in_(others), one.in_(others) & other.in_(some))
    return (either, kept_apart.c.lifted_at.is_(None))


def suggestion_of(row: Row[Any]) -> Suggestion:
    """Read one row of suggestions."""
    return Suggestion(
        customer=CustomerId(row.customer_id),
        like=Name(row.namespace, row.value),
        evidence=Evidence(row.evidence),
        about=row.about,
        at=row.suggested_at,
        number=row.number,
        state=SuggestionState(row.state),
        by=row.settled_by,
    )


def _merge(row: Row[Any]) -> Merge:
    return Merge(
        child=CustomerId(row.child),
        parent=CustomerId(row.parent),
        evidence=Evidence(row.evidence),
        why=row.why,
        by=row.merged_by,
        at=row.merged_at,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )


def _apart(row: Row[Any]) -> Apart:
    return Apart(CustomerId(row.one), CustomerId(row.other), row.kept_by, row.why, row.kept_at)
