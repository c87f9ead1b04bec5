"""The index gives the answer that asking every rule would give, and asks hardly any of them."""

import re
from collections.abc import Mapping, Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from desk.rules.book import Fit, RuleBook
from desk.rules.happenings import On
from desk.rules.model import Rule
from desk.rules.vocabulary import KEYS
from desk.rules.words import WordIndex, outside, plain
from tests.desk.rules.making import rules

LETTERS = "刷单套现a1 。"
VALUES = ("x", "y", "z")
WORDS = st.text("刷单套现a1", min_size=1, max_size=3)
EVENTS = (On.MESSAGE, On.TICKET_OPENED, On.RATED)


@st.composite
def some_rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Rules of every shape."""
    made = []
    for at in range(draw(st.integers(0, 12))):
        on = draw(st.sampled_from(EVENTS))
        keys = draw(st.lists(st.sampled_from(sorted(KEYS[on])), max_size=2, unique=True))
        values = st.frozensets(st.sampled_from(VALUES), min_size=1)
        words = tuple(draw(st.lists(WORDS, max_size=3))) if on is On.MESSAGE else ()
        but_not = tuple(draw(st.lists(WORDS, max_size=2))) if words else ()
        only = {each: draw(values) for each in keys}
        made.append(Rule(f"r{at}", (on,), (), only, words, but_not))
    return tuple(made)


def fits(rule: Rule, on: On, keys: Mapping[str, Sequence[str]], text: str) -> bool:
    """Whether a rule fits, asked of it alone and word by word."""
    if on not in rule.on:
        return False
    if not all(set(keys.get(each, ())) & values for each, values in rule.only.items()):
        return False
    return not rule.words or any(stands(word, plain(text), rule.but_not) for word in rule.words)


def stands(word: str, text: str, but_not: Sequence[str]) -> bool:
    """Whether a word stands somewhere in a text outside of some phrases."""
    ends = r"(?![a-z0-9])" if re.match("[a-z0-9]", word[-1]) else ""
    begins = r"(?<![a-z0-9])" if re.match("[a-z0-9]", word[0]) else ""
    for at in range(len(text)):
        found = re.compile(begins + re.escape(word) + ends).match(text, at)
        if found is None:
            continue
        covers = (
            each.start() <= at and found.end() <= each.end()
            for phrase in but_not
            for each in re.finditer(re.escape(phrase), text)
        )
        if not any(covers):
            return True
    return False


@given(
    some_rules(),
    st.sampled_from(EVENTS),
    st.dictionaries(
        st.sampled_from(("intent", "shop", "kind", "priority", "store", "score")),
        st.lists(st.sampled_from(VALUES), max_size=2),
    ),
    st.text(LETTERS, max_size=30),
)
@example((), On.MESSAGE, {}, "")
def test_the_index_answers_as_every_rule_by_itself(
    made: tuple[Rule, ...], on: On, keys: Mapping[str, Sequence[str]], text: str
) -> None:
    found = RuleBook(made).fitting(on, keys, text)
    assert [each.rule for each in found] == [each for each in made if fits(each, on, keys, text)]


@given(st.lists(WORDS, max_size=8), st.text(LETTERS, max_size=40))
def test_all_words_are_found_in_one_pass_those_inside_of_others_too(
    words: list[str], text: str
) -> None:
    found = WordIndex((word, at) for at, word in enumerate(words)).find(plain(text))
    for at, word in enumerate(words):
        assert bool(found.get(at)) is stands(plain(word), plain(text), ())


def test_words_are_seen_through_blanks_and_signs_but_not_inside_numbers() -> None:
    book = rules("[{id: a, on: message, words: [刷单, 12315, VIP], then: [{say: 好}]}]")

    def words(text: str) -> tuple[str, ...]:
        found = book.fitting(On.MESSAGE, {}, text)
        return found[0].words if found else ()

    assert words("刷 单") == words("刷*单") == words("刷\u200b单") == ("刷单",)
    assert words("我打１２３１５了") == ("12315",)
    assert words("单号2012315888") == ()
    assert words("我是vip") == ("vip",)
    assert words("vipshop的") == ()
    assert words("别刷，单子给我") == words("别刷。单子给我") == ()


def test_a_word_inside_a_harmless_phrase_does_not_count() -> None:
    assert outside("我不是刷单的", [(3, "刷单")], ("不是刷单",)) == ()
    said = "我不是刷单的，你们才刷单"
    assert outside(said, [(3, "刷单"), (10, "刷单")], ("不是刷单",)) == ("刷单",)


def test_they_come_in_the_order_of_the_file() -> None:
    book = rules(
        """
        - {id: c, on: message, then: [{say: 好}]}
        - {id: a, on: message, words: [刷单], then: [{say: 好}]}
        - {id: b, on: message, only: {intent: complaint}, then: [{say: 好}]}
        """
    )
    found = book.fitting(On.MESSAGE, {"intent": ("complaint",)}, "刷单")
    assert [each.rule.id for each in found] == ["c", "a", "b"]
    assert found[1] == Fit(book.rules[1], ("刷单",))
    assert not book.hears(On.RATED)
    assert book.fitting(On.RATED, {}) == ()
