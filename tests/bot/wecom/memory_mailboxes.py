"""Mailboxes in memory, with the leases and cursors of the real store."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desk.conversations.incoming import Incoming
from desk.conversations.pulling import Pull
from desk.kernel.errors import Unavailable


@dataclass(frozen=True)
class Mailbox:
    """Where one account stands."""

    account: str
    cursor: str | None = None
    knock: str = ""
    rung: int = 0
    covered: int = 0
    pulled_at: datetime | None = None
    retry_at: datetime | None = None
    token: str = ""
    until: datetime | None = None


class StoreFails(Exception):
    """The store could not do it."""


@dataclass
class MemoryPulls:
    """The PullStore; the next `failures` pages cannot be stored."""

    boxes: dict[str, Mailbox] = field(default_factory=dict)
    stored: dict[str, Incoming] = field(default_factory=dict)
    failures: int = 0

    async def known(self, accounts: Sequence[str]) -> None:
        for account in accounts:
            self.boxes.setdefault(account, Mailbox(account))

    async def rang(self, account: str, knock: str, now: datetime) -> None:
        box = self.boxes.setdefault(account, Mailbox(account))
        self.boxes[account] = replace(box, knock=knock, rung=box.rung + 1)

    async def lease(
        self, now: datetime, until: datetime, token: str, poll_before: datetime
    ) -> Pull | None:
        for box in self.boxes.values():
            due = box.rung > box.covered or box.pulled_at is None or box.pulled_at < poll_before
            free = box.until is None or box.until <= now
            if due and free and (box.retry_at is None or box.retry_at <= now):
                self.boxes[box.account] = replace(box, token=token, until=until)
                return Pull(box.account, box.cursor, box.knock, box.rung, token)
        return None

    async def keep(
        self, pull: Pull, messages: Sequence[Incoming], next_cursor: str, now: datetime
    ) -> bool:
        if self.failures:
            self.failures -= 1
            raise StoreFails
        if not self._change(pull, cursor=next_cursor):
            return False
        for message in messages:
            self.stored.setdefault(message.external_id, message)
        return True

    async def finished(self, pull: Pull, now: datetime) -> None:
        self._change(pull, covered=pull.rung, pulled_at=now, retry_at=None, token="", until=None)

    async def failed(self, pull: Pull, retry_at: datetime) -> None:
        self._change(pull, retry_at=retry_at, token="", until=None)

    def _change(self, pull: Pull, **changes: object) -> bool:
        box = self.boxes[pull.account]
        if box.token != pull.token:
            return False
        values = {name: getattr(box, name) for name in Mailbox.__dataclass_fields__}
        self.boxes[pull.account] = Mailbox(**(values | changes))
        return True

    def take_away(self, account: str) -> None:
        """Let another process have the lease."""
        lent = timedelta(minutes=5)
        box = self.boxes[account]
        assert box.until is not None
        self.boxes[account] = replace(box, token="another", until=box.until + lent)


@dataclass
class MemoryBooks:
    """One transaction."""

    pulls: MemoryPulls


@dataclass
class MemoryMailboxes:
    """Opens the mailboxes; while `away` nobody can."""

    pulls: MemoryPulls = field(default_factory=MemoryPulls)
    away: bool = False

    @asynccontextmanager
    async def open(self) -> AsyncIterator[MemoryBooks]:
        if self.away:
            raise Unavailable("database.unavailable", "系统暂时不可用，请稍后再试。")
        yield MemoryBooks(self.pulls)

    def step(self) -> AbstractAsyncContextManager[MemoryBooks]:
        return self.open()
