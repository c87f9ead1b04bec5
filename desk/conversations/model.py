"""A conversation and its memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from desk.conversations.incoming import ChannelName, Incoming
from desk.kernel.ids import ConversationId, CustomerId, InboxId
from desk.kernel.messages import Phrase


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer to a question; `slots` is what choosing it means."""

    id: str
    label: Phrase
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot asked and now waits for; the answer goes to the action of `intent`.

    `slots` are those that were known when it was asked; `expects` names the slot that free text
    fills where no option fits ("" where only the options will do). `asides` counts the turns
    about something else since it was last said.
    """

    intent: str
    expects: str
    asked_at: datetime
    options: tuple[Option, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)
    tries: int = 1
    asides: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that was talked about: the intent that was answered, and the words it came with."""

    intent: str
    at: datetime
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """The list that the customer saw last, to be counted off; its choices belong to `intent`.

    `latest`: nothing has been said since.
    """

    intent: str
    options: tuple[Option, ...]
    at: datetime
    slots: Mapping[str, str] = field(default_factory=dict)
    latest: bool = True


@dataclass(frozen=True, slots=True)
class LaterWish:
    """The customer's words on something that waits until our question is answered."""

    text: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The memory of a conversation: the open question, and what it is about (product, order).

    `topics` are what was talked about, latest first; `vexed` counts angry messages. `answer` is the
    fingerprint of what was answered last, at `answered_at`, and `again` how often since.
    """

    pending: Question | None = None
    focus: Mapping[str, str] = field(default_factory=dict)
    not_understood: int = 0
    later: tuple[LaterWish, ...] = ()
    topics: tuple[Topic, ...] = ()
    shown: Shown | None = None
    focus_at: datetime | None = None
    vexed: int = 0
    answer: str = ""
    answered_at: datetime | None = None
    again: int = 0


class Session(IntEnum):
    """Who holds the customer, in WeCom's numbers (service_state, doc 94669)."""

    NEW = 0
    ASSISTANT = 1
    QUEUE = 2
    SERVICER = 3
    ENDED = 4


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with one person over one account of one channel.

    `last_heard_at`, `sent_since` are the send budget of KF: 48 hours and 5 messages since the
    customer's last message (doc 94677).
    """

    id: ConversationId
    channel: ChannelName
    account: str
    person: str
    customer: CustomerId | None
    dialogue: Dialogue
    session: Session
    servicer: str
    last_heard_at: datetime | None
    sent_since: int


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A message that waits for its turn; `heard_at` is when it reached us (aware UTC)."""

    id: InboxId
    incoming: Incoming
    attempts: int
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work one conversation until a moment; commit refuses a token that is stale."""

    conversation: Conversation
    token: str
    until: datetime
    rows: tuple[InboxRow, ...]


@dataclass(frozen=True, slots=True)
class TurnNote:
    """What a turn was about, for digests: kept for ever, without the customer's words.

    `source` is nlu, rule, menu, slash, button or signal; `missing` the products asked for that
    were out of stock.
    """

    inbox: InboxId
    intent: str
    confidence: float
    source: str
    missing: tuple[str, ...] = ()
