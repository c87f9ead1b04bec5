"""What the ticker calls for tickets: late ones are told of, each step once, whoever looks."""

from bot.sla.sweep import Sweep
from desk.books import Library
from desk.commands import Outcome
from desk.coupons.model import CouponPolicy
from desk.front import Work
from desk.kernel.clock import Clock
from desk.sla.terms import Terms
from desk.staff.directory import StaffDirectory

_AT_ONCE = 50


class SlaDesk:
    """Sweeps deadlines and ladders; `run` may be called as often as one likes, by many at once."""

    def __init__(
        self,
        library: Library,
        staff: StaffDirectory,
        policies: tuple[CouponPolicy, ...],
        clock: Clock,
        terms: Terms,
    ) -> None:
        self._library, self._staff = library, staff
        self._policies, self._clock, self._terms = policies, clock, terms

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
            return await Sweep(books, self._staff, self._terms, self._clock.now()).deadlines(
                _AT_ONCE
            )

    async def _steps(self) -> int:
        async with self._library.open() as books:
            sweep = Sweep(books, self._staff, self._terms, self._clock.now())
            errands = await sweep.steps(_AT_ONCE)
            work = Work(books, self._staff, self._policies, self._clock, self._terms)
            for each in errands:
                if each.do:
                    await work.settle(Outcome(do=each.do), None, None, each.seed)
            return len(errands)
