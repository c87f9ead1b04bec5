"""First letters of pinyin for the name of a thing: xbx is 学步鞋."""

from collections.abc import Sequence

from desk.shops.titles import Title

_END, _START, _INSIDE = 790, 740, 660
_SHORTEST, _LONGEST = 2, 8


def by_initials(thing: str, titles: Sequence[Sequence[Title]]) -> dict[int, int]:
    """Score the places of titles with a word whose syllables begin so, best at its end."""
    if not (thing.isascii() and thing.isalpha() and _SHORTEST <= len(thing) <= _LONGEST):
        return {}
    scores: dict[int, int] = {}
    for at, each in enumerate(titles):
        best = max((_score(thing, word) for title in each for word in title.initials), default=0)
        if best:
            scores[at] = best
    return scores


def _score(letters: str, initials: str) -> int:
    if letters not in initials:
        return 0
    if initials.endswith(letters):
        return _END
    return _START if initials.startswith(letters) else _INSIDE
