"""TOP's three signatures over all parameters except `sign`, sorted by key."""

import hashlib
import hmac
from collections.abc import Mapping


def sign(params: Mapping[str, str], secret: str, method: str) -> str:
    """Upper-case hex for `method` md5, hmac or hmac-sha256. Raises ValueError for any other."""
    text = "".join(
        key + params[key] for key in sorted(params, key=str.encode) if key != "sign"
    ).encode()
    key = secret.encode()
    if method == "md5":
        digest = hashlib.md5(key + text + key, usedforsecurity=False).hexdigest()
    elif method == "hmac":
        digest = hmac.new(key, text, hashlib.md5).hexdigest()
    elif method == "hmac-sha256":
        digest = hmac.new(key, text, hashlib.sha256).hexdigest()
    else:
        raise ValueError(method)
    return digest.upper()
