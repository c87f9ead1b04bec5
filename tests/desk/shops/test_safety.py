"""The last pieces that customers never hear of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.money import Fen
from desk.shops.port import ItemId, PlaceKind, PlaceStock, SkuStock
from desk.shops.safety import SafetyStock

SHOES, POWDER = ItemId("yz", "1"), ItemId("jd", "2")
SAFETY = SafetyStock(default=1, shops={"jd": 2}, items={SHOES: 0}, words={"奶粉": 4, "奶": 3})


@pytest.mark.parametrize(
    ("item", "title", "kept"),
    [
        (SHOES, "学步鞋", 0),
        (SHOES, "奶粉", 0),
        (ItemId("yz", "9"), "学步鞋", 1),
        (ItemId("jd", "9"), "学步鞋", 2),
        (POWDER, "婴儿奶粉 3段", 4),
        (POWDER, "羊奶", 3),
    ],
)
def test_what_is_said_of_the_item_comes_first_then_the_word_then_the_shop(
    item: ItemId, title: str, kept: int
) -> None:
    assert SAFETY.pieces(item, title) == kept


def test_each_place_keeps_its_last_pieces_too() -> None:
    places = (
        PlaceStock("w", "杭州仓", PlaceKind.WAREHOUSE, 9),
        PlaceStock("s", "徐家汇店", PlaceKind.STORE, 2),
    )
    sku = SkuStock(SHOES, "s", (), 11, Fen(100), places)
    told = SafetyStock(default=2).sellable(sku, "学步鞋")
    assert told.available == 9
    assert [each.available for each in told.places] == [7, 0]


@given(
    available=st.integers(-3, 20),
    kept=st.integers(0, 10),
    places=st.lists(st.integers(-2, 12), max_size=4),
)
def test_nobody_hears_of_more_than_there_is_nor_of_less_than_nothing(
    available: int, kept: int, places: list[int]
) -> None:
    lie = tuple(PlaceStock(str(at), "店", PlaceKind.STORE, n) for at, n in enumerate(places))
    sku = SkuStock(SHOES, "s", (), available, Fen(100), lie)
    told = SafetyStock(default=kept).sellable(sku, "")
    if kept:
        assert told.available == max(0, available - kept)
        assert all(0 <= each.available <= told.available for each in told.places)
    else:
        assert told == sku
