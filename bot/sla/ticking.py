"""What the ticker calls for tickets: late ones are told of, each step once, whoever looks."""

from collections.abc import Sequence

from bot.sla.sweep import Errand, Sweep
from desk.books import Books, Library
from desk.commands import Outcome
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock

_AT_ONCE = 50


class SlaDesk:
    """Sweeps deadlines and ladders; `run` may be called as often as one likes, by many at once."""

    def __init__(
        self,
        library: Library,
        handbook: Handbook,
        clock: Clock,
    ) -> None:
        self._library, self._handbook, self._clock = library, handbook, clock
        self._staff, self._terms = handbook.staff, handbook.terms

    async def run(self) -> int:
        """Do what is due; count the steps that were taken.

        Each handful is claimed, written down and put into the outbox in one transaction: a crash
        in between tells nobody, or nobody twice.
        """
        if not self._staff.is_whole:
            return 0  # Who is told may not be known yet, shortly after the start: it stays due.
        while await self._judge() == _AT_ONCE:
            pass
        taken = 0
        while step := await self._steps():
            taken += step
        return taken

    async def _judge(self) -> int:
        async with self._library.open() as books:
            sweep = Sweep(books, self._staff, self._terms, self._clock.now())
            judged = await sweep.deadlines(_AT_ONCE)
            await self._settle(books, sweep.late)
            return judged

    async def _steps(self) -> int:
        async with self._library.open() as books:
            sweep = Sweep(books, self._staff, self._terms, self._clock.now())
            errands = await sweep.steps(_AT_ONCE)
            await self._settle(books, errands)
            return len(errands)

    async def _settle(self, books: Books, errands: Sequence[Errand]) -> None:
        work = Work(books, self._handbook, self._clock)
        for each in errands:
            if each.do:
                await work.settle(Outcome(do=each.do), None, None, each.seed)
