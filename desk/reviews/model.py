"""A turn that a person looks at again, and what they make of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.kernel.ids import ConversationId, CustomerId, InboxId, ReviewId
from desk.kernel.messages import Phrase


class ReviewKind(StrEnum):
    """Why a turn is worth a look; names in phrases as review.kind.<value>."""

    PERSON = "person"
    """The customer asked for a person while nobody was there."""
    COMPLAINT = "complaint"
    PRIVATE = "private"
    """Something about an order was refused, since the customer could not prove it theirs."""
    UNSURE = "unsure"
    LOW = "low"
    """Answered, on a reading that was not far above the threshold."""
    BY_DAY = "by_day"
    """Not understood in service hours, when a person was at hand."""


class ReviewState(StrEnum):
    """How far a review is."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Review:
    """One turn to look at. `number` is for people; 0 before it is stored.

    `said` are the rows of the inbox that were read together; `intent`, `confidence` and
    `alternatives` (best first) are how. `corrected` is what a person made of it, "" where they
    agreed. `by` and `answered_by` are userids, "" for nobody. `promised`: the customer was told
    that a person comes when the service opens.
    """

    id: ReviewId
    number: int
    kind: ReviewKind
    conversation: ConversationId
    customer: CustomerId
    said: tuple[InboxId, ...]
    intent: str
    confidence: float
    alternatives: tuple[str, ...]
    kept_at: datetime
    state: ReviewState = ReviewState.OPEN
    corrected: str = ""
    by: str = ""
    answered_by: str = ""
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a turn was about in words: the customer's ("" once recalled), and the bot's answers."""

    text: str
    answers: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One turn of a conversation in short; `understood` is False where nobody could tell.

    `text` is what the customer wrote, "" where it was no text.
    """

    intent: str
    understood: bool
    text: str = ""
