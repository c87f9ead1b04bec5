"""快递鸟's signature: base64 of the letters of a hexadecimal MD5."""

import base64
import hashlib


def sign(request_data: bytes, api_key: str) -> str:
    """Sign `RequestData` as it is before it goes into the form."""
    # The service's rule, no choice of ours.
    digest = hashlib.md5(request_data + api_key.encode(), usedforsecurity=False).hexdigest()
    return base64.b64encode(digest.encode()).decode()
