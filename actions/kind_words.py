"""Words for a kind of a product, as we say them back: 粉 → 粉色, ２２碼 → 22码, 鞋天蓝 → 天蓝."""

from desk.shops.attributes import attributes_of
from desk.shops.colours import family
from desk.shops.words import spell


def is_colour(word: str) -> bool:
    """Tell a colour word from a size, stage or other kind."""
    return word.endswith("色") or bool(family(word))


def kinds_in(word: str) -> tuple[str, ...]:
    """The kinds that a word names; a word that is no known kind is the shop's own, and stays."""
    plain = spell(word).strip()
    if len(plain) == 1 and family(plain):
        return (f"{plain}色",)
    found = attributes_of(plain)
    mixed = any(map(is_colour, found)) and not all(map(is_colour, found))
    if not found or (len(found) > 1 and not mixed):
        return (word,)
    return tuple(_whole(each, word) for each in found)


def _whole(found: str, word: str) -> str:
    """A colour of one character gets its 色; what differs in case only stays as it was written."""
    if len(found) == 1 and family(found):
        return f"{found}色"
    return word if found.casefold() == word.casefold() else found
