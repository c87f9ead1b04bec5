"""Commit: all that a turn says and does becomes true in one transaction, or none of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.turn.bursts import Burst
from bot.turn.decision import Decision
from bot.turn.reviewing import reviewed
from desk.books import Library
from desk.conversations.commands import NoteMissing
from desk.conversations.incoming import Click
from desk.conversations.model import Conversation, InboxRow, Lease, TurnNote
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock
from desk.kernel.errors import Unavailable

COLLISION = "database.collision"
"""Two transactions met; the same once more, at once, will do."""


class StaleLease(Exception):
    """Somebody else works this conversation now; nothing was written."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What a commit left: the conversation as it is now.

    `released`: the lease was given back with it; `more`: rows wait in the conversation even so.
    """

    conversation: Conversation
    released: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Committer:
    """Writes decisions down."""

    library: Library
    handbook: Handbook
    clock: Clock
    review_below: float = 0.6

    async def commit(
        self,
        lease: Lease,
        burst: Burst,
        decision: Decision,
        *,
        last: bool = False,
        dead: str = "",
    ) -> Turned:
        """Write one turn; with `last`, give the lease back in the same transaction.

        With `dead` the messages become dead letters with this error, and the decision is what is
        said and done about that.

        Raises:
            StaleLease: the lease ran out and somebody else has taken the conversation.
        """
        try:
            return await self._commit(lease, burst, decision, last, dead)
        except Unavailable as error:
            if error.code != COLLISION:
                raise
            return await self._commit(lease, burst, decision, last, dead)

    async def _commit(
        self, lease: Lease, burst: Burst, decision: Decision, last: bool, dead: str
    ) -> Turned:
        now = self.clock.now()
        conversation = lease.conversation
        async with self.library.open() as books:
            if not await books.inbox.hold(lease, now):
                raise StaleLease
            click = burst[0].incoming.content
            if isinstance(click, Click) and click.response_code:
                await books.cards.clicked(click.task, click.response_code, now)
            work = Work(books, self.handbook, self.clock)
            by_day = self.handbook.staff.hours.open_at(now)
            outcome = reviewed(
                decision, conversation, burst, by_day=by_day, below=self.review_below
            )
            await work.settle(outcome, conversation, burst[0].id)
            await books.conversations.note_turn(_note(burst[0], decision), now)
            if dead:
                for row in burst:
                    await books.inbox.failed(row.id, dead, None, now)
            else:
                await books.inbox.done([row.id for row in burst], now)
            if last:
                return Turned(conversation, released=True, more=await books.inbox.release(lease))
            return Turned(await books.conversations.get(conversation.id) or conversation)

    async def give_up(self, burst: Burst, error: str, retry_at: datetime | None) -> None:
        """Note a turn that failed; without a moment to retry it becomes a dead letter."""
        async with self.library.open() as books:
            for row in burst:
                await books.inbox.failed(row.id, error, retry_at, self.clock.now())

    async def put_off(self, lease: Lease, burst: Burst, until: datetime) -> None:
        """Let messages wait for more, and give the lease back."""
        async with self.library.open() as books:
            if await books.inbox.hold(lease, self.clock.now()):
                await books.inbox.wait([row.id for row in burst], until)
                await books.inbox.release(lease)


def _note(row: InboxRow, decision: Decision) -> TurnNote:
    meant = decision.meant
    missing = tuple(each.title for each in decision.outcome.do if isinstance(each, NoteMissing))
    return TurnNote(row.id, meant.intent, meant.confidence, meant.source, missing)
