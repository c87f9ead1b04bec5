"""Patterns that could keep everybody waiting are refused by their shape, good ones are not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.patterns import LONGEST, why_refused

FINE = (
    r"[0-9A-Z]{15,20}",
    r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,80}\.[A-Za-z]{2,10}",
    r"[^@\s]+@[^@\s]+\.[^@\s]+",
    r"([A-Za-z0-9-]+\.)+com",
    r"(?:SF|YT)?\d{12,15}",
    r"1[3-9]\d{9}",
    r"[一-龥·]{2,20}",
    r"(a|b)*c",
    r"(ab|cd){1,5}",
    r".*号.*",
    r"\d{4}-\d{2}-\d{2}",
)
DANGEROUS = (
    r"(a+)+",
    r"(a|a)+b",
    r"(\w+\s?)+x",
    r"(x+x+)+y",
    r"(a*)*b",
    r"\d*\d*\d*x",
    r"(.*)(.*)(.*)x",
    r"(a?){20}a{20}",
    r"(ab|cd){1,40}",
    r"(?i)a+A+A+x",
    r"(a{0,50}){0,50}b",
    r"([a-z]x?|[b-y]x?)+!",
    r"(\d+|[０-９]+)+x",
)


@pytest.mark.parametrize("pattern", FINE)
def test_what_shops_write_is_taken(pattern: str) -> None:
    assert why_refused(pattern) == ""


@pytest.mark.parametrize("pattern", DANGEROUS)
def test_what_may_be_tried_in_too_many_ways_is_refused(pattern: str) -> None:
    assert "太绕了" in why_refused(pattern)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(", "不是有效的正则表达式"),
        (r"(.)\1", "回引"),
        ("(?=a)b", "环视"),
        ("(?<!a)b", "环视"),
        ("a*", "空着也算符合"),
        ("", "空着也算符合"),
    ],
)
def test_what_cannot_be_judged_or_asks_for_nothing_is_refused(pattern: str, why: str) -> None:
    assert why in why_refused(pattern)


def test_deep_nesting_is_judged_at_once() -> None:
    assert "太绕了" in why_refused("(" * 24 + "a" + ")+" * 24)


_ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\w", r"\d", "(?i:a)"])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["+", "*", "?", "{2,9}", "{1,}", "+?"])).map(
            lambda pair: f"({pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(_PATTERNS)
def test_whatever_is_taken_comes_to_an_end_with_the_longest_text(pattern: str) -> None:
    """A pattern that was taken wrongly would not come back here before the test's time is over."""
    if why_refused(pattern):
        return
    for text in ("a" * LONGEST, "ab" * (LONGEST // 2), "a" * (LONGEST - 1) + "!"):
        found = re.fullmatch(pattern, text)
        assert found is None or found.end() == LONGEST
