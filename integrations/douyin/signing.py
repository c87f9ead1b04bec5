"""Douyin's signature: five fields in a fixed order, over the very bytes of the body."""

import hashlib
import hmac
import json
from collections.abc import Mapping

VERSION = "2"
SIGN_METHOD = "hmac-sha256"


def param_json(params: Mapping[str, object]) -> str:
    """Write parameters as they are signed and sent: keys sorted at every level, no spaces."""
    return json.dumps(params, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sign(app_key: str, secret: str, method: str, body: str, timestamp: str) -> str:
    """Sign one call, HMAC-SHA256 in lower hex; the token and the name of the hash are not signed.

    `body` is what `param_json` wrote; `timestamp` Unix seconds, or Beijing time.
    """
    joined = _joined(app_key, secret, method, body, timestamp)
    return hmac.new(secret.encode(), joined, hashlib.sha256).hexdigest()


def _joined(app_key: str, secret: str, method: str, body: str, timestamp: str) -> bytes:
    fields = f"app_key{app_key}method{method}param_json{body}timestamp{timestamp}v{VERSION}"
    return f"{secret}{fields}{secret}".encode()
