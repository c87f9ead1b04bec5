"""Reads `safety_stock` of the shops' file: the pieces that customers never hear of."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from desk.shops.port import ItemId, read_item
from desk.shops.safety import SafetyStock
from desk.shops.words import letters

Refuse = Callable[[str, str], Exception]
"""Makes the error of a field: where it stands, what is wrong with it."""

_SECTION = "safety_stock"
_KEYS = ("default", "shops", "items", "words")


def read_safety(data: Any, shops: Iterable[str], refuse: Refuse) -> SafetyStock:  # noqa: ANN401  YAML
    """Read the section; `shops` are the ids of the connected shops.

    Raises:
        What `refuse` makes: a shop is not connected, or a number is none.
    """
    if data is None:
        return SafetyStock()
    if not isinstance(data, Mapping) or not set(data) <= set(_KEYS):
        raise refuse(_SECTION, f"只能写 {'、'.join(_KEYS)}")
    known = frozenset(shops)
    of_items = _pieces(data.get("items"), "items", refuse)
    items = {_item(name, known, refuse): pieces for name, pieces in of_items.items()}
    of_shops = _pieces(data.get("shops"), "shops", refuse)
    for shop in of_shops:
        _connected(shop, known, f"shops.{shop}", refuse)
    words = _pieces(data.get("words"), "words", refuse)
    for word in words:
        if not letters(word):
            raise refuse(f"{_SECTION}.words.{word}", "应是商品标题里的词")
    default = _count(data.get("default", 0), "default", refuse)
    return SafetyStock(default, of_shops, items, words)


def _pieces(data: Any, name: str, refuse: Refuse) -> dict[str, int]:  # noqa: ANN401  YAML
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise refuse(f"{_SECTION}.{name}", "应是“名称: 件数”的列表")
    return {str(key): _count(value, f"{name}.{key}", refuse) for key, value in data.items()}


def _count(value: Any, where: str, refuse: Refuse) -> int:  # noqa: ANN401  YAML
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise refuse(f"{_SECTION}.{where}", "应是件数，0 或更多的整数")
    return value


def _item(name: str, shops: frozenset[str], refuse: Refuse) -> ItemId:
    item = read_item(name)
    _connected(item.shop, shops, f"items.{name}", refuse)
    if not item.item.strip():
        raise refuse(f"{_SECTION}.items.{name}", "应写 店铺id:商品编号（带引号）")
    return item


def _connected(shop: str, shops: frozenset[str], where: str, refuse: Refuse) -> None:
    if shop not in shops:
        raise refuse(f"{_SECTION}.{where}", f"没有 id 为 {shop} 的店铺")
