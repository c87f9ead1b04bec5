"""The kind of goods that a title, an item or the customer's words belong to."""

from desk.routing.model import ProductType
from desk.routing.placed import NOT_FOUND, By, Found, Known


def goods_of(known: Known, types: tuple[ProductType, ...]) -> Found:
    """The first type that fits the goods; where none does, the first that the customer names."""
    for each in types:
        if each.items & frozenset(known.items):
            return Found(each.name, By.ITEM)
        if word := _told(each, known.titles):
            return Found(each.name, By.TITLE, word=word)
    for each in types:
        if word := _told(each, known.words):
            return Found(each.name, By.NAMED, word=word)
    return NOT_FOUND


def _told(kind: ProductType, texts: tuple[str, ...]) -> str:
    """The word that tells, "" where none does; upper and lower case count the same."""
    for text in texts:
        low = text.lower()
        if word := next((each for each in kind.words if each.lower() in low), ""):
            return word
        found = next(filter(None, (each.search(text) for each in kind.patterns)), None)
        if found is not None:
            return found[0]
    return ""
