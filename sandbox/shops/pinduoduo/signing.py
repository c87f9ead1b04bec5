"""Pinduoduo's two signatures: of a call, and of the opening of a message connection."""

import base64
import hashlib
from collections.abc import Mapping


def sign(params: Mapping[str, str], secret: str) -> str:
    """MD5(secret + k1v1k2v2... + secret) of all but `sign`, sorted by key, upper-case hex."""
    text = "".join(name + params[name] for name in sorted(params) if name != "sign")
    return hashlib.md5((secret + text + secret).encode(), usedforsecurity=False).hexdigest().upper()


def message_sign(client_id: str, millis: str, secret: str) -> str:
    """base64 of the 32 lower-case hex letters of MD5(client_id + millis + secret)."""
    text = client_id + millis + secret
    letters = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return base64.b64encode(letters.encode()).decode()
