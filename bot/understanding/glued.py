"""Glued: a size written right beside a colour, which the NLU overlooks: 天蓝的22有吗."""

import re
from collections.abc import Mapping

_SIZE = r"(?P<size>\d{2,3}(?:\.5)?(?:码|号|cm)?|[2-5]?X{0,3}[SL]码?|M码?)"
_NOT_A_COUNT = r"(?![\d.A-Za-z]|[个双件元块条包罐岁月天号日斤瓶箱套])"
_TOO_LONG = 12


def with_size(text: str, entities: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The entities, and the size beside the colour where none was found."""
    colour = next(iter(entities.get("color", ())), "")
    if not colour or len(colour) > _TOO_LONG or entities.get("size"):
        return entities
    said = re.escape(colour)
    after = re.search(rf"{said}(?:色)?的?[\s,，]*{_SIZE}{_NOT_A_COUNT}", text)
    before = re.search(rf"(?<![\d.A-Za-z]){_SIZE}的?[\s,，]*{said}", text)
    found = after or before
    return {**entities, "size": (found["size"],)} if found else entities
