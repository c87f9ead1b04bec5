"""`safety_stock` of the shops' file, with errors that name the place."""

from typing import Any

import pytest

from bot.merchant import BadShopsFile
from bot.safety import read_safety
from desk.shops.port import ItemId
from desk.shops.safety import SafetyStock


def test_a_good_section_is_read() -> None:
    data = {"default": 1, "shops": {"jd": 2}, "items": {"jd:77": 0}, "words": {"奶粉": 5}}
    expected = SafetyStock(1, {"jd": 2}, {ItemId("jd", "77"): 0}, {"奶粉": 5})
    assert read_safety(data, ["jd"], BadShopsFile) == expected


def test_no_section_keeps_nothing_back() -> None:
    assert read_safety(None, [], BadShopsFile) == SafetyStock()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (3, "safety_stock"),
        ({"defualt": 1}, "safety_stock"),
        ({"default": -1}, "safety_stock.default"),
        ({"default": True}, "safety_stock.default"),
        ({"shops": {"tb": 1}}, "safety_stock.shops.tb"),
        ({"shops": [1]}, "safety_stock.shops"),
        ({"items": {"tb:1": 1}}, "safety_stock.items.tb:1"),
        ({"items": {"jd": 1}}, "safety_stock.items.jd"),
        ({"words": {"奶粉": "多"}}, "safety_stock.words.奶粉"),
        ({"words": {"！": 1}}, "safety_stock.words.！"),
    ],
)
def test_a_bad_section_names_the_place(data: Any, where: str) -> None:
    with pytest.raises(BadShopsFile) as caught:
        read_safety(data, ["jd"], BadShopsFile)
    assert where in caught.value.say
