"""The one page of the books that the puller may turn to."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from desk.conversations.pulling import PullStore


class Mailboxes(Protocol):
    """One open transaction."""

    @property
    def pulls(self) -> PullStore: ...


class MailboxLibrary(Protocol):
    """Opens transactions; every Library is one."""

    def open(self) -> AbstractAsyncContextManager[Mailboxes]:
        """Open a transaction: committed at the end, rolled back on any exception."""
