"""Notices who cannot be found among the staff any more: what they have goes to others."""

from datetime import datetime, timedelta

from desk.assignment.commands import DismissStaff
from desk.assignment.service import BOT
from desk.books import Library
from desk.commands import Outcome
from desk.front import Work
from desk.handbook import Handbook
from desk.kernel.clock import Clock

MISSED_FOR = timedelta(minutes=30)
"""Somebody may drop out of the list for a moment, while a department is being moved."""


class GoneDesk:
    """Looks after those who have tickets; `run` is what the ticker calls."""

    def __init__(
        self,
        library: Library,
        handbook: Handbook,
        clock: Clock,
    ) -> None:
        self._library, self._staff = library, handbook.staff
        self._handbook, self._clock = handbook, clock
        self._missed: dict[str, datetime] = {}

    async def run(self) -> int:
        """Hand over what those have who have been missed for long; count them."""
        if not self._staff.is_whole:
            return 0
        now = self._clock.now()
        async with self._library.step() as books:
            holders = await books.assignments.holders()
        missing = [each for each in holders if self._staff.find(each) is None]
        self._missed = {each: self._missed.get(each, now) for each in missing}
        gone = [each for each, since in self._missed.items() if now - since >= MISSED_FOR]
        for userid in gone:
            await self._dismiss(userid, self._missed.pop(userid))
        return len(gone)

    async def _dismiss(self, userid: str, since: datetime) -> None:
        async with self._library.open() as books:
            if userid not in await books.assignments.holders():
                return
            work = Work(books, self._handbook, self._clock)
            seed = f"gone:{userid}:{since.isoformat()}"
            await work.settle(Outcome(do=(DismissStaff(userid, BOT),)), None, None, seed)
