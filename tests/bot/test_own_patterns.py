"""The house's own patterns: none tries every way to part a run of one word, as (嗯+|好)+ does."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

# As in bot/patterns.py: the parser that `re` itself uses; there is no public one.
from re import _constants as code  # type: ignore[attr-defined]  # not public
from re import _parser as parser  # type: ignore[attr-defined]  # not public
from typing import Any

import actions
import bot
import desk

_ENDLESS = (code.MAX_REPEAT, code.MIN_REPEAT)


def own_patterns() -> Iterator[tuple[str, str]]:
    """Each compiled pattern that stands in a module, with its place."""
    for package in (actions, bot, desk):
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if each.name.endswith("__main__") or ".migrations" in each.name:
                continue
            for name, found in vars(importlib.import_module(each.name)).items():
                if isinstance(found, re.Pattern) and isinstance(found.pattern, str):
                    yield f"{each.name}.{name}", found.pattern


def is_endless(item: Any) -> bool:
    name, of = item
    return name in _ENDLESS and of[1] is parser.MAXREPEAT


def parted(items: Any) -> bool:
    """Whether a repeat without bound has a part that is nothing but such a repeat."""
    for name, of in items:
        if is_endless((name, of)) and any(
            len(way) == 1 and is_endless(way[0]) for way in _ways(of[2])
        ):
            return True
        if any(map(parted, _lists(of))):
            return True
    return False


def _ways(body: Any) -> list[Any]:
    """The ways of a body: those of its branch, where it is just one in a group."""
    if len(body) == 1 and body[0][0] is code.SUBPATTERN:
        return _ways(body[0][1][3])
    if len(body) == 1 and body[0][0] is code.BRANCH:
        return [way for each in body[0][1][1] for way in _ways(each)]
    return [body]


def _lists(of: Any) -> Iterator[Any]:
    """The sequences inside an item of the parser's tree."""
    if isinstance(of, parser.SubPattern):
        yield of
    elif isinstance(of, list | tuple):
        for each in of:
            yield from _lists(each)


def test_no_pattern_of_the_house_parts_a_run_in_every_way() -> None:
    assert [place for place, pattern in own_patterns() if parted(parser.parse(pattern))] == []


def test_such_a_pattern_is_noticed() -> None:
    assert parted(parser.parse(r"^(?:嗯+|好的?|哦)*(?:写|填)"))
    assert not parted(parser.parse(r"^(?:嗯|好的?|哦)*+(?:写|填)"))
