"""Old lines of the rules' run log are deleted, a few at a time."""

from datetime import timedelta

from desk.books import Library
from desk.kernel.clock import Clock

KEPT_FOR = timedelta(days=180)
"""As far back as a customer's risks are counted."""
_AT_ONCE = 1000


async def forget_old_runs(library: Library, clock: Clock) -> None:
    """Delete the runs and windows that nobody needs any more."""
    before = clock.now() - KEPT_FOR
    gone = _AT_ONCE
    while gone >= _AT_ONCE:
        async with library.step() as books:
            gone = await books.rules.prune(before, _AT_ONCE)
