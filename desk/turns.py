"""One turn of a conversation as an action sees it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk.commands import Outcome
from desk.conversations.model import Conversation
from desk.customers.model import Customer
from desk.front import Desk
from desk.kernel.ids import InboxId


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message was taken to mean. `ranking` is (intent, confidence), best first."""

    intent: str
    confidence: float
    source: str
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranking: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a customer: what was said, what is known, what it is about.

    `slots` are this message's entities (first of each kind) over the answers of a question that
    it closes; `focus` is what the conversation was about before.
    """

    inbox: InboxId
    conversation: Conversation
    customer: Customer
    text: str
    understanding: Understanding
    slots: Mapping[str, str]
    focus: Mapping[str, str]
    now: datetime
    tries: int = 0
    """How often the question that this message answers has been asked already."""
    heard: str = ""
    """All that was said at once, where this is the first of several wishes in it."""


Run = Callable[[Turn, Desk], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Action:
    """The handler of one intent.

    `asks` maps a slot that must be filled before `run` to the phrase that asks for it.
    """

    intent: str
    run: Run
    asks: Mapping[str, str] = field(default_factory=dict)
