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
    """What speaks for and against a title besides how well the wish's name fits it.

    `names_part`: the wish names an accessory. `must`: of each of these lists the title has one.
    """

    facts: Facts
    names_part: bool
    must: tuple[tuple[str, ...], ...]

    def weigh(self, score: int, title: Title) -> int:
        """The score (thousandths, at least 0) of a title with all that."""
        if not score:
            return 0
        if title.is_part != self.names_part:
            score -= _PART if title.is_part else _WHOLE
        score += _facts_agree(self.facts, title.facts)
        if not all(any(name in title.letters for name in names) for names in self.must):
            score = round(score * _NOT_IT)
        return max(0, score)


def agreement(wish: Wish, ways: tuple[str, ...], vocabulary: Vocabulary) -> Agreement:
    """Read what has to agree off a wish, said in any of these ways."""
    said = letters(wish.thing)
    parts = vocabulary.parts | vocabulary.spares
    must = [word for word in vocabulary.must if occurs(word, said)]
    return Agreement(
        facts=wish.facts,
        names_part=any(part in way for way in ways for part in parts),
        must=tuple(
            tuple(letters(name) for name in (word, *vocabulary.aliases.get(word, ())))
            for word in must
        ),
    )


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
