"""A rating that was asked for, and what came back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.kernel.ids import ConversationId, CustomerId, RatingId, TicketId, derived

GOOD, FAIR, BAD = 5, 3, 1
"""The scores of the three lines to tap; written ones may lie between."""
LOW = 2
"""Up to this score a supervisor looks at it."""
ANSWERED_WITHIN = timedelta(hours=48)
"""Later words are about something else: a session lasts 48 hours (WeCom doc 94669)."""


@dataclass(frozen=True, slots=True)
class Rating:
    """Asked once at the end of a session, or when a ticket is solved: then `ticket` is that.

    `score` is 1 to 5, None before an answer. `servicer` is the userid of who held the session or
    owned the ticket; `words` what the customer said besides.
    """

    id: RatingId
    conversation: ConversationId
    customer: CustomerId
    servicer: str
    asked_at: datetime
    score: int | None = None
    words: str = ""
    ticket: TicketId | None = None

    @property
    def is_low(self) -> bool:
        """Tell whether a supervisor should hear of it."""
        return self.score is not None and self.score <= LOW


def rating_of(ticket: TicketId) -> RatingId:
    """The rating of a ticket: there is one, however often it is solved."""
    return RatingId(derived("rating", ticket))
