"""Which warehouse serves a group leader."""

import pytest

from desk.routing.placed import By, Known
from desk.routing.warehouses import nearest_warehouse
from tests.desk.routing.house import (
    COLD,
    JIADING,
    NEAR_WUJIAOCHANG,
    NEAR_XUJIAHUI,
    XIAOSHAN,
)

ALL = (JIADING, XIAOSHAN, COLD)


@pytest.mark.parametrize(
    ("known", "region", "warehouse", "by"),
    [
        (Known(place=NEAR_WUJIAOCHANG), "", "jiading", By.NEAREST),
        (Known(place=NEAR_WUJIAOCHANG, warehouse="xiaoshan"), "", "jiading", By.NEAREST),
        (Known(warehouse="xiaoshan"), "上海", "xiaoshan", By.FIXED),
        (Known(warehouse="closed"), "上海", "jiading", By.IN_CITY),
        (Known(), "杭州", "xiaoshan", By.IN_CITY),
        (Known(), "", "", By.NOTHING),
    ],
)
def test_the_place_counts_first_then_their_own_then_the_city(
    known: Known, region: str, warehouse: str, by: By
) -> None:
    found = nearest_warehouse(known, ALL, shop="tao", goods="推车", region=region)
    assert (found.value, found.by) == (warehouse, by)
    assert (found.km is not None) is (by is By.NEAREST)


def test_only_a_warehouse_that_has_the_goods_for_the_shop_comes_into_question() -> None:
    here = Known(place=NEAR_XUJIAHUI)
    wanted = {"region": "", "goods": "奶粉"}
    assert nearest_warehouse(here, ALL, shop="wei", **wanted).value == "cold"
    assert nearest_warehouse(here, ALL, shop="tao", **wanted).value == "jiading"
    other = nearest_warehouse(here, ALL, shop="wei", goods="推车", region="")
    assert other.value == "jiading"


def test_where_it_is_not_known_what_is_wanted_a_warehouse_for_all_goods_comes_first() -> None:
    here = Known(place=NEAR_XUJIAHUI)
    assert nearest_warehouse(here, ALL, shop="", goods="", region="").value == "jiading"
    assert nearest_warehouse(here, (COLD,), shop="", goods="", region="").value == "cold"


def test_without_warehouses_there_is_none() -> None:
    assert nearest_warehouse(Known(place=NEAR_XUJIAHUI), (), shop="", goods="", region="").by is (
        By.NOTHING
    )
