"""Kuaishou's signature: sorted `k=v` joined by "&", then the signSecret; MD5 or HMAC-SHA256."""

import base64
import hashlib
import hmac
from collections.abc import Mapping


def sign(params: Mapping[str, str], secret: str, method: str) -> str:
    """Sign raw values, `sign` left out: lower hex for MD5, base64 for HMAC_SHA256."""
    pairs = [f"{key}={params[key]}" for key in sorted(params) if key != "sign"]
    text = "&".join([*pairs, f"signSecret={secret}"]).encode()
    if method == "HMAC_SHA256":
        return base64.b64encode(hmac.digest(secret.encode(), text, "sha256")).decode()
    return hashlib.md5(text, usedforsecurity=False).hexdigest()
