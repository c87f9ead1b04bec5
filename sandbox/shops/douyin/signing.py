"""Douyin's signature over five fields in a fixed order, and its push's over the raw body."""

import hashlib
import hmac
import json
from collections.abc import Mapping


def sign(query: Mapping[str, str], body: str, secret: str) -> str:
    """Lower hex for `sign_method` md5 (the default) or hmac-sha256. Raises ValueError for others.

    app_key, method, param_json, timestamp and v; access_token and sign_method are not signed.
    """
    text = (
        f"{secret}app_key{query['app_key']}method{query['method']}param_json{body}"
        f"timestamp{query['timestamp']}v{query['v']}{secret}"
    ).encode()
    way = query.get("sign_method", "md5")
    if way == "md5":
        return hashlib.md5(text, usedforsecurity=False).hexdigest()
    if way == "hmac-sha256":
        return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    raise ValueError(way)


def event_sign(app_key: str, body: bytes, secret: str) -> str:
    """Lower hex md5 over app_key, the raw body and the secret."""
    joined = app_key.encode() + body + secret.encode()
    return hashlib.md5(joined, usedforsecurity=False).hexdigest()


def is_tidy(body: str) -> bool:
    """Whether a param_json has its keys sorted at every level and no spaces, in either spelling."""
    value: object = json.loads(body)
    return any(
        body == json.dumps(value, sort_keys=True, ensure_ascii=ascii, separators=(",", ":"))
        for ascii in (False, True)
    )
