"""快递100's signatures: upper-case MD5 over the very text that is sent, and a secret behind it."""

import hashlib
import hmac

_SALT_LETTERS = 32


def sign_query(param: str, key: str, customer: str) -> str:
    """Sign a question: MD5(param + key + customer)."""
    return _md5(f"{param}{key}{customer}".encode())


def sign_push(param: bytes, salt: str) -> str:
    """Sign a push: MD5(param + salt), the salt being the one given when subscribing."""
    return _md5(param + salt.encode())


def sign_order(param: str, moment: str, key: str, secret: str) -> str:
    """Sign a call of the shipping side: MD5(param + t + key + secret), `moment` in milliseconds."""
    return _md5(f"{param}{moment}{key}{secret}".encode())


def salt_of(number: str, secret: str) -> str:
    """Make the salt of one parcel's subscription: another for each, and none to be kept."""
    made = hmac.new(
        secret.encode(), f"parcel {number}".encode(errors="backslashreplace"), hashlib.sha256
    )
    return made.hexdigest()[:_SALT_LETTERS]


def _md5(raw: bytes) -> str:
    # The service's rule, no choice of ours.
    return hashlib.md5(raw, usedforsecurity=False).hexdigest().upper()
