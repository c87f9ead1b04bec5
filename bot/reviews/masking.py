"""Texts for training: numbers that point to somebody are replaced by invented ones like them."""

import random
import re

from desk.kernel.private import CARD_LIKE, PHONE

_PHONE_DIGITS = 11
_NUMBER = re.compile(
    rf"(?P<phone>{PHONE.pattern})"
    rf"|{CARD_LIKE.pattern}"
    r"|0\d{2,3}-\d{7,8}(?!\d)"
    r"|(?<![A-Za-z])[Tt]-\d{8}-\d{4,}"
    r"|(?<![A-Za-z0-9])[A-Za-z]{1,6}\d{6,}|(?<![A-Za-z0-9])\d{5,}[A-Za-z0-9]*"
    r"|(?<=尾号)\D{0,3}\d{4}(?!\d)|(?<=[后末]四位)\D{0,3}\d{4}(?!\d)|(?<=[后末]4位)\D{0,3}\d{4}(?!\d)"
    r"|(?<!.)\s*(?!20[2-3]\d)\d{4}\s*$"
)
"""Phones, landlines, bank cards, numbers of tickets, orders and parcels, and tails of phones."""


def masked(text: str, seed: str) -> str:
    """The text with other digits of the same shape; the same seed gives the same digits."""
    # Seeded: the same text is the same candidate however often it is exported.
    digits = random.Random(seed)  # noqa: S311  nobody has to guess these
    return _NUMBER.sub(lambda found: _other(found, digits), text)


def _other(found: re.Match[str], digits: random.Random) -> str:
    drawn = found[0]
    while drawn == found[0]:
        drawn = _drawn(found[0], digits, is_phone=found["phone"] is not None)
    return drawn


def _drawn(number: str, digits: random.Random, *, is_phone: bool) -> str:
    """Other digits in the same places; no zero leads, and a mobile phone stays one."""
    places = [at for at, each in enumerate(number) if each.isdigit()]
    kept = places[-_PHONE_DIGITS] if is_phone else -1
    written = list(number)
    for at in places:
        if at > kept:
            lowest = 3 if at == kept + 1 and is_phone else int(at == places[0])
            written[at] = str(digits.randint(lowest, 9))
    return "".join(written)
