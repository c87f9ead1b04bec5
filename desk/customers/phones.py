"""Telephone numbers as keyed hashes: the same number can be recognised and none be read."""

import hmac
import re
import unicodedata

_NOT_DIGITS = re.compile(r"\D")
_MOBILE = re.compile(r"(?:86|0086)?(1[3-9]\d{9})")


def phone_hash(phone: str, key: bytes) -> str:
    """HMAC-SHA256 (hex) of a mainland mobile number; "" for anything else, or without a key.

    Blanks, dashes, +86 and full-width digits make no difference.
    """
    digits = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", phone))
    mobile = _MOBILE.fullmatch(digits)
    if mobile is None or not key:
        return ""
    return hmac.digest(key, f"phone:{mobile[1]}".encode(), "sha256").hex()
