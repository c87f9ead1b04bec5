"""The signature that Taobao, JD and Pinduoduo share: parameters sorted, keyed, in upper hex."""

import hashlib
import hmac
from collections.abc import Mapping
from enum import StrEnum


class SignMethod(StrEnum):
    """How the sorted parameters are hashed; JD and Pinduoduo know md5 only."""

    MD5 = "md5"
    HMAC = "hmac"
    HMAC_SHA256 = "hmac-sha256"


def without_empty(params: Mapping[str, str]) -> dict[str, str]:
    """Drop empty parameters: the official SDKs disagree on signing them, so none is ever sent."""
    return {name: value for name, value in params.items() if name and value}


def sign_sorted(params: Mapping[str, str], secret: str, method: SignMethod) -> str:
    """Sign raw (not yet url-encoded) parameters, `sign` excluded, as given.

    Keys are sorted by their bytes; the result is upper-case hex.
    """
    pairs = sorted((name.encode(), value.encode()) for name, value in params.items())
    joined = b"".join(name + value for name, value in pairs if name != b"sign")
    key = secret.encode()
    if method is SignMethod.MD5:
        # The platforms' rule, no choice of ours; the secret stands on both sides.
        digest = hashlib.md5(key + joined + key, usedforsecurity=False).hexdigest()
    elif method is SignMethod.HMAC:
        digest = hmac.new(key, joined, hashlib.md5).hexdigest()
    else:
        digest = hmac.new(key, joined, hashlib.sha256).hexdigest()
    return digest.upper()
