"""快递鸟's signature."""

import base64
import hashlib


def sign(request_data: str, api_key: str) -> str:
    """Base64 of the 32 lower-case letters of an MD5, not of its bytes."""
    joined = f"{request_data}{api_key}".encode()
    digest = hashlib.md5(joined, usedforsecurity=False).hexdigest()
    return base64.b64encode(digest.encode()).decode()
