"""What is on its way out: one row each, with an id that is the same however often it is made."""

from dataclasses import dataclass
from datetime import datetime

from desk.kernel.ids import ConversationId, GrantId, InboxId, OutboxId
from desk.kernel.messages import Card, Phrase, Say
from desk.shops.port import BuyerId


@dataclass(frozen=True, slots=True)
class SayInConversation:
    """Say something to the person of a conversation, within the send budget."""

    conversation: ConversationId
    say: Say


@dataclass(frozen=True, slots=True)
class Welcome:
    """Greet on entering: the code works once, within 20 seconds (doc 95122)."""

    conversation: ConversationId
    code: str
    say: Say


@dataclass(frozen=True, slots=True)
class TellStaff:
    """Tell members of staff through the app; `to` are userids."""

    to: tuple[str, ...]
    reply: Say | Card


@dataclass(frozen=True, slots=True)
class UpdateCard:
    """Replace the buttons of a card by a text for everybody who got it (doc 94888)."""

    task: str
    replace: Phrase


@dataclass(frozen=True, slots=True)
class IssueCoupon:
    """Errand: have the platform put a coupon into the buyer's account."""

    grant: GrantId
    shop: str
    platform_coupon_id: str
    buyer: BuyerId


@dataclass(frozen=True, slots=True)
class PassToPerson:
    """Errand: give the session to a servicer that is there, else to the queue (doc 94669)."""

    conversation: ConversationId
    preferred: tuple[str, ...] = ()


Body = SayInConversation | Welcome | TellStaff | UpdateCard | IssueCoupon | PassToPerson


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One row of the outbox.

    Entries with the same `lane` go out one after another (a conversation id, or the recipients).
    `urgent` ones (20-second codes) go first; after `expires_at` they are not sent any more.
    """

    id: OutboxId
    lane: str
    body: Body
    cause: InboxId | None
    due_at: datetime
    urgent: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """An outbox row that this worker may deliver now; attempts counts this one too.

    `doubtful` says that an earlier attempt may have got through. `budgeted` says that the send
    budget has been charged already.
    """

    entry: OutboxEntry
    attempts: int
    doubtful: bool
    budgeted: bool


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An outbox or inbox row that needs a person."""

    id: str
    kind: str
    lane: str
    error: str
    attempts: int
    since: datetime
