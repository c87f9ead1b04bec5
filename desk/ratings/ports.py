"""What ratings need from a store."""

from datetime import datetime
from typing import Protocol

from desk.kernel.ids import ConversationId, RatingId
from desk.ratings.model import Rating


class RatingReader(Protocol):
    """What may be asked about ratings."""

    async def last_asked(self, conversation: ConversationId, since: datetime) -> Rating | None:
        """The rating that was asked for last in a conversation, answered or not."""


class RatingStore(RatingReader, Protocol):
    """What may be written about ratings."""

    async def get(self, rating: RatingId) -> Rating | None:
        """One rating."""

    async def ask(self, rating: Rating) -> None:
        """Store one that is asked for; one whose id is there already is left alone."""

    async def rate(self, rating: Rating, at: datetime) -> None:
        """Store score and words."""
