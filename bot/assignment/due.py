"""Settles offers that are due, each once however many processes try."""

from desk.assignment.commands import LapseOffer
from desk.books import Library
from desk.commands import Outcome
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock

_AT_ONCE = 200
"""Offers in one go: what is more goes on at the next tick."""


class OfferDesk:
    """Settles what is due; `run` is what the ticker calls, as often as it likes."""

    def __init__(
        self,
        library: Library,
        handbook: Handbook,
        clock: Clock,
    ) -> None:
        self._library, self._staff = library, handbook.staff
        self._handbook, self._clock = handbook, clock

    async def run(self) -> int:
        """Settle what is due; count it. Nothing while it is not known who works here."""
        if not self._staff.is_whole:
            return 0
        done = 0
        while done < _AT_ONCE and await self._settle_one():
            done += 1
        return done

    async def _settle_one(self) -> bool:
        """Claim and settle in one transaction: a crash in between does nothing, or it once."""
        async with self._library.open() as books:
            due = await books.assignments.claim_due(self._clock.now())
            if due is None:
                return False
            work = Work(books, self._handbook, self._clock)
            offer = due.offer
            seed = f"offer:{offer.id}:{offer.due_at.isoformat()}"
            await work.settle(Outcome(do=(LapseOffer(due),)), None, None, seed)
        return True
