"""Answers that are a telephone number, the same however they are written."""

import re
import unicodedata

from desk.templates.model import Field
from desk.templates.refusal import Refused, refused

_WORDS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[-\s]?)?(1[3-9]\d)[-\s]?(\d{4})[-\s]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[-\s)）]?\s?(\d{7,8})(?!\d)")
_SERVICE = re.compile(r"(?<!\d)([48]00)[-\s]?(\d{3,4})[-\s]?(\d{3,4})(?!\d)")
_DIGITS = re.compile(r"\d(?:[-\s]?\d){4,}")
_MOBILE_DIGITS, _SERVICE_DIGITS = 11, 10
_SHOWN = 4


def read_phone(field: Field, words: str) -> str | Refused:
    """13800138000, 021-12345678 or 4008001234."""
    found = phones_in(words)
    if len(found) == 1:
        return found[0]
    if found:
        return refused("several", field=field.label)
    plain = unicodedata.normalize("NFKC", words).translate(_WORDS)
    written = _DIGITS.search(plain)
    count = sum(map(str.isdigit, written[0])) if written else 0
    if written and written[0].startswith("1") and count != _MOBILE_DIGITS:
        return refused("phone_digits", field=field.label, count=count)
    return refused("no_phone", field=field.label)


def phones_in(words: str) -> tuple[str, ...]:
    """The numbers in a text, each once."""
    plain = unicodedata.normalize("NFKC", words).translate(_WORDS)
    mobiles = ["".join(each.groups()) for each in _MOBILE.finditer(plain)]
    rest = _MOBILE.sub(" ", plain)
    landlines = ["-".join(each.groups()) for each in _LANDLINE.finditer(rest)]
    services = ["".join(each.groups()) for each in _SERVICE.finditer(_LANDLINE.sub(" ", rest))]
    services = [each for each in services if len(each) == _SERVICE_DIGITS]
    return tuple(dict.fromkeys((*mobiles, *landlines, *services)))


def masked_phone(number: str) -> str:
    """138****8000."""
    hidden = max(len(number) - 3 - _SHOWN, 0)
    return f"{number[:3]}{'*' * hidden}{number[-_SHOWN:]}"
