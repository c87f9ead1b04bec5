"""Mailboxes that are pulled from: a doorbell rings, a cursor moves on with the messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.conversations.incoming import Incoming


@dataclass(frozen=True, slots=True)
class Pull:
    """The right to pull one mailbox until a moment.

    `cursor` None means that it was never pulled. `knock` is the doorbell's token, "" when there
    is none or it is older than ten minutes. `rung` counts doorbells: what the pull will cover.
    """

    account: str
    cursor: str | None
    knock: str
    rung: int
    token: str


class PullStore(Protocol):
    """Where mailboxes stand. Methods run in the transaction they were opened in."""

    async def known(self, accounts: Sequence[str]) -> None:
        """Make accounts known, so that the safety poll covers them."""

    async def rang(self, account: str, knock: str, now: datetime) -> None:
        """The doorbell of an account rang."""

    async def lease(
        self, now: datetime, until: datetime, token: str, poll_before: datetime
    ) -> Pull | None:
        """Lease a mailbox that rang since it was last pulled, or was last pulled before a moment.

        A mailbox that failed waits until its `failed` retry moment.
        """

    async def keep(
        self, pull: Pull, messages: Sequence[Incoming], next_cursor: str, now: datetime
    ) -> bool:
        """Store a page and its cursor together; False, and nothing stored, on a stale lease."""

    async def finished(self, pull: Pull, now: datetime) -> None:
        """Everything up to `pull.rung` has been pulled; gives the lease back."""

    async def failed(self, pull: Pull, retry_at: datetime) -> None:
        """Give the lease back and try again at a moment."""
