"""Begins a surge when tickets come too fast, and ends the one that it began."""

from desk.assignment.commands import SwitchSurge
from desk.assignment.service import BOT
from desk.books import Library
from desk.commands import Outcome
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock


class RushDesk:
    """Watches how fast tickets come; `run` is what the ticker calls."""

    def __init__(
        self,
        library: Library,
        handbook: Handbook,
        clock: Clock,
    ) -> None:
        self._library, self._staff = library, handbook.staff
        self._handbook, self._clock = handbook, clock

    async def run(self) -> bool:
        """Begin or end a surge where it is time; one that people began only they end."""
        rule, now = self._staff.sharing.surge, self._clock.now()
        async with self._library.open() as books:
            opened = await books.presence.opened_since(now - rule.within)
            by = await books.presence.surge_by()
            begins = by is None and opened >= rule.tickets
            ends = by == BOT and opened * 2 < rule.tickets
            if not (begins or ends):
                return False
            work = Work(books, self._handbook, self._clock)
            switch = SwitchSurge(BOT, on=begins)
            await work.settle(Outcome(do=(switch,)), None, None, f"surge:{now.isoformat()}")
        return True
