"""What ratings need from a store."""

from datetime import datetime
from typing import Protocol

from desk.kernel.ids import ConversationId, RatingId, TicketId
from desk.ratings.model import Rating


class RatingReader(Protocol):
    """What may be asked about ratings."""

    async def last_asked(self, conversation: ConversationId, since: datetime) -> Rating | None:
        """The rating that was asked for last in a conversation, answered or not."""

    async def of_ticket(self, ticket: TicketId) -> Rating | None:
        """The rating of a ticket, answered or not."""


class RatingStore(RatingReader, Protocol):
    """What may be written about ratings."""

    async def get(self, rating: RatingId) -> Rating | None:
        """One rating."""

    async def ask(self, rating: Rating) -> None:
        """Store one that is asked for; one that is there already without a score is asked again.

        One that has a score is left alone.
        """

    async def rate(self, rating: Rating, at: datetime) -> None:
        """Store score and words."""

    async def rate_once(self, rating: Rating, at: datetime) -> bool:
        """Store score and words where there is no score yet; False where there is one."""
