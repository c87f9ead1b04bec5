"""Mailboxes that are pulled from, and how far each has been pulled."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    Integer,
    Row,
    Update,
    bindparam,
    func,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.conversations.incoming import Incoming
from desk.conversations.pulling import Pull
from desk.store.adding import RING
from desk.store.columns import Words
from desk.store.inbox import StoredInbox
from desk.store.schema import pulls

_KNOCK_LIVES = timedelta(minutes=10)
"""The token of a doorbell (WeCom doc 94670)."""


_WAITS = (
    select(pulls.c.account)
    .where(
        or_(
            pulls.c.rung > pulls.c.covered,
            pulls.c.pulled_at.is_(None),
            pulls.c.pulled_at < bindparam("poll_before"),
        ),
        or_(pulls.c.leased_until.is_(None), pulls.c.leased_until <= bindparam("now")),
        or_(pulls.c.retry_at.is_(None), pulls.c.retry_at <= bindparam("now")),
    )
    .order_by(pulls.c.pulled_at.asc().nulls_first(), pulls.c.account)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_LEASE = (
    update(pulls)
    .where(pulls.c.account == _WAITS)
    .values(lease_token=bindparam("token"), leased_until=bindparam("until"))
    .returning(pulls)
)
_IF_OURS = update(pulls).where(
    pulls.c.account == bindparam("mailbox"), pulls.c.lease_token == bindparam("token")
)
_KEEP_CURSOR = _IF_OURS.values(next_cursor=bindparam("cursor"))
_FINISH = _IF_OURS.values(
    covered=func.greatest(pulls.c.covered, bindparam("pulled", type_=Integer)),
    pulled_at=bindparam("now"),
    retry_at=null(),
    lease_token=null(),
    leased_until=null(),
)
_FAIL = _IF_OURS.values(retry_at=bindparam("again"), lease_token=null(), leased_until=null())


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
        await self._connection.execute(RING, {"account": account, "knock": knock, "now": now})

    async def lease(
        self, now: datetime, until: datetime, token: str, poll_before: datetime
    ) -> Pull | None:
        """Lease a mailbox that rang since it was last pulled, or was last pulled before a moment.

        A mailbox that failed waits until its `failed` retry moment.
        """
        taken = await self._connection.execute(
            _LEASE, {"poll_before": poll_before, "now": now, "token": token, "until": until}
        )
        row = taken.one_or_none()
        return None if row is None else _pull(row, now)

    async def keep(
        self, pull: Pull, messages: Sequence[Incoming], next_cursor: str, now: datetime
    ) -> bool:
        """Store a page and its cursor together; False, and nothing stored, on a stale lease."""
        if not await self._update(pull, _KEEP_CURSOR, cursor=next_cursor):
            return False
        await self._inbox.put(messages, now)
        return True

    async def finished(self, pull: Pull, now: datetime) -> None:
        """Everything up to `pull.rung` has been pulled; gives the lease back."""
        await self._update(pull, _FINISH, pulled=pull.rung, now=now)

    async def failed(self, pull: Pull, retry_at: datetime) -> None:
        """Give the lease back and try again at a moment."""
        await self._update(pull, _FAIL, again=retry_at)

    async def _update(self, pull: Pull, statement: Update, **values: object) -> bool:
        updated = await self._connection.execute(
            statement, {"mailbox": pull.account, "token": pull.token, **values}
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
