"""What reviews need from a store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desk.kernel.ids import ConversationId, ReviewId
from desk.reviews.model import Exchange, PastTurn, Review, ReviewKind, ReviewState


class ReviewReader(Protocol):
    """What may be asked about reviews, and about the turns that they are made of."""

    async def waiting(self, limit: int) -> tuple[Review, ...]:
        """Open reviews, oldest first, those that were put off last."""

    async def counts(self) -> Mapping[ReviewKind, int]:
        """How many are open, by kind."""

    async def by_number(self, number: int) -> Review | None:
        """One review."""

    async def exchange(self, review: Review) -> Exchange:
        """What was said in the turn of a review."""

    async def past(
        self, conversation: ConversationId, since: datetime, limit: int
    ) -> tuple[PastTurn, ...]:
        """The last turns of a conversation, oldest first."""

    async def corrections(self, limit: int) -> tuple[Review, ...]:
        """Corrected ones that were not exported yet, oldest first."""


class ReviewStore(ReviewReader, Protocol):
    """What may be written about reviews."""

    async def keep(self, review: Review) -> None:
        """Store a new one; one whose id is there already is left alone."""

    async def settle(
        self, review: Review, state: ReviewState, corrected: str, by: str, at: datetime
    ) -> bool:
        """Settle one that is open; False if somebody was faster."""

    async def put_off(self, review: Review, at: datetime) -> None:
        """Move it behind the others."""

    async def answered(self, review: Review, by: str, at: datetime) -> bool:
        """Note who writes to the customer; False if somebody did before."""

    async def is_promised(self, conversation: ConversationId) -> bool:
        """Tell whether a customer was promised a person and has not been handed over yet."""

    async def promised(self, limit: int) -> tuple[Review, ...]:
        """Reviews whose customer was promised a person and has not been handed over yet."""

    async def handed_over(self, reviews: Sequence[ReviewId], at: datetime) -> None:
        """Note that their customers have been given to a person."""

    async def exported(self, reviews: Sequence[ReviewId], at: datetime) -> None:
        """Note that they were exported."""
