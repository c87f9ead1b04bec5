"""What may be done in conversations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk.conversations.model import Option, Session
from desk.kernel.ids import ConversationId, CustomerId
from desk.kernel.messages import Card, Phrase, Say
from desk.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Ask:
    """Wait for an answer to what this turn says; see `Question` for the fields."""

    intent: str
    expects: str = ""
    options: tuple[Option, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep what the conversation is about now (product, order_no, …); "" forgets a name."""

    focus: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TalkOf:
    """Keep what this turn was about, so that a fragment that comes later is read in it."""

    intent: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drop:
    """The customer does not want this any more: no fragment is read in it."""

    intent: str


@dataclass(frozen=True, slots=True)
class ShowList:
    """Keep the list that this turn shows, so that it can be counted off later."""

    intent: str
    options: tuple[Option, ...]
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeepOpen:
    """Leave the open question open after this turn; `quietly`: the turn has spoken of it itself."""

    quietly: bool = False


@dataclass(frozen=True, slots=True)
class NoteAnger:
    """Count an angry message."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """The customer also wants this (their words); it is taken up once our question is answered."""

    text: str


@dataclass(frozen=True, slots=True)
class TakeUp:
    """The wish that was set aside first is being answered now."""


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """Keep what this turn answers, by its fingerprints, to notice when it is said again."""

    answer: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Count a message that was not understood.

    The count goes back to none when something is talked of, or a person takes over.
    """


ForMemory = (
    Ask
    | Drop
    | KeepOpen
    | NoteAnger
    | NoteAnswer
    | NotUnderstood
    | Remember
    | SetAside
    | ShowList
    | TakeUp
    | TalkOf
)
"""What only changes the memory of the conversation."""


@dataclass(frozen=True, slots=True)
class NoteMissing:
    """The customer asked for a product that is out of stock; `title` as the shop writes it."""

    title: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give the customer to a person: session to a servicer or the queue, card with the summary.

    `reason` and `summary` (what they want, "" where they only want a person) are Chinese lines for
    the person who takes over.
    `preferred` are the userids who shall have the session if they are there; () leaves it to
    `skill`. `tier` is what a shop calls their membership, `order` and `product` those talked about
    with their state; "" where unknown.
    """

    conversation: ConversationId
    customer: CustomerId | None
    reason: str
    summary: str
    skill: str = ""
    urgent: bool = False
    preferred: tuple[str, ...] = ()
    tier: str = ""
    order: Phrase | str = ""
    product: Phrase | str = ""
    angry: bool = False


@dataclass(frozen=True, slots=True)
class PromisePerson:
    """A person was promised for the next opening: the session is given to one then.

    Kept with the turn's review, see `desk.reviews`.
    """


@dataclass(frozen=True, slots=True)
class NoteSession:
    """The channel told who holds the session now."""

    conversation: ConversationId
    state: Session
    servicer: str


@dataclass(frozen=True, slots=True)
class SayTo:
    """Say something to the person of a conversation that is not this turn's own."""

    conversation: ConversationId
    say: Say


@dataclass(frozen=True, slots=True)
class AskIn:
    """Wait for an answer in a conversation that is not this turn's own; `SayTo` says what to."""

    conversation: ConversationId
    ask: Ask


@dataclass(frozen=True, slots=True)
class Greet:
    """Say a welcome with its 20-second code; `sent_at` is when the code was given, None: now."""

    conversation: ConversationId
    code: str
    say: Say
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell staff: the named userids, or (none named) agents with the skill and `least` role."""

    reply: Say | Card
    to: tuple[str, ...] = ()
    least: Role = Role.AGENT
    skill: str = ""


@dataclass(frozen=True, slots=True)
class CloseCard:
    """Replace a card's buttons by a text, for everybody who got it."""

    task: str
    replace: Phrase


@dataclass(frozen=True, slots=True)
class Redeliver:
    """Put a dead letter back; `letter` is its id, or the last 8 characters of it."""

    letter: str


@dataclass(frozen=True, slots=True)
class ListLetters:
    """Show the newest dead letters to the one who asks."""

    limit: int = 10


@dataclass(frozen=True, slots=True)
class EraseMessage:
    """Blank a message that its sender recalled."""

    external_id: str
