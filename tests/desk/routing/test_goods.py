"""Which kind of goods a ticket is about."""

import re

import pytest

from desk.routing.goods import goods_of
from desk.routing.model import ProductType
from desk.routing.placed import By, Found, Known
from desk.shops.port import ItemId
from tests.desk.routing.house import TYPES, said


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (Known(titles=("轻便婴儿车 可登机",)), Found("推车", By.TITLE, word="婴儿车")),
        (Known(titles=("爱羽 3段 配方奶粉 900g",)), Found("奶粉", By.TITLE, word="3段 配方奶粉")),
        (Known(items=(ItemId("tao", "7"),)), Found("奶粉", By.ITEM)),
        (Known(items=(ItemId("wei", "7"),)), Found()),
        (said("数学课什么时候上"), Found("数学", By.NAMED, word="数学")),
        (said("推车坏了", titles=("配方 1段奶粉",)), Found("奶粉", By.TITLE, word="1段奶粉")),
        (Known(titles=("连体衣",)), Found()),
        (Known(), Found()),
    ],
    ids=["word", "pattern", "item", "item_of_another_shop", "said", "bought", "other", "nothing"],
)
def test_titles_and_items_tell_and_else_what_the_customer_says(known: Known, found: Found) -> None:
    assert goods_of(known, TYPES) == found


def test_of_two_that_fit_the_first_of_the_merchants_list_wins() -> None:
    both = Known(titles=("1段奶粉 送婴儿车挂钩",))
    assert goods_of(both, TYPES).value == "推车"
    assert goods_of(both, tuple(reversed(TYPES))).value == "奶粉"


def test_upper_and_lower_case_count_the_same() -> None:
    lego = ProductType("积木", ("LEGO",), patterns=(re.compile("duplo", re.IGNORECASE),))
    assert goods_of(Known(titles=("lego 得宝",)), (lego,)).value == "积木"
    assert goods_of(Known(titles=("DUPLO 火车",)), (lego,)).value == "积木"
