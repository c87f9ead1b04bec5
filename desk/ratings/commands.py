"""What may be done about ratings."""

from dataclasses import dataclass

from desk.kernel.ids import ConversationId, CustomerId, RatingId


@dataclass(frozen=True, slots=True)
class AskRating:
    """A session has ended, which `servicer` held: the customer is asked how it was."""

    conversation: ConversationId
    customer: CustomerId
    servicer: str


@dataclass(frozen=True, slots=True)
class RateService:
    """The customer's answer: `score` 1 to 5 (None leaves it), `words` "" where there are none."""

    rating: RatingId
    score: int | None
    words: str = ""
