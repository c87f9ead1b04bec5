"""What was solved long enough ago is closed for good, once, whoever looks."""

from desk.books import Library
from desk.commands import Outcome
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock
from desk.tickets.actors import BOT
from desk.tickets.closing.commands import CloseTicket

_AT_ONCE = 50


class ClosingDesk:
    """Closes tickets; `run` may be called as often as one likes, by many at once."""

    def __init__(self, library: Library, handbook: Handbook, clock: Clock) -> None:
        self._library, self._handbook, self._clock = library, handbook, clock

    async def run(self) -> int:
        """Close what is to be closed by now; count it."""
        closed = 0
        while handful := await self._close():
            closed += handful
        return closed

    async def _close(self) -> int:
        before = self._clock.now() - self._handbook.terms.close_after
        async with self._library.open() as books:
            found = await books.tickets.to_close(before, _AT_ONCE)
            work = Work(books, self._handbook, self._clock)
            for each in found:
                seed = f"close:{each.number}:{each.version}"
                outcome = Outcome(do=(CloseTicket(each.number, BOT),))
                await work.settle(outcome, None, None, seed)
            return len(found)
