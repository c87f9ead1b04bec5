"""Walks a list of changes so that nothing is lost while the list moves."""

from collections.abc import AsyncIterator, Awaitable, Callable

from integrations.wild import Wild

A_PAGE = 100

Ask = Callable[[int, int, int], Awaitable[Wild]]
"""Asks for one page (from 0) of what changed between two moments (Unix seconds, inclusive)."""


async def pages(
    ask: Ask, since: int, until: int, rows: str, most: int
) -> AsyncIterator[tuple[Wild, ...]]:
    """Yield all pages of a window sorted by change, oldest first in each, the last page first.

    Who changes meanwhile leaves the window, and all after them move forward: read backwards, they
    are met twice rather than never. A window of more than `most` rows is read in halves.
    """
    first = await ask(since, until, 0)
    total = first["total"].whole()
    if total > most and until - since > 1:
        middle = (since + until) // 2
        for start, end in ((since, middle), (middle, until)):
            async for page in pages(ask, start, end, rows, most):
                yield page
        return
    last = max(0, total - 1) // A_PAGE
    for number in range(last, -1, -1):
        answer = first if last == 0 else await ask(since, until, number)
        yield tuple(answer[rows])
