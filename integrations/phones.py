"""The part of a receiver's phone that may be kept: its last four digits."""

from integrations.wild import Wild

_TAIL = 4


def tail(raw: Wild) -> str | None:
    """Read the last four digits of a phone as people write it (+86 138-1624-5678), None if none."""
    digits = [letter for letter in raw.text_or("") if letter in "0123456789"]
    return "".join(digits[-_TAIL:]) if len(digits) >= _TAIL else None


def masked_tail(raw: Wild) -> str | None:
    """Read the last four digits of a masked phone (138****5678), None where the mask hides them."""
    shown = raw.text_or("")[-_TAIL:]
    return shown if len(shown) == _TAIL and shown.isascii() and shown.isdigit() else None
