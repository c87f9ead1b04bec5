"""Size, colour and stage words: they choose among SKUs, not among products."""

import re
from collections.abc import Sequence

from desk.shops.colours import NAMES, family
from desk.shops.measures import measures_of
from desk.shops.port import SkuStock
from desk.shops.words import spell

_NUMBER = r"(?<![\d.a-z])\d+(?:\.\d+)?"
_ATTRIBUTE = re.compile(
    r"(?P<stage>\d段)"
    rf"|(?P<range>{_NUMBER}-\d+(?:岁|个月))"
    rf"|(?P<measure>{_NUMBER}\s?(?:ml|毫升|l|升|kg|公斤|千克|斤|英寸|寸|吋|匹|tb)(?![a-z\d])"
    rf"|{_NUMBER}(?<=\d\d)\s?(?:gb?|克)(?![a-z\d]))"
    r"|(?P<size>(?<![\d.])\d{1,3}(?:\.5)?(?:码|号|cm)"
    r"|(?<![a-z\d.])(?:nb|[2-5]xl|x{0,4}[sl]|m)(?![a-z\d])(?:码|号)?"
    r"|(?:加大|特大|超大|加小|大|中|小|均)(?:码|号))"
    r"|(?P<cup>(?:超大|特大|大|中|小)杯)"
    rf"|(?P<colour>{NAMES})"
    r"|(?<![\d.a-z])(?<![a-z]\s)(?P<bare>\d{2,3})(?:(?=的)|(?![\d.a-z\u4e00-\u9fff])(?!\s[a-z]))"
)
_UNIT = re.compile(r"(?<=[\da-z大中小均])(?:码|号|cm)$")
_ALWAYS_A_CHOICE = ("size", "colour", "bare")
"""Where no SKU says anything of this kind, the wish cannot be met; a measure may be the title's."""


def attributes_of(text: str) -> tuple[str, ...]:
    """Find the size, colour and stage words of a text: 粉色的22码 → (粉色, 22码), m → (M)."""
    return tuple(
        found[0].upper() if found["size"] and not found[0].endswith("cm") else found[0]
        for found in _ATTRIBUTE.finditer(spell(text))
    )


def without_attributes(text: str, *, but_numbers: bool = False) -> str:
    """Take the size, colour and stage words out of a text, `but_numbers` that stand alone."""
    return _ATTRIBUTE.sub(
        lambda found: found[0] if but_numbers and found["bare"] else " ", spell(text)
    )


def bare_numbers_of(text: str) -> frozenset[str]:
    """Find the numbers that stand alone: a size perhaps, or part of a name."""
    return frozenset(found["bare"] for found in _ATTRIBUTE.finditer(spell(text)) if found["bare"])


def stages_of(text: str) -> frozenset[str]:
    """Find the stages of a title: 婴儿奶粉三段 → {3段}."""
    return frozenset(
        found[0] for found in _ATTRIBUTE.finditer(spell(text)) if found["stage"] is not None
    )


def sizes_of(text: str) -> frozenset[str]:
    """Find the sizes of a title, without their units: 纸尿裤M码 → {m}; lengths in cm are none."""
    return frozenset(
        _bare(found[0])
        for found in _ATTRIBUTE.finditer(spell(text))
        if found["size"] is not None and not found[0].endswith("cm")
    )


def filter_skus(skus: Sequence[SkuStock], words: Sequence[str]) -> tuple[SkuStock, ...]:
    """Keep the SKUs that carry all the words: 22, 22码, 白色, M码, 3段, 1.5L.

    A property that says just the word beats one that contains it, and that one a colour of its
    family (白色 before 米白色 before 象牙). A known kind of word that no SKU carries leaves
    nothing; any other word that none carries is no filter.
    """
    left = tuple(skus)
    for word in (spell(word).strip() for word in words):
        if not word:
            continue
        carried = _carriers(skus, word)
        if not carried and not _must_be_met(skus, word):
            continue
        left = tuple(sku for sku in left if sku in carried)
    return left


def _must_be_met(skus: Sequence[SkuStock], word: str) -> bool:
    found = _ATTRIBUTE.fullmatch(word)
    if found is None:
        return word.isdigit() or bool(attributes_of(word))
    if found.lastgroup in _ALWAYS_A_CHOICE:
        return True
    values = (value for sku in skus for value in _values(sku))
    return any(
        each.lastgroup == found.lastgroup for value in values for each in _ATTRIBUTE.finditer(value)
    )


def _carriers(skus: Sequence[SkuStock], word: str) -> tuple[SkuStock, ...]:
    for fits in (_is, _contains, _is_of_its_family):
        if found := tuple(sku for sku in skus if any(fits(value, word) for value in _values(sku))):
            return found
    return ()


def _values(sku: SkuStock) -> tuple[str, ...]:
    return tuple(spell(value).strip() for _, value in sku.properties)


def _bare(word: str) -> str:
    word = _UNIT.sub("", word)
    return word[:-1] if len(word) > 1 and word.endswith("色") else word


def _is(value: str, word: str) -> bool:
    measured = measures_of(word)
    return _bare(value) == _bare(word) or (bool(measured) and measures_of(value) == measured)


def _contains(value: str, word: str) -> bool:
    if measured := measures_of(word):
        return bool(measured & measures_of(value))
    bare = _bare(word)
    before = r"(?<![\d.])" if bare[0].isdigit() else r"(?<![a-z])" if bare.isascii() else ""
    after = r"(?![\d.])" if bare[-1].isdigit() else r"(?![a-z])" if bare.isascii() else ""
    return re.search(f"{before}{re.escape(bare)}{after}", value) is not None


def _is_of_its_family(value: str, word: str) -> bool:
    return bool(family(word)) and family(word) == family(value)
