"""What killed processes had in hand, so that a restart need not wait for it to run out."""

from datetime import datetime

from sqlalchemy import null, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.store.schema import CLAIMABLE, conversations, outbox, pulls
from desk.store.schema_shops import shop_pulls

APPLICATION = "zhanggui"
"""The name under which our processes are connected."""


_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = :name AND pid <> pg_backend_pid()"
).bindparams(name=APPLICATION)


async def take_over(connection: AsyncConnection, now: datetime) -> bool:
    """Give back leases and claims, and have mailboxes and shops looked at.

    Only if no process of ours is alive; False where one is.

    Called before this process has more than this one connection. Should it be wrong about the
    others, a lease that is still worked has a stale token, and a claimed row, which was perhaps
    sent, stays doubtful: nothing is done twice.
    """
    if await connection.scalar(_OTHERS):
        return False
    await connection.execute(
        update(conversations)
        .where(conversations.c.wake_at.is_not(None), conversations.c.lease_token.is_not(None))
        .values(lease_token=null(), leased_until=null(), wake_at=now)
    )
    await connection.execute(
        update(outbox)
        .where(text(CLAIMABLE), outbox.c.claimed_until.is_not(None))
        .values(wake_at=now)
    )
    await connection.execute(
        # Nobody heard the doorbells that rang since: every mailbox is looked at now.
        update(pulls).values(
            lease_token=null(), leased_until=null(), pulled_at=null(), retry_at=null()
        )
    )
    # Pushes that met nobody are found by the pull: it begins at once, whoever was at it.
    await connection.execute(update(shop_pulls).values(leased_until=null(), due_at=now))
    return True
