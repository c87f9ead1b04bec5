"""One-legged OAuth 1.0a, which WooCommerce wants where nothing encrypts the line."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote, unquote


def signature(method: str, url: str, params: Mapping[str, str], secret: str) -> str:
    """Sign a request: base64 of HMAC-SHA256 over method, address and sorted parameters.

    `url` is without its query. Names and values are decoded before they are encoded, as the
    shop's own check does (WC_REST_Authentication).
    """
    pairs = sorted((_letters(name), _letters(value)) for name, value in params.items())
    joined = "&".join(f"{name}={value}" for name, value in pairs)
    signed = "&".join((method, quote(url, safe=""), quote(joined, safe="")))
    digest = hmac.new(f"{secret}&".encode(), signed.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _letters(text: str) -> str:
    return quote(unquote(text), safe="")
