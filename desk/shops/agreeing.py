"""What must agree besides the name: stage, size, capacity, number, brand; and no accessories."""

from dataclasses import dataclass

from desk.shops.titles import Title
from desk.shops.vocabulary import Vocabulary
from desk.shops.wish import Facts, Wish, occurs
from desk.shops.words import letters

_AGREES, _DISAGREES = 90, 500
_NOT_IT = 0.5
_PART, _WHOLE = 330, 130


@dataclass(frozen=True, slots=True)
class Agreement:
    """Weighs the scores of titles for one wish, said in any of these ways."""

    wish: Wish
    ways: tuple[str, ...]
    vocabulary: Vocabulary

    def weigh(self, score: int, title: Title) -> int:
        """The score (thousandths, at least 0) with all that speaks for and against the title."""
        if not score:
            return 0
        if title.is_part != self._names_part():
            score -= _PART if title.is_part else _WHOLE
        score += _facts_agree(self.wish.facts, title.facts)
        if not self._carries_what_it_must(title):
            score = round(score * _NOT_IT)
        return max(0, score)

    def _names_part(self) -> bool:
        words = self.vocabulary.parts | self.vocabulary.spares
        return any(word in way for word in words for way in self.ways)

    def _carries_what_it_must(self, title: Title) -> bool:
        said = letters(self.wish.thing)
        return all(
            self._carries(word, title) for word in self.vocabulary.must if occurs(word, said)
        )

    def _carries(self, word: str, title: Title) -> bool:
        names = (word, *self.vocabulary.aliases.get(word, ()))
        return any(letters(name) in title.letters for name in names)


def _facts_agree(wanted: Facts, offered: Facts) -> int:
    weight = 0
    units = {each.unit for each in wanted.measures}
    measures = frozenset(each for each in offered.measures if each.unit in units)
    for ours, theirs in (
        (wanted.stages, offered.stages),
        (wanted.sizes, offered.sizes),
        (wanted.measures, measures),
    ):
        if ours and theirs:
            weight += _AGREES if ours & theirs else -_DISAGREES
    return weight
