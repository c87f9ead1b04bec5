"""Reads `product_types`: which words, patterns and items make a kind of goods."""

import re
from typing import Any

from bot.patterns import why_refused
from bot.routing.values import Ids, once, one_known, text, texts
from bot.sla.sections import Refuse, listed, table
from desk.routing.model import ProductType
from desk.shops.port import ItemId, read_item

SECTION = "product_types"
_FIELDS = ("name", "words", "patterns", "items", "skill", "store")


def read_goods(data: Any, ids: Ids, refuse: Refuse) -> tuple[ProductType, ...]:  # noqa: ANN401  YAML
    """Read the section; of types that overlap the first wins.

    Raises:
        What `refuse` makes: something in it is wrong.
    """
    entries = listed(data or [], SECTION, refuse)
    read = tuple(_one(each, f"{SECTION}[{at}]", ids, refuse) for at, each in enumerate(entries))
    once([each.name for each in read], SECTION, "name", refuse)
    _first_wins(read, refuse)
    return read


def _one(data: Any, where: str, ids: Ids, refuse: Refuse) -> ProductType:  # noqa: ANN401  YAML
    given = table(data, where, _FIELDS, refuse)
    words = texts(given.get("words"), f"{where}.words", refuse)
    patterns = texts(given.get("patterns"), f"{where}.patterns", refuse)
    items = texts(given.get("items"), f"{where}.items", refuse)
    if not words and not patterns and not items:
        raise refuse(where, "要写 words（标题里的词）、patterns 或 items，否则没有商品会归到这里")
    return ProductType(
        name=text(given.get("name"), f"{where}.name", refuse),
        words=words,
        patterns=tuple(_pattern(each, f"{where}.patterns", refuse) for each in patterns),
        items=frozenset(_item(each, f"{where}.items", ids, refuse) for each in items),
        skill=text(given.get("skill"), f"{where}.skill", refuse, ""),
        store=one_known(given.get("store"), f"{where}.store", ids.stores, "门店", refuse),
    )


def _pattern(written: str, where: str, refuse: Refuse) -> re.Pattern[str]:
    try:
        found = re.compile(written, re.IGNORECASE)
    except re.error as error:
        raise refuse(where, f"“{written}”不是有效的正则表达式：{error}") from error
    if found.search("") is not None:
        raise refuse(where, f"“{written}”连空标题都符合，请写得更具体")
    if why := why_refused(written):
        raise refuse(where, f"“{written}”{why}")
    return found


def _item(written: str, where: str, ids: Ids, refuse: Refuse) -> ItemId:
    item = read_item(written)
    if item.shop not in ids.shops or not item.item.strip():
        shops = "、".join(ids.shops)
        raise refuse(where, f"“{written}”应写成 店铺id:商品编号（带引号），店铺有 {shops}")
    return item


def _first_wins(types: tuple[ProductType, ...], refuse: Refuse) -> None:
    """A word or item that an earlier type has would never tell the later one."""
    for at, later in enumerate(types):
        for earlier in types[:at]:
            for word in later.words:
                if taken := next((each for each in earlier.words if each in word), ""):
                    raise refuse(
                        f"{SECTION}[{at}].words",
                        f"“{word}”里有“{taken}”，总会先归到{earlier.name}："
                        f"把{later.name}写到{earlier.name}前面，或去掉这个词",
                    )
            if later.items & earlier.items:
                raise refuse(f"{SECTION}[{at}].items", f"有商品已经归在{earlier.name}，请去掉一处")
