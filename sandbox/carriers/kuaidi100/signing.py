"""快递100's signature."""

import hashlib


def md5_upper(text: str) -> str:
    """Upper-case hex of the UTF-8 bytes."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()
