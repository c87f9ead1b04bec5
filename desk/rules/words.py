"""Finds the words of all rules in a text in one pass, however many rules there are."""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

_HAN = r"[\u4e00-\u9fff]"
_BETWEEN = re.compile(rf"(?<={_HAN})[\s·.*_~\-|/\u200b-\u200f\ufeff]+(?={_HAN})")


def plain(text: str) -> str:
    """The text as words are looked for in it: one width, one case, 刷 单 and 刷*单 as 刷单."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


class WordIndex:
    """Words and whose they are, found by their first characters.

    A word of Latin letters or digits counts only where it stands alone: 12315 is not in a number.
    """

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        owners: dict[str, list[int]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word, owner in words:
            owners[plain(word)].append(owner)
            lengths[plain(word)[:1]].add(len(plain(word)))
        self._owners: Mapping[str, Sequence[int]] = owners
        self._lengths = {first: tuple(sorted(each)) for first, each in lengths.items()}

    def find(self, text: str) -> dict[int, list[tuple[int, str]]]:
        """By owner, where in a `plain` text each word begins."""
        found: dict[int, list[tuple[int, str]]] = {}
        lengths, owners = self._lengths, self._owners
        for at, first in enumerate(text):
            for length in lengths.get(first, ()):
                word = text[at : at + length]
                if word in owners and stands_alone(text, at, word):
                    for owner in owners[word]:
                        found.setdefault(owner, []).append((at, word))
        return found


def stands_alone(text: str, at: int, word: str) -> bool:
    """Tell whether a word is no part of a longer one; Chinese words have no such ends."""
    before, after = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 1]
    return not (_joined(before, word[0]) or _joined(word[-1], after))


def _joined(one: str, other: str) -> bool:
    return one.isascii() and one.isalnum() and other.isascii() and other.isalnum()


def outside(text: str, found: Iterable[tuple[int, str]], phrases: Sequence[str]) -> tuple[str, ...]:
    """The words that were found outside of these phrases, each once."""
    covered = sorted(each.span() for one in phrases for each in re.finditer(re.escape(one), text))
    starts = [start for start, _ in covered]
    # How far those reach that begin here or before.
    reach = [0, *accumulate((end for _, end in covered), max)]
    return tuple(
        dict.fromkeys(
            word for at, word in found if reach[bisect_right(starts, at)] < at + len(word)
        )
    )
