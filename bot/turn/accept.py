"""Accept: what comes in is stored before anybody is told that it has arrived."""

from collections.abc import Sequence

from bot.wakes import Wakes
from desk.books import Library
from desk.conversations.incoming import Incoming
from desk.kernel.clock import Clock


class Reception:
    """The Door of the callbacks: stores, then wakes whoever works it."""

    def __init__(self, library: Library, wakes: Wakes, clock: Clock) -> None:
        self._library, self._wakes, self._clock = library, wakes, clock

    async def messages(self, messages: Sequence[Incoming]) -> None:
        """Store messages (the same one twice is one row) and wake the worker."""
        async with self._library.open() as books:
            new = await books.inbox.put(messages, self._clock.now())
        if new:
            self._wakes.ring("turns")

    async def doorbell(self, account: str, knock: str) -> None:
        """Note that a KF account has news and wake the puller."""
        async with self._library.step() as books:
            await books.pulls.rang(account, knock, self._clock.now())
        self._wakes.ring("pulls")
