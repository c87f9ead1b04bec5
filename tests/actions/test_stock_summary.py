"""Stock of many shops is told together, so that it fits a phone."""

from dataclasses import replace

import pytest

from actions.stock_summary import StockAnswer, summary, told_together
from bot.phrases import load_phrases
from desk.kernel.money import Fen
from desk.phrases.book import PhraseBook
from desk.shops.answers import Answer, AnswerState, Why
from desk.shops.port import ItemId, SkuStock
from tests.clocks import NOON

BOOK = PhraseBook(load_phrases())
SIZES = ("20", "21", "22", "23")


def sku(shop: str, colour: str, size: str, count: int, price: int = 16900) -> SkuStock:
    kind = (("颜色", colour), ("尺码", size))
    return SkuStock(ItemId(shop, "1"), f"{colour}{size}", kind, count, Fen(price))


def shop(name: str, *skus: SkuStock) -> StockAnswer:
    return Answer(name, name, AnswerState.FRESH, skus, NOON)


def full(name: str, count: int = 2, price: int = 16900) -> StockAnswer:
    colours = ("粉色", "米白")
    kinds = (sku(name, colour, size, count, price) for colour in colours for size in SIZES)
    return shop(name, *kinds)


def said(answers: tuple[StockAnswer, ...], *wanted: str) -> str:
    return "\n".join(BOOK.render(each, NOON) for each in summary(answers, wanted))


def test_many_kinds_are_named_once_and_pieces_by_shop() -> None:
    assert said((full("有赞"), full("天猫", 3), full("京东", 1))) == (
        "3 家店都有货，¥169（今天 12:00）\n"
        "　粉色、米白；20、21、22、23\n"
        "　有赞 16 件、天猫 24 件、京东 8 件"
    )


def test_one_kind_is_a_row_of_shops_and_who_has_none_is_named() -> None:
    gone = shop("京东", sku("京东", "粉色", "22", 0))
    assert said((full("有赞"), full("天猫", 3), gone), "粉色", "22") == (
        "2 家店有货，¥169（今天 12:00）\n　有赞 2 件、天猫 3 件\n　没货：京东"
    )


def test_a_few_kinds_are_a_row_each() -> None:
    some = shop("京东", sku("京东", "米白", "22", 5))
    assert said((full("有赞"), full("天猫", 3), some), "22") == (
        "3 家店都有货，¥169（今天 12:00）\n"
        "　粉色：有赞 2 件、天猫 3 件\n"
        "　米白：有赞 2 件、天猫 3 件、京东 5 件"
    )


def test_one_kind_is_one_kind_by_whatever_names_and_order_a_shop_has_it() -> None:
    pink = sku("京东", "粉色", "22", 6)
    other = replace(pink, properties=(("鞋码", "22"), ("颜色分类", "粉色")))
    assert said((full("有赞"), full("天猫", 3), shop("京东", other)), "粉色", "22") == (
        "3 家店都有货，¥169（今天 12:00）\n　有赞 2 件、天猫 3 件、京东 6 件"
    )


def test_prices_that_differ_are_told_from_the_lowest() -> None:
    cheap = full("拼多多", price=15900)
    assert said((full("有赞"), full("天猫"), cheap), "粉色", "22").startswith(
        "3 家店都有货，¥159 起（今天 12:00）"
    )


def test_nothing_left_anywhere_is_one_line() -> None:
    assert said((full("有赞", 0), full("天猫", 0), full("京东", 0))) == "3 家店都没货了"


@pytest.mark.parametrize("state", [AnswerState.STALE, AnswerState.UNREACHABLE])
def test_only_fresh_answers_are_told_together(state: AnswerState) -> None:
    old = replace(full("京东"), state=state, why=Why.UNAVAILABLE)
    two = (full("有赞"), full("天猫"))

    assert told_together((*two, old)) == ()
    assert told_together((*two, full("抖音"), old)) == (*two, full("抖音"))
