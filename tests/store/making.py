"""Messages, conversations and entries for tests of the store."""

from datetime import datetime, timedelta

from desk.conversations.incoming import ChannelName, Content, Incoming, Text
from desk.conversations.model import Conversation, InboxRow, Lease
from desk.conversations.outgoing import Body, OutboxEntry, SayInConversation
from desk.kernel.ids import ConversationId, CustomerId, InboxId, OutboxId, uuid7
from desk.kernel.messages import Say, phrase
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock

LEASE = timedelta(seconds=30)


def message(
    external_id: str,
    content: Content | None = None,
    *,
    channel: ChannelName = ChannelName.KF,
    account: str = "kf1",
    person: str = "wm1",
    sent_at: datetime = NOON,
    historic: bool = False,
) -> Incoming:
    """A message of a customer."""
    said = Text("在吗") if content is None else content
    return Incoming(channel, external_id, account, person, said, sent_at, historic)


async def put(library: Database, clock: FrozenClock, *messages: Incoming) -> int:
    """Store messages, each call in a transaction of its own."""
    async with library.open() as books:
        return await books.inbox.put(messages, clock.now())


async def lease_next(library: Database, clock: FrozenClock, token: str = "t") -> Lease | None:
    """Lease a conversation for half a minute."""
    async with library.open() as books:
        return await books.inbox.lease(clock.now(), clock.now() + LEASE, token)


async def worked(library: Database, clock: FrozenClock, *messages: Incoming) -> Lease:
    """Store messages of one person and lease them."""
    await put(library, clock, *messages)
    lease = await lease_next(library, clock)
    assert lease is not None
    return lease


async def conversation(
    library: Database, clock: FrozenClock, person: str = "wm1"
) -> tuple[Conversation, CustomerId, InboxRow]:
    """A conversation with a customer, who said one thing."""
    lease = await worked(library, clock, message(f"first of {person}", person=person))
    assert lease.conversation.customer is not None
    return lease.conversation, lease.conversation.customer, lease.rows[0]


def entry(
    lane: str,
    body: Body | None = None,
    *,
    cause: InboxId | None = None,
    due_at: datetime = NOON,
    urgent: bool = False,
) -> OutboxEntry:
    """Something to say."""
    said = SayInConversation(ConversationId(uuid7()), Say(phrase("greeting.hello")))
    return OutboxEntry(
        id=OutboxId(uuid7()),
        lane=lane,
        body=said if body is None else body,
        cause=cause,
        due_at=due_at,
        urgent=urgent,
    )
