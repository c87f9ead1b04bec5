"""Mailboxes that are pulled from, and how far each has been pulled."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, Row, bindparam, func, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.incoming import Incoming
from desk.conversations.pulling import Pull
from desk.store.columns import Words
from desk.store.inbox import StoredInbox
from desk.store.schema import pulls

_KNOCK_LIVES = timedelta(minutes=10)
"""The token of a doorbell (WeCom doc 94670)."""


class StoredPulls:
    """Implements `desk.conversations.pulling.PullStore`."""

    def __init__(self, connection: AsyncConnection, inbox: StoredInbox) -> None:
        self._connection = connection
        self._inbox = inbox

    async def known(self, accounts: Sequence[str]) -> None:
        """Make accounts known, so that the safety poll covers them."""
        names = func.unnest(bindparam("accounts", sorted(set(accounts)), ARRAY(Words)))
        await self._connection.execute(
            insert(pulls).from_select(["account"], select(names)).on_conflict_do_nothing()
        )

    async def rang(self, account: str, knock: str, now: datetime) -> None:
        """The doorbell of an account rang."""
        new = insert(pulls).values(account=account, knock=knock, knocked_at=now, rung=1)
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[pulls.c.account],
                set_={"knock": knock, "knocked_at": now, "rung": pulls.c.rung + 1},
            )
        )

    async def lease(
        self, now: datetime, until: datetime, token: str, poll_before: datetime
    ) -> Pull | None:
        """Lease a mailbox that rang since it was last pulled, or was last pulled before a moment.

        A mailbox that failed waits until its `failed` retry moment.
        """
        waiting = (
            select(pulls.c.account)
            .where(
                or_(
                    pulls.c.rung > pulls.c.covered,
                    pulls.c.pulled_at.is_(None),
                    pulls.c.pulled_at < poll_before,
                ),
                or_(pulls.c.leased_until.is_(None), pulls.c.leased_until <= now),
                or_(pulls.c.retry_at.is_(None), pulls.c.retry_at <= now),
            )
            .order_by(pulls.c.pulled_at.asc().nulls_first(), pulls.c.account)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        taken = await self._connection.execute(
            update(pulls)
            .where(pulls.c.account == waiting)
            .values(lease_token=token, leased_until=until)
            .returning(pulls)
        )
        row = taken.one_or_none()
        return None if row is None else _pull(row, now)

    async def keep(
        self, pull: Pull, messages: Sequence[Incoming], next_cursor: str, now: datetime
    ) -> bool:
        """Store a page and its cursor together; False, and nothing stored, on a stale lease."""
        if not await self._update(pull, next_cursor=next_cursor):
            return False
        await self._inbox.put(messages, now)
        return True

    async def finished(self, pull: Pull, now: datetime) -> None:
        """Everything up to `pull.rung` has been pulled; gives the lease back."""
        await self._update(
            pull,
            covered=func.greatest(pulls.c.covered, pull.rung),
            pulled_at=now,
            retry_at=null(),
            lease_token=null(),
            leased_until=null(),
        )

    async def failed(self, pull: Pull, retry_at: datetime) -> None:
        """Give the lease back and try again at a moment."""
        await self._update(pull, retry_at=retry_at, lease_token=null(), leased_until=null())

    async def _update(self, pull: Pull, **values: object) -> bool:
        updated = await self._connection.execute(
            update(pulls)
            .where(pulls.c.account == pull.account, pulls.c.lease_token == pull.token)
            .values(**values)
        )
        return updated.rowcount == 1


def _pull(row: Row[Any], now: datetime) -> Pull:
    fresh = row.knocked_at is not None and row.knocked_at > now - _KNOCK_LIVES
    return Pull(
        account=row.account,
        cursor=row.next_cursor,
        knock=row.knock if fresh else "",
        rung=row.rung,
        token=row.lease_token,
    )
