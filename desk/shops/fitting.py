"""How well a thing fits a title, both written in units (see `units`), in thousandths."""

from collections.abc import Iterator
from dataclasses import dataclass

from desk.shops.units import is_character, is_word

_COVERED = 880
_HEAD, _GOES_ON = 60, -40
"""Not so much that it alone is enough to be sure: not all titles have spaces."""
_SHORT = 20
_ANOTHER_PIECE = 12
_ALONE = 0.4
"""What a single character counts that is somewhere in the title."""
_GENERIC = 0.25
_TAIL_MISSING, _MUCH_COVERED = (0.55, 0.85), 0.75
_EXACT_MISSING = 0.5
_SCRAMBLED = 0.8
_LONGEST_SCRAMBLED = 6


@dataclass(frozen=True, slots=True)
class Text:
    """A title in units. `ends` are the places behind its words, `latin` its words in Latin."""

    units: str
    ends: frozenset[int]
    latin: frozenset[str]


@dataclass(frozen=True, slots=True)
class Thing:
    """What is looked for, in units; `generic` places tell little, `exact` ones must fit."""

    units: str
    generic: frozenset[int] = frozenset()
    exact: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the thing that the title has, as long as may be."""

    start: int
    end: int
    ending: int


def fit(thing: Thing, title: Text) -> int:
    """Tell how well a title fits: all of the thing in it, best at the end of a word.

    Chinese compounds end in what they are: 奶瓶 means the bottle, not 奶瓶清洗液.
    """
    units = thing.units
    if not units or not title.units:
        return 0
    pieces = list(_pieces(units, title))
    ratio, reached = _covered(thing, pieces, title)
    if ratio < _MUCH_COVERED and _nearly(units, title.units):
        return round(_COVERED * _SCRAMBLED * (1 - 0.2 / len(units)))
    if len(units) == 1 and not is_word(units) and not (pieces and pieces[0].ending == _HEAD):
        ratio *= 0.5
    if reached < len(units):
        ratio *= _TAIL_MISSING[ratio >= _MUCH_COVERED]
    score = _COVERED * ratio - _ANOTHER_PIECE * max(0, len(pieces) - 1)
    if pieces and pieces[-1].end == len(units):
        score += pieces[-1].ending
    return max(0, round(score + _SHORT * len(units) / len(title.units)))


def _pieces(units: str, title: Text) -> Iterator[_Piece]:
    at = 0
    while at < len(units):
        end = _longest(units, at, title.units)
        if end - at >= 2 or (end > at and (is_word(units[at]) or len(units) == 1)):
            yield _Piece(at, end, _ending(units[at:end], title))
            at = end
        else:
            at += 1


def _longest(units: str, start: int, title: str) -> int:
    end = start
    while end < len(units) and units[start : end + 1] in title:
        end += 1
    return end


def _ending(piece: str, title: Text) -> int:
    """What speaks for a piece where it ends: a word ends with it, or a model's name goes on."""
    goes_on = False
    place = title.units.find(piece)
    while place >= 0:
        end = place + len(piece)
        if is_word(piece[-1]) and title.units[end : end + 1] in title.latin:
            goes_on = True  # 15 Pro Max is not what 15 means.
        elif end in title.ends:
            return _HEAD
        place = title.units.find(piece, place + 1)
    return _GOES_ON if goes_on else 0


def _covered(thing: Thing, pieces: list[_Piece], title: Text) -> tuple[float, int]:
    """The share of the thing that the title has, and where the last of it ends."""
    inside = {at for piece in pieces for at in range(piece.start, piece.end)}
    total = covered = 0.0
    reached = 0
    for at, unit in enumerate(thing.units):
        weight = _GENERIC if at in thing.generic else 1.0
        total += weight
        if at in inside:
            covered += weight
            reached = at + 1
        elif is_character(unit) and unit in title.units:
            covered += _ALONE * weight
            reached = at + 1
    ratio = covered / total
    missing = any(at not in inside for at in thing.exact)
    return ratio * (_EXACT_MISSING if missing else 1), reached


def _nearly(units: str, title: str) -> bool:
    """Whether the title has the same characters in another order, or one more between them."""
    size = len(units)
    if not 2 <= size <= _LONGEST_SCRAMBLED or any(unit not in title for unit in units):
        return False
    wanted = sorted(units)
    if size > 2 and any(
        sorted(title[at : at + size]) == wanted for at in range(len(title) - size + 1)
    ):
        return True
    return any(
        title[at] == units[0]
        and title[at + size] == units[-1]
        and _in_order(units, title[at : at + size + 1])
        for at in range(len(title) - size)
    )


def _in_order(units: str, window: str) -> bool:
    rest = iter(window)
    return all(unit in rest for unit in units)
