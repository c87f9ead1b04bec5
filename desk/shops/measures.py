"""Measures in one unit each: 1.5L is 1500ml, 10公斤 is 10kg, 256G of a phone is 256GB."""

import re
from fractions import Fraction
from typing import NamedTuple

from desk.shops.words import spell

_UNITS = {
    "ml": ("ml", Fraction(1)),
    "毫升": ("ml", Fraction(1)),
    "l": ("ml", Fraction(1000)),
    "升": ("ml", Fraction(1000)),
    "g": ("g", Fraction(1)),
    "gb": ("g", Fraction(1)),
    "tb": ("g", Fraction(1024)),
    "克": ("g", Fraction(1)),
    "kg": ("g", Fraction(1000)),
    "公斤": ("g", Fraction(1000)),
    "千克": ("g", Fraction(1000)),
    "斤": ("g", Fraction(500)),
    "英寸": ("inch", Fraction(1)),
    "寸": ("inch", Fraction(1)),
    "吋": ("inch", Fraction(1)),
    "匹": ("hp", Fraction(1)),
}
"""Grams and gigabytes are both written G; one product has only one of them."""

_MEASURE = re.compile(
    r"(?<![\d.a-z])(\d+(?:\.\d+)?)\s?"
    r"(ml|毫升|l|升|kg|公斤|千克|斤|英寸|寸|吋|匹|tb|gb|g|克)(?![a-z\d])"
)


class Measure(NamedTuple):
    """A number and what it counts: ml, g, inch, hp (匹)."""

    unit: str
    number: Fraction


def measures_of(text: str) -> frozenset[Measure]:
    """Find the measures of a text."""
    return frozenset(_measure(found[1], found[2]) for found in _MEASURE.finditer(spell(text)))


def _measure(number: str, unit: str) -> Measure:
    name, factor = _UNITS[unit]
    return Measure(name, Fraction(number) * factor)
