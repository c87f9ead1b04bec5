"""First letters of pinyin for the name of a thing: xbx is 学步鞋."""

from collections import defaultdict
from collections.abc import Sequence

from desk.shops.titles import Title

_END, _START, _INSIDE = 790, 740, 660
_SHORTEST, _LONGEST = 2, 8


class Initials:
    """The initials of all titles, arranged for finding."""

    def __init__(self, titles: Sequence[Sequence[Title]]) -> None:
        self._words = [[word for title in each for word in title.initials] for each in titles]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(self._words):
            for pair in {word[it : it + 2] for word in words for it in range(len(word) - 1)}:
                self._places[pair].append(at)

    def scores(self, thing: str) -> dict[int, int]:
        """Score the places of titles with a word whose syllables begin so, best at its end."""
        if not (thing.isascii() and thing.isalpha() and _SHORTEST <= len(thing) <= _LONGEST):
            return {}
        pairs = (thing[it : it + 2] for it in range(len(thing) - 1))
        places = min((self._places.get(pair, []) for pair in pairs), key=len)
        scores = {at: max(_score(thing, word) for word in self._words[at]) for at in places}
        return {at: score for at, score in scores.items() if score}


def _score(letters: str, initials: str) -> int:
    if letters not in initials:
        return 0
    if initials.endswith(letters):
        return _END
    return _START if initials.startswith(letters) else _INSIDE
