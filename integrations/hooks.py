"""The signature of webhooks in its most common form: base64 of HMAC-SHA256 over the bytes."""

import base64
import hashlib
import hmac


def is_signed(body: bytes, secret: str, sent: str) -> bool:
    """Compare the signature that was sent with the right one, in constant time.

    Without a secret nothing is signed: with an empty one anybody could sign.
    """
    if not secret:
        return False
    right = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())
    return hmac.compare_digest(sent.encode(errors="replace"), right)
