"""What conversations need from a store. Every method runs in the transaction it was opened in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desk.conversations.incoming import Incoming
from desk.conversations.model import Conversation, Dialogue, Lease, Session, TurnNote
from desk.conversations.outgoing import Claimed, DeadLetter, OutboxEntry
from desk.kernel.ids import ConversationId, CustomerId, InboxId, OutboxId


class InboxStore(Protocol):
    """What came in."""

    async def put(self, messages: Sequence[Incoming], now: datetime) -> int:
        """Store what is new, open conversations (and, on KF, customers) for it; count the new.

        Historic ones are worked like others, so that they can be learnt from; their `historic`
        flag tells that nobody answers them. What no person said gets a conversation of its own.
        """

    async def lease(self, now: datetime, until: datetime, token: str) -> Lease | None:
        """Lease one conversation that has due rows and no live lease, oldest row first.

        One short UPDATE with SKIP LOCKED; returns its due rows in order of arrival. A row that
        waits for its retry holds those behind it.
        """

    async def hold(self, lease: Lease, now: datetime) -> bool:
        """Lock the conversation for this commit; False if the lease is stale."""

    async def release(self, lease: Lease) -> bool:
        """Give the lease back (only if it is still ours); True if rows wait in it even so."""

    async def done(self, rows: Sequence[InboxId], now: datetime) -> None:
        """Mark rows as worked."""

    async def wait(self, rows: Sequence[InboxId], until: datetime) -> None:
        """Let rows wait until a moment for what else their sender writes; no attempt is counted."""

    async def failed(
        self, row: InboxId, error: str, retry_at: datetime | None, now: datetime
    ) -> None:
        """Note a failed turn; without retry_at the row is a dead letter."""

    async def erase(self, channel: str, external_id: str) -> None:
        """Blank the content of a message that its sender recalled."""


class ConversationReader(Protocol):
    """What may be asked about conversations."""

    async def of_customer(self, customer: CustomerId) -> tuple[Conversation, ...]:
        """The conversations of a person, the one heard last first."""


class ConversationStore(ConversationReader, Protocol):
    """The conversations."""

    async def get(self, conversation: ConversationId) -> Conversation | None:
        """One conversation."""

    async def remember(self, conversation: ConversationId, dialogue: Dialogue) -> None:
        """Store the dialogue."""

    async def heard(self, conversation: ConversationId, at: datetime) -> None:
        """The customer wrote: the 48 hours and the five messages start anew (never backwards)."""

    async def charge(self, conversation: ConversationId, limit: int, since: datetime) -> bool:
        """Take one message from the budget; False when spent, or last heard before `since`."""

    async def session(self, conversation: ConversationId, state: Session, servicer: str) -> None:
        """Note who holds the session now."""

    async def note_turn(self, note: TurnNote, now: datetime) -> None:
        """Keep what a turn was about (once per inbox row)."""


class OutboxStore(Protocol):
    """What goes out."""

    async def put(self, entries: Sequence[OutboxEntry], now: datetime) -> None:
        """Store entries; one whose id is there already is left alone."""

    async def claim(self, now: datetime, until: datetime, limit: int) -> tuple[Claimed, ...]:
        """Claim due rows until a moment, urgent first, and count the attempt.

        Of one lane only the oldest unfinished row can be claimed. A row whose claim ran out was
        perhaps sent: it comes back as doubtful.
        """

    async def budgeted(self, entry: OutboxId) -> None:
        """Note that the send budget has been charged for this row."""

    async def sent(self, entry: OutboxId, receipt: Mapping[str, str], now: datetime) -> bool:
        """It is out; the receipt keeps the platform's ids. True if more waits in its lane."""

    async def again(
        self, entry: OutboxId, error: str, at: datetime, *, doubtful: bool, free: bool
    ) -> None:
        """Try again at a moment; doubtful when it may have got through.

        `free` does not count the attempt (rate limits are not the row's fault).
        """

    async def unroutable(self, entry: OutboxId, reason: str, now: datetime) -> bool:
        """There is no legal way for it now. True if more waits in its lane."""

    async def dead(self, entry: OutboxId, error: str, now: datetime) -> bool:
        """It needs a person. True if more waits in its lane."""

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next row becomes due, for the worker's sleep."""

    async def dead_letters(self, limit: int) -> tuple[DeadLetter, ...]:
        """Inbox and outbox rows that need a person, newest first."""

    async def redeliver(self, letter: str, now: datetime) -> bool:
        """Put one dead letter (id, inbox or outbox) back; False if there is none."""


class CardStore(Protocol):
    """Cards that are out, so that they can be updated for everybody."""

    async def sent(self, task: str, to: tuple[str, ...], response_code: str, at: datetime) -> None:
        """A card went out, with the code that updates it once."""

    async def clicked(self, task: str, response_code: str, at: datetime) -> None:
        """A click brought a fresh code."""

    async def take_code(self, task: str, now: datetime) -> tuple[str, tuple[str, ...]] | None:
        """Use up the newest code (72 h) of a card: (code, recipients); None when there is none."""
