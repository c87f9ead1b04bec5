"""Size, colour and stage words: they choose among SKUs, not among products."""

import re
from collections.abc import Sequence

from desk.shops.port import SkuStock
from desk.shops.words import spell

_COLOURS = (
    "米白|奶白|乳白|藏青|天蓝|湖蓝|浅蓝|深蓝|浅灰|深灰|墨绿|薄荷绿|卡其|"
    "驼|杏|米|白|黑|灰|红|粉|橙|黄|绿|蓝|紫|棕|咖啡?|银|金"
)
_ATTRIBUTE = re.compile(
    r"(?P<stage>\d段)"
    r"|(?P<size>(?<![\d.])\d{1,3}(?:\.5)?(?:码|号|cm)"
    r"|(?<![a-z\d.])(?:nb|[2-5]xl|x{0,4}[sl]|m)(?![a-z])(?:码|号)?)"
    rf"|(?P<colour>(?:{_COLOURS})色|米白|奶白|乳白|藏青|卡其)"
    r"|(?<![\d.a-z])(?P<bare>\d{2,3})(?![\d.a-z\u4e00-\u9fff])"
)
_UNIT = re.compile(r"(?<=[\da-z])(?:码|号|cm)$")


def attributes_of(text: str) -> tuple[str, ...]:
    """Find the size, colour and stage words of a text: 粉色的22码 → (粉色, 22码), m → (M)."""
    words = (found[0] for found in _ATTRIBUTE.finditer(spell(text)))
    return tuple(word if word.endswith("cm") else word.upper() for word in words)


def without_attributes(text: str) -> str:
    """Take the size, colour and stage words out of a text."""
    return _ATTRIBUTE.sub(" ", spell(text))


def stages_of(text: str) -> frozenset[str]:
    """Find the stages of a title: 婴儿奶粉三段 → {3段}."""
    return frozenset(
        found[0] for found in _ATTRIBUTE.finditer(spell(text)) if found["stage"] is not None
    )


def sizes_of(text: str) -> frozenset[str]:
    """Find the sizes of a title, without their units: 纸尿裤M码 → {m}."""
    return frozenset(
        _bare(found[0]) for found in _ATTRIBUTE.finditer(spell(text)) if found["size"] is not None
    )


def filter_skus(skus: Sequence[SkuStock], words: Sequence[str]) -> tuple[SkuStock, ...]:
    """Keep the SKUs that carry all the words: 22, 22码, 白色, M码, 3段.

    A property that says just the word beats one that contains it (白色 before 米白色). A known kind
    of word that no SKU carries leaves nothing; any other word that none carries is no filter.
    """
    left = tuple(skus)
    for word in (spell(word).strip() for word in words):
        if not word:
            continue
        carried = _carriers(skus, word)
        if not carried and not (attributes_of(word) or word.isdigit()):
            continue
        left = tuple(sku for sku in left if sku in carried)
    return left


def _carriers(skus: Sequence[SkuStock], word: str) -> tuple[SkuStock, ...]:
    exact = tuple(sku for sku in skus if any(_is(value, word) for value in _values(sku)))
    return exact or tuple(
        sku for sku in skus if any(_contains(value, word) for value in _values(sku))
    )


def _values(sku: SkuStock) -> tuple[str, ...]:
    return tuple(spell(value).strip() for _, value in sku.properties)


def _bare(word: str) -> str:
    word = _UNIT.sub("", word)
    return word[:-1] if len(word) > 1 and word.endswith("色") else word


def _is(value: str, word: str) -> bool:
    return _bare(value) == _bare(word)


def _contains(value: str, word: str) -> bool:
    bare = _bare(word)
    before = r"(?<![\d.])" if bare[0].isdigit() else r"(?<![a-z])" if bare.isascii() else ""
    after = r"(?![\d.])" if bare[-1].isdigit() else r"(?![a-z])" if bare.isascii() else ""
    return re.search(f"{before}{re.escape(bare)}{after}", value) is not None
