"""What may be done about ratings."""

from dataclasses import dataclass

from desk.kernel.ids import ConversationId, CustomerId, RatingId, TicketId


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


@dataclass(frozen=True, slots=True)
class AskOfTicket:
    """A ticket is solved, which `servicer` owned: the customer is asked how it was, once."""

    ticket: TicketId
    conversation: ConversationId
    customer: CustomerId
    servicer: str


@dataclass(frozen=True, slots=True)
class RateTicket:
    """The customer rates a ticket on its page, asked or not; only the first time counts.

    `score` is 1 to 5.
    """

    ticket: TicketId
    conversation: ConversationId
    customer: CustomerId
    servicer: str
    score: int
    words: str = ""
