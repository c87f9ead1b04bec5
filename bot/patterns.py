"""Patterns that a customer's text can be held against without anybody waiting for the end.

Python's `re` tries every way in which a pattern may fit. The number of ways is bounded from above
for the longest text that there is, by the pattern's shape, without running it; a pattern with too
many is refused.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import reduce

# The parser that `re` itself uses; there is no public one.
from re import _compiler as compiler  # type: ignore[attr-defined]  # not public
from re import _constants as code  # type: ignore[attr-defined]  # not public
from re import _parser as parser  # type: ignore[attr-defined]  # not public
from typing import Any

LONGEST = 2048
"""Characters of the longest text that a customer can send: WeCom's limit in bytes."""
MOST_WAYS = 5_000
"""Each is tried in at most `LONGEST` steps; ten million steps take a fraction of a second."""

_ENDLESS = 10**12
_SAMPLE = frozenset(
    [*map(chr, range(0x100)), *map(chr, range(0x2000, 0x2030)), *"　、。中国一龥鿿０９Ａｚ٣é𠀀"]
)
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_CHARACTERS = (code.LITERAL, code.NOT_LITERAL, code.IN, code.ANY)
_EITHER = (re.NOFLAG, re.IGNORECASE | re.DOTALL)

Item = tuple[Any, Any]
First = tuple[frozenset[str], bool]
"""The characters that a part begins with, and whether it may be empty."""


def why_refused(pattern: str) -> str:
    """Why a pattern cannot be used, in Chinese; "" for one that can."""
    try:
        parsed = parser.parse(pattern)
        ways = most_ways(parsed)
    except (re.error, OverflowError, RecursionError) as error:
        return f"不是有效的正则表达式：{error}"
    except _NotJudged:
        return "用了回引、环视或条件分支，这里不支持；换成普通写法"
    if ways > MOST_WAYS:
        return "太绕了，遇到长文字会算很久：别在重复里再套重复，次数写明上限，如 {1,20}"
    if re.fullmatch(pattern, ""):
        return "空着也算符合，等于没有要求；至少要有一个字，如把 * 改成 +"
    return ""


class _NotJudged(Exception):
    """The pattern has something whose ways are not counted."""


def most_ways(parsed: Sequence[Item]) -> int:
    """An upper bound of the ways in which a text of `LONGEST` characters may be tried."""
    return _Judge(_SAMPLE | _named(parsed)).ways(parsed, frozenset())


class _Judge:
    """Judges parts of one pattern; characters beyond `alphabet` are like one in it."""

    def __init__(self, alphabet: frozenset[str]) -> None:
        self._alphabet = alphabet

    def ways(self, items: Sequence[Item], after: frozenset[str]) -> int:
        """The ways of a sequence, where something that begins with one of `after` may follow."""
        product = 1
        for item in reversed(items):
            product = min(product * self._of_one(item, after), _ENDLESS)
            begins, may_be_empty = self._first_of_one(item)
            after = begins | after if may_be_empty else begins
        return product

    def _of_one(self, item: Item, after: frozenset[str]) -> int:
        name, of = item
        if name in _REPEATS:
            return self._repeated(of[0], min(int(of[1]), LONGEST), of[2], after)
        if name is code.BRANCH:
            return sum(self.ways(each, after) for each in of[1])
        inner = _inner(item)
        return self.ways(inner, after) if inner is not None else 1

    def _repeated(self, least: int, most: int, body: Sequence[Item], after: frozenset[str]) -> int:
        begins, may_be_empty = self._first(body)
        each = self.ways(body, after | begins)
        if each > 1 and most > 1:
            each = min(each, _ENDLESS) ** min(most, 40)
        # Where it ends is clear if what follows cannot begin as it does: then one end is tried.
        is_clear = not may_be_empty and not begins & after
        return min(each * (1 if is_clear else most - least + 1), _ENDLESS)

    def _first(self, items: Sequence[Item]) -> First:
        begins: frozenset[str] = frozenset()
        for item in items:
            these, may_be_empty = self._first_of_one(item)
            begins |= these
            if not may_be_empty:
                return begins, False
        return begins, True

    def _first_of_one(self, item: Item) -> First:
        name, of = item
        if name in _CHARACTERS:
            return _members(item, self._alphabet), False
        if name in _REPEATS:
            begins, may_be_empty = self._first(of[2])
            return begins, may_be_empty or of[0] == 0
        if name is code.BRANCH:
            parts = [self._first(each) for each in of[1]]
            begins = reduce(frozenset.union, (each for each, _ in parts))
            return begins, any(empty for _, empty in parts)
        return self._first(_inner(item) or ())


def _inner(item: Item) -> Sequence[Item] | None:
    """What stands inside a group; None for what has no inside."""
    name, of = item
    if name in (code.SUBPATTERN, code.ATOMIC_GROUP):
        inside: Sequence[Item] = of[3] if name is code.SUBPATTERN else of
        return inside
    if name in (*_CHARACTERS, code.AT):
        return None
    raise _NotJudged


def _members(item: Item, alphabet: frozenset[str]) -> frozenset[str]:
    """The characters that a part of one character fits, whichever flags hold there."""
    found: set[str] = set()
    for flags in _EITHER:
        state = parser.State()
        state.flags = flags | re.UNICODE
        fits = compiler.compile(parser.SubPattern(state, [item]), flags)
        found |= {each for each in alphabet if fits.fullmatch(each)}
    return frozenset(found)


def _named(items: Any) -> frozenset[str]:  # noqa: ANN401  a tree of the parser's
    """The characters that a pattern names, the ends of its ranges too, in both cases."""
    if isinstance(items, tuple) and items and items[0] in (code.LITERAL, code.NOT_LITERAL):
        return _kin(items[1])
    if isinstance(items, tuple) and items and items[0] is code.RANGE:
        return _kin(items[1][0]) | _kin(items[1][1])
    if isinstance(items, tuple | list | parser.SubPattern):
        return reduce(frozenset.union, map(_named, items), frozenset())
    return frozenset()


def _kin(number: int) -> frozenset[str]:
    each = chr(number)
    alike = (each, each.lower(), each.upper(), unicodedata.normalize("NFKC", each))
    return frozenset(form[:1] for form in alike)
