"""What may be done about reviews. `by` is a userid; `card` the card it was done on, "" for none."""

from dataclasses import dataclass

from desk.kernel.ids import ConversationId, CustomerId, InboxId
from desk.reviews.model import ReviewKind


@dataclass(frozen=True, slots=True)
class KeepForReview:
    """Keep a turn to be looked at; see `Review` for the fields."""

    kind: ReviewKind
    conversation: ConversationId
    customer: CustomerId
    said: tuple[InboxId, ...]
    intent: str
    confidence: float
    alternatives: tuple[str, ...]
    promised: bool = False


@dataclass(frozen=True, slots=True)
class AcceptReading:
    """The bot read it rightly."""

    number: int
    by: str
    card: str = ""


@dataclass(frozen=True, slots=True)
class CorrectReading:
    """The bot should have read it as `intent`."""

    number: int
    by: str
    intent: str
    card: str = ""


@dataclass(frozen=True, slots=True)
class PutOffReview:
    """Look at it after the others."""

    number: int
    by: str
    card: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFromReview:
    """Say something to the customer, once for each review."""

    number: int
    by: str
    text: str
