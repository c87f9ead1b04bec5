"""Which region a customer is of, and which store a ticket belongs to."""

import pytest

from desk.routing.placed import By, Known
from desk.routing.stores import nearest, others, region_of, store_in, store_named
from tests.desk.routing.house import (
    LANZHOU,
    NEAR_WUJIAOCHANG,
    NEAR_XUJIAHUI,
    STORES,
    said,
)

CITIES = ("上海", "杭州市", "苏州")


@pytest.mark.parametrize(
    ("known", "region", "by"),
    [
        (said("徐家汇店的人态度太差"), "上海", By.NAMED),
        (said("你们滨江那家"), "杭州", By.NAMED),
        (said("我在杨浦区"), "上海", By.NAMED),
        (said("我在苏州，想约个维修"), "苏州", By.NAMED),
        (said("我在杭州", place=NEAR_XUJIAHUI), "杭州", By.NAMED),
        (said("在吗", "我在杭州", "我在上海"), "杭州", By.NAMED),
        (Known(place=NEAR_XUJIAHUI), "上海", By.NEAREST),
        (Known(place=LANZHOU), "", By.NOTHING),
        (said("太气人了"), "", By.NOTHING),
    ],
)
def test_the_region_is_what_was_said_last_else_where_the_customer_wrote_from(
    known: Known, region: str, by: By
) -> None:
    found = region_of(known, STORES, CITIES, 50)
    assert (found.value, found.by) == (region, by)


def test_the_store_that_was_named_last_counts() -> None:
    found = store_named(said("不对，是五角场店", "徐家汇店服务太差"), STORES)
    assert (found.value, found.by, found.word) == ("wujiaochang", By.NAMED, "五角场店")
    assert store_named(said("服务太差"), STORES).value == ""


@pytest.mark.parametrize(
    ("known", "store", "by"),
    [
        (Known(place=NEAR_WUJIAOCHANG), "wujiaochang", By.NEAREST),
        (Known(place=NEAR_XUJIAHUI), "xujiahui", By.NEAREST),
        (said("杨浦的店"), "wujiaochang", By.NAMED),
        (said("我在上海"), "xujiahui", By.IN_CITY),
    ],
)
def test_in_a_region_the_nearest_store_counts_and_without_a_place_the_first(
    known: Known, store: str, by: By
) -> None:
    found = store_in("上海", known, STORES)
    assert (found.value, found.by) == (store, by)


def test_a_store_across_the_border_does_not_count_however_near() -> None:
    assert store_in("杭州", Known(place=NEAR_XUJIAHUI), STORES).value == "binjiang"
    assert store_in("苏州", Known(place=NEAR_XUJIAHUI), STORES).value == ""


def test_the_others_are_in_the_order_of_their_distance_and_within_reach() -> None:
    assert others("xujiahui", STORES, 300) == ("wujiaochang", "binjiang")
    assert others("binjiang", STORES, 300) == ("xujiahui", "wujiaochang")
    assert others("xujiahui", STORES, 100) == ("wujiaochang",)
    assert others("xujiahui", STORES, 0) == ()
    assert others("closed long ago", STORES, 300) == ()


def test_without_a_place_nothing_is_near() -> None:
    assert nearest(None, STORES) is None
    assert nearest(NEAR_XUJIAHUI, ()) is None
