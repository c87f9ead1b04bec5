"""How characters sound: typos on a phone's keyboard are characters that sound alike."""

import re
from collections.abc import Callable
from functools import cache

Readings = Callable[[str], tuple[str, ...]]
"""Gives the syllable of each character of a Chinese text, without tones: 学步 → (xue, bu).

As many syllables as characters; "" for a character that has none.
"""

_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASAL = re.compile(r"(?<=[aei])ng$")


def no_readings(text: str) -> tuple[str, ...]:
    """Know no character's sound: what is written is compared only."""
    return ("",) * len(text)


@cache
def as_heard(syllable: str) -> str:
    """The syllable as many people say and type it: zhi as zi, bing as bin."""
    for written, heard in _MERGED:
        syllable = syllable.replace(written, heard, 1) if syllable.startswith(written) else syllable
    return _NASAL.sub("n", syllable)
