"""Conditions always end, and what cannot be told is told as such."""

import pytest
from cel_expr_python import cel

from bot.rules.conditions import Vocabulary, Word

WORDS = Vocabulary((Word("order.pieces", cel.Type.INT, "件数"),))
_LIST = "[" + ",".join("1" for _ in range(120)) + "]"


@pytest.mark.parametrize(
    "text",
    ["1 / 0 == 1", "order.pieces > 1", f"{_LIST}.all(one, {_LIST}.all(other, other == one))"],
    ids=["not to be reckoned", "not known", "too many rounds"],
)
def test_what_cannot_be_told_neither_holds_nor_breaks_the_work(text: str) -> None:
    condition = WORDS.condition(text)

    assert condition.judge({}) is None
    assert not condition.holds({})
