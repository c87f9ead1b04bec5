"""Writes a text with one character for each unit of meaning, so that all matching is alike.

A Chinese character stands for itself, or for its sound; a word of Latin letters and a number are
one unit each, so that mini4 is not part of mini40.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from difflib import get_close_matches

from desk.shops.readings import Readings, as_heard

_RUN = re.compile(r"\d+(?:\.\d+)?|[a-z]+|[\u4e00-\u9fff]")
_FIRST_SOUND, _FIRST, _LAST = 0xE000, 0xF0000, 0x10FFFD
"""Unicode's private planes: no spelled text of a customer or a shop has these characters."""
UNKNOWN, UNKNOWN_NUMBER = chr(_LAST), chr(_LAST - 1)
"""A Latin word, and a number, that no title has."""

_MEAN_PART = 2
"""Letters that the parts of a run must have on the average: xbx is not x, b and x."""
_SHORTEST_TYPO = 5
_TYPO = 0.8
_LONGEST = 20


class Units:
    """The units of one catalogue; learns those of titles, and reads questions with them."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._of_run: dict[str, str] = {}
        self._of_syllable: dict[str, str] = {}
        self._numbers = {UNKNOWN_NUMBER}
        self._exact = {UNKNOWN_NUMBER}
        self._syllables: set[str] = set()
        self._runs_from: defaultdict[str, list[str]] = defaultdict(list)

    def learn(self, spelled: str) -> str:
        """Write a title's word (as `spell` leaves it), and keep its Latin words and numbers."""
        return "".join(
            run if _is_chinese(run) else self._learn_run(run) for run in _RUN.findall(spelled)
        )

    def is_number(self, unit: str) -> bool:
        """Tell whether a unit is a number."""
        return unit in self._numbers

    def is_exact(self, unit: str) -> bool:
        """Tell whether a title must have the unit: a number, or a Latin word that others have."""
        return unit in self._exact

    def heard(self, units: str) -> str:
        """Write units by their sounds; the sounds are learnt."""
        return "".join(map(self._heard_one, units, self._readings(units)))

    def initials(self, units: str) -> str:
        """The first letter of each character's syllable."""
        return "".join(syllable[:1] for syllable in self._readings(units))

    def read(self, spelled: str) -> str:
        """Write a question; Latin letters that no title has may be joined, parted or mistyped."""
        runs = list(self._joined(_RUN.findall(spelled)))
        return "".join(map(self._read_one, runs))

    def read_heard(self, spelled: str) -> str:
        """Write a question by its sounds; Latin letters that no title has may be pinyin."""
        units: list[str] = []
        for run in self._joined(_RUN.findall(spelled)):
            if _is_chinese(run):
                units.append(self.heard(run))
            elif run in self._of_run or not run.isalpha():
                units.append(self._read_one(run))
            else:
                syllables = parted(run, self._syllables)
                units.append("".join(map(self._sound, syllables)) or self._read_one(run))
        return "".join(units)

    def _joined(self, runs: list[str]) -> Iterator[str]:
        """Latin words that titles write as one: pro max where a title has ProMax."""
        at = 0
        while at < len(runs):
            both = runs[at] + runs[at + 1] if at + 1 < len(runs) else ""
            if both.isascii() and both in self._of_run and runs[at].isalpha():
                yield both
                at += 2
            else:
                yield runs[at]
                at += 1

    def _read_one(self, run: str) -> str:
        if _is_chinese(run):
            return run
        if known := self._of_run.get(run):
            return known
        if not run.isalpha():
            return UNKNOWN_NUMBER
        parts = parted(run, self._of_run)
        if parts and len(run) >= _MEAN_PART * len(parts):
            return "".join(self._of_run[part] for part in parts)
        return self._of_run.get(self._mistyped(run), "") or UNKNOWN

    def _mistyped(self, run: str) -> str:
        if len(run) < _SHORTEST_TYPO:
            return run
        alike = self._runs_from.get(run[0], ())
        return next(iter(get_close_matches(run, alike, 1, _TYPO)), run)

    def _learn_run(self, run: str) -> str:
        if known := self._of_run.get(run):
            return known
        unit = self._of_run[run] = self._new()
        if not run.isalpha():
            self._numbers.add(unit)
        if len(run) > 1 or not run.isalpha():
            self._exact.add(unit)
        if run.isalpha() and len(run) >= _SHORTEST_TYPO - 1:
            self._runs_from[run[0]].append(run)
        return unit

    def _heard_one(self, unit: str, syllable: str) -> str:
        if not syllable:
            return unit
        self._syllables.add(syllable)
        return self._sound(syllable)

    def _sound(self, syllable: str) -> str:
        heard = as_heard(syllable)
        return self._of_syllable.setdefault(heard, chr(_FIRST_SOUND + len(self._of_syllable)))

    def _new(self) -> str:
        return chr(min(_FIRST + len(self._of_run), _LAST - 2))


def is_word(unit: str) -> bool:
    """Tell whether a unit is a Latin word or a number."""
    return ord(unit) >= _FIRST


def is_character(unit: str) -> bool:
    """Tell whether a unit is a Chinese character: no Latin word, number or sound."""
    return ord(unit) < _FIRST_SOUND


def parted(run: str, known: Container[str]) -> list[str]:
    """Part a run into known pieces, as few as may be; [] where it cannot be."""
    best: list[list[str] | None] = [[]] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before, piece = best[start], run[start:end]
            if before is None or piece not in known:
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = [*before, piece]
    return best[-1] or []


def _is_chinese(run: str) -> bool:
    return len(run) == 1 and not run.isascii()
