"""Reads what customers call things: the house's own list, and the merchant's names over it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.pinyin import readings
from desk.shops.port import ItemId
from desk.shops.vocabulary import Vocabulary
from desk.shops.words import letters

VOCABULARY = Path(__file__).parent.parent / "desk" / "shops" / "vocabulary.yml"
"""The words that the house comes with."""

_LONGEST = 20

Refuse = Callable[[str, str], Exception]
"""Makes the error of a field: where it stands, what is wrong with it."""


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The merchant's `aliases`: a name and the words of titles, or the item that it means."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: Mapping[str, ItemId] = field(default_factory=dict)


def read_names(data: Any, shops: Iterable[str], refuse: Refuse) -> OwnNames:  # noqa: ANN401  YAML
    """Read `aliases`: 小熊鞋: 学步鞋, 豆豆兔: "youzan-main:1287450801", 纸裤: [纸尿裤, 拉拉裤].

    `shops` are the ids of the connected shops.

    Raises:
        What `refuse` makes: a name or what it stands for is wrong.
    """
    if data is None:
        return OwnNames()
    if not isinstance(data, Mapping):
        raise refuse("aliases", "应是“叫法: 商品标题里的词”的列表")
    words: dict[str, tuple[str, ...]] = {}
    items: dict[str, ItemId] = {}
    known = frozenset(shops)
    for name, value in data.items():
        said, where = letters(str(name)), f"aliases.{name}"
        if not said or len(said) > _LONGEST:
            raise refuse(where, f"叫法要有 1 到 {_LONGEST} 个字")
        if said in words or said in items:
            raise refuse(where, "这个叫法写了两次")
        meant = value if isinstance(value, list) else [value]
        if isinstance(value, str) and ":" in value:
            items[said] = _item(value, known, where, refuse)
        elif meant and all(isinstance(each, str) and letters(each) for each in meant):
            words[said] = tuple(meant)
        else:
            raise refuse(where, "应是商品标题里的词（可以写几个），或 店铺id:商品编号（带引号）")
    return OwnNames(words, items)


def load_vocabulary(own: OwnNames | None = None) -> Vocabulary:
    """Read the house's words, with the merchant's names first."""
    own = own or OwnNames()
    data = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    brands = [str(line).split() for line in data["brands"]]
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for trade in data["aliases"].values():
        for title, said in trade.items():
            for name in str(said).split():
                names[letters(name)][str(title)] = None
    for group in brands:
        for name in group:
            names[letters(name)].update(dict.fromkeys(each for each in group if each != name))
    aliases = {name: tuple(titles) for name, titles in names.items()} | dict(own.words)
    return Vocabulary(
        aliases=aliases,
        own=own.items,
        must=frozenset(map(letters, _flat(brands) | _words(data["must"]))),
        parts=_words(data["parts"]),
        spares=_words(data["spares"]),
        readings=readings,
    )


def _words(lines: Iterable[object]) -> frozenset[str]:
    return _flat([str(line).split() for line in lines])


def _flat(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for group in groups for word in group)


def _item(value: str, shops: frozenset[str], where: str, refuse: Refuse) -> ItemId:
    shop, _, item = value.partition(":")
    if shop not in shops or not item.strip():
        raise refuse(where, f"没有 id 为 {shop} 的店铺，或没写商品编号")
    return ItemId(shop, item.strip())
