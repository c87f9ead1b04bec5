"""The goods that customers asked for in vain, and how many wait until they are back."""

from collections.abc import Mapping, Sequence

from desk.kernel.messages import Phrase, phrase

SHOWN = 5


def missing_lines(
    asked: Sequence[tuple[str, int]], waiting: Mapping[str, int]
) -> tuple[Phrase, ...]:
    """A line for each product (title), those that most want first; none where nothing is missed.

    `asked`: how often each was asked for in the span; `waiting`: how many people wait for it now.
    """
    times = dict(asked)
    titles = sorted(
        {**times, **waiting}, key=lambda title: -times.get(title, 0) - waiting.get(title, 0)
    )
    lines = tuple(_line(each, times.get(each, 0), waiting.get(each, 0)) for each in titles[:SHOWN])
    return (phrase("digest.missing_title"), *lines) if lines else ()


def _line(title: str, count: int, waiting: int) -> Phrase:
    if not waiting:
        return phrase("digest.missing", title=title, count=count)
    if not count:
        return phrase("digest.awaited", title=title, waiting=waiting)
    return phrase("digest.missing_awaited", title=title, count=count, waiting=waiting)
