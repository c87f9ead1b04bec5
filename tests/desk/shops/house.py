"""A floor over two shops that sell the same shoes, impatient enough for tests."""

from dataclasses import replace
from datetime import timedelta

from desk.shops.cache import MemoryCache
from desk.shops.floor import ShopFloor
from desk.shops.line import FloorSettings
from desk.shops.products import Product
from tests.desk.shops.shelf import HandClock, ShelfShop, item, order, sku

SETTINGS = FloorSettings(
    deadline=timedelta(milliseconds=250),
    patience=timedelta(seconds=5),
    failures_to_open=3,
    rest=timedelta(seconds=15),
)
UNHURRIED = replace(SETTINGS, deadline=timedelta(seconds=30))
"""For shops that are slow and yet in time, also on a machine that is busy with other things."""
HANGS = 30.0
"""Seconds that no test waits for."""


class House:
    """Two shops that sell the same shoes, 有赞商城 and 天猫旗舰店, with one cache and one clock."""

    def __init__(self, settings: FloorSettings = SETTINGS) -> None:
        self.settings = settings
        self.clock = HandClock()
        self.cache = MemoryCache(self.clock)
        self.yz = ShelfShop("yz", (item("yz", "1", "软底婴儿学步鞋 透气防滑"),), "有赞商城")
        self.tm = ShelfShop("tm", (item("tm", "a", "软底婴儿学步鞋 透气防滑"),), "天猫旗舰店")
        self.yz.skus = (sku("yz", "1", 3, "粉色", "22"),)
        self.tm.skus = (sku("tm", "a", 15, "粉色", "22"),)
        self.yz.orders = (order("yz", "E1"),)
        self.tm.orders = (order("tm", "26"),)
        self.floor = self.new_floor()
        self.shoes = Product("学步鞋", (*self.yz.items, *self.tm.items))

    def new_floor(self) -> ShopFloor:
        """Another process over the same shops and the same cache."""
        return ShopFloor((self.yz, self.tm), self.clock, self.cache, self.settings)
