"""Goods asked for in vain, with those who wait, most wanted first."""

from bot.digests.missing import SHOWN, missing_lines
from bot.phrases import load_phrases
from desk.phrases.book import PhraseBook
from tests.clocks import NOON

BOOK = PhraseBook(load_phrases())


def read(asked: list[tuple[str, int]], waiting: dict[str, int]) -> list[str]:
    return [BOOK.render(each, NOON) for each in missing_lines(asked, waiting)][1:]


def test_who_waits_is_counted_beside_who_asked() -> None:
    assert read([("学步鞋", 3), ("推车", 1)], {"连体衣": 2, "学步鞋": 2}) == [
        "· 学步鞋，问了 3 次，2 人在等到货 → /库存 学步鞋",
        "· 连体衣，2 人在等到货 → /库存 连体衣",
        "· 推车，问了 1 次 → /库存 推车",
    ]


def test_nothing_missed_is_no_line() -> None:
    assert missing_lines([], {}) == ()


def test_only_the_most_wanted_are_told() -> None:
    assert len(read([(f"鞋{n}", n) for n in range(20)], {})) == SHOWN
