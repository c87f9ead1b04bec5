"""The mailboxes of KF accounts: the one page of the books that pulling turns to."""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.wecom.client import WeComClient
from bot.wecom.deliveries import CALL_ERRORS
from bot.wecom.kf.accounts import list_accounts
from desk.conversations.pulling import PullStore
from desk.kernel.errors import Unavailable

_FRESH_SECONDS = 600.0
_RETRY_SECONDS = 30.0


class Mailboxes(Protocol):
    """One open transaction."""

    @property
    def pulls(self) -> PullStore: ...


class MailboxLibrary(Protocol):
    """Opens transactions; every Library is one."""

    def open(self) -> AbstractAsyncContextManager[Mailboxes]:
        """Open a transaction: committed at the end, rolled back on any exception."""

    def step(self) -> AbstractAsyncContextManager[Mailboxes]:
        """Open it for a single step: each statement is a transaction of its own."""


async def make_known(client: WeComClient, library: MailboxLibrary) -> bool:
    """Have the safety poll cover all KF accounts; False when WeCom or the database is away."""
    try:
        accounts = await list_accounts(client)
        async with library.open() as books:
            await books.pulls.known([account.open_kfid for account in accounts])
    except (*CALL_ERRORS, Unavailable):
        return False
    return True


async def keep_known(client: WeComClient, library: MailboxLibrary) -> None:
    """Look for new accounts every ten minutes, until cancelled."""
    while True:
        known = await make_known(client, library)
        await asyncio.sleep(_FRESH_SECONDS if known else _RETRY_SECONDS)
