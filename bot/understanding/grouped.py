"""Digits that people write in groups or in full width, brought together as machines write them."""

import re
import unicodedata

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_PINDUODUO = re.compile(r"(?<![A-Za-z0-9])(2\d[01]\d[0-3]\d)[ -]{0,3}(\d{15})(?!\d)")
_RUN = re.compile(r"(?<![\dA-Za-z])(?<![A-Za-z]-)([Ee] ?)?\d+(?:(?: - |[ -])\d+)+")
"""Groups of digits; the letter is that of Youzan's orders. T-20261121-0042 is a ticket."""
_BETWEEN = re.compile(r" - |[ -]")
_PHONE = re.compile(r"1[3-9]\d{9}")
_DATE = re.compile(r"20\d{6}")
_YOUZAN = 23
_LEAST, _MOST = 12, 24
_GROUP = range(3, 12)


def plain_digits(text: str) -> str:
    """The text in half width, with the groups of each long number and telephone joined.

    An order number of Pinduoduo gets the dash after its date, whether it was written or not.
    """
    text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return _RUN.sub(_joined, _PINDUODUO.sub(r"\1-\2", text))


def _joined(run: re.Match[str]) -> str:
    letter = run[1] or ""
    written = run[0][len(letter) :]
    groups = _BETWEEN.split(written)
    digits = "".join(groups)
    if letter:
        return f"E{digits}" if len(digits) == _YOUZAN else run[0]
    if phone := _phone(groups):
        return " ".join(phone)
    return digits if _is_one(groups, written) else run[0]


def _phone(groups: list[str]) -> list[str]:
    """The telephone number that the first groups are, and the other groups; [] if they are none."""
    own = groups[1:] if groups[0] == "86" else groups
    for end in range(1, len(own) + 1):
        if _PHONE.fullmatch(number := "".join(own[:end])):
            return [number, *own[end:]]
    return []


def _is_one(groups: list[str], written: str) -> bool:
    """Whether groups are parts of one number: divided alike, and none a number by itself.

    What begins with an area code or a date is a landline or a moment.
    """
    if groups[0].startswith("0") or _DATE.fullmatch(groups[0]):
        return False
    if len(set(_BETWEEN.findall(written))) > 1 or len(groups[-1]) > _GROUP[-1]:
        return False
    if not all(len(each) in _GROUP for each in groups[:-1]):
        return False
    return _LEAST <= sum(map(len, groups)) <= _MOST
