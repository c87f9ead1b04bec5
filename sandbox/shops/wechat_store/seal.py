"""Seals pushes as WeChat does: random bytes, length, message and AppID, padded to 32."""

import base64
import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

KEY_LETTERS = 43
BLOCK = 32


def sign(*parts: str) -> str:
    """Lower-case sha1 over the sorted parts."""
    joined = "".join(sorted(parts)).encode()
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def seal(message: str, aes_key: str, app_id: str) -> str:
    """`Encrypt` of a push."""
    text = message.encode()
    plain = secrets.token_bytes(16) + len(text).to_bytes(4, "big") + text + app_id.encode()
    count = BLOCK - len(plain) % BLOCK
    key = base64.b64decode(aes_key + "=")
    sealer = Cipher(AES(key), CBC(key[:16])).encryptor()
    padded = plain + bytes([count]) * count
    return base64.b64encode(sealer.update(padded) + sealer.finalize()).decode()
