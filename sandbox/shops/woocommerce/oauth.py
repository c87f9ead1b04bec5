"""One-legged OAuth 1.0a as WooCommerce checks it on plain http.

The base string is method & address & sorted parameters, each encoded by RFC 3986; the key of the
HMAC-SHA256 is the consumer secret and an ampersand. A timestamp may be 15 minutes off, a nonce is
taken once. https and Basic are what the real shop takes otherwise; this fake has no https.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from sandbox.shops.woocommerce.credentials import WooCommerceKeys
from sandbox.shops.woocommerce.errors import WooCommerceError, unauthorised

SKEW_SECONDS = 15 * 60
NEEDED = (
    "oauth_consumer_key",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_signature",
    "oauth_signature_method",
)


def sign(method: str, url: str, params: Mapping[str, str], secret: str) -> str:
    """The signature of a request; `params` without oauth_signature."""
    encoded = sorted((quote(key, safe="~"), quote(params[key], safe="~")) for key in params)
    text = "%26".join(f"{quote(key)}%3D{quote(value)}" for key, value in encoded)
    base = f"{method.upper()}&{quote(url, safe='~')}&{text}"
    mac = hmac.new((secret + "&").encode(), base.encode(), hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()


class Door:
    """Lets signed requests in, each once."""

    def __init__(self, keys: WooCommerceKeys) -> None:
        self._keys = keys
        self._nonces: dict[str, float] = {}
        self.is_revoked = False

    def check(self, method: str, url: str, query: Mapping[str, str], now: datetime) -> None:
        """Raise WooCommerceError for whatever is missing or wrong."""
        missing = [name for name in NEEDED if not query.get(name)]
        if len(missing) == len(NEEDED):
            raise WooCommerceError(
                401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."
            )
        if missing:
            raise unauthorised(f"Missing OAuth parameters {', '.join(missing)}")
        if query["oauth_consumer_key"] != self._keys.consumer_key or self.is_revoked:
            raise unauthorised("Consumer key is invalid.")
        if query["oauth_signature_method"] != "HMAC-SHA256":
            raise unauthorised("Invalid signature - signature method is invalid.")
        signed = {key: value for key, value in query.items() if key != "oauth_signature"}
        if sign(method, url, signed, self._keys.consumer_secret) != query["oauth_signature"]:
            raise unauthorised("Invalid signature - provided signature does not match.")
        self._check_once(query["oauth_timestamp"], query["oauth_nonce"], now.timestamp())

    def _check_once(self, stamp: str, nonce: str, now: float) -> None:
        if not stamp.isdecimal() or abs(int(stamp) - now) > SKEW_SECONDS:
            raise unauthorised("Invalid timestamp.")
        self._nonces = {
            each: at for each, at in self._nonces.items() if abs(now - at) <= SKEW_SECONDS
        }
        if nonce in self._nonces:
            raise unauthorised("Invalid nonce - nonce has already been used.")
        self._nonces[nonce] = int(stamp)
