"""The callback's signature and AES envelope (WeCom doc 90930), strict in both directions."""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK_BYTES = 32
RANDOM_BYTES = 16
LENGTH_BYTES = 4


class CryptoError(Exception):
    """The envelope is not what the corp's token and key would make."""


class BadSignature(CryptoError):
    """msg_signature does not fit token, timestamp, nonce and ciphertext."""


class BadCiphertext(CryptoError):
    """Not base64, not whole blocks, a wrong key, a wrong padding, or a wrong length."""


class BadReceiver(CryptoError):
    """The envelope was sealed for another corp."""


class Sealer:
    """Seals and opens envelopes for one callback URL."""

    def __init__(self, token: str, aes_key: str, receive_id: str) -> None:
        self._token = token
        self._key = base64.b64decode(aes_key + "=")
        self._receive_id = receive_id.encode()

    def sign(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """SHA-1 over the four strings, sorted by bytes, in lower-case hex."""
        parts = sorted(p.encode() for p in (self._token, timestamp, nonce, encrypted))
        return hashlib.sha1(b"".join(parts), usedforsecurity=False).hexdigest()

    def seal(self, message: bytes, random: bytes | None = None) -> str:
        """Encrypt. `random` (16 bytes) is given by tests only."""
        head = random if random is not None else secrets.token_hex(8).encode()
        plain = head + struct.pack(">I", len(message)) + message + self._receive_id
        padder = padding.PKCS7(BLOCK_BYTES * 8).padder()
        padded = padder.update(plain) + padder.finalize()
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def check(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> None:
        """Raises BadSignature."""
        if not hmac.compare_digest(self.sign(timestamp, nonce, encrypted), signature):
            raise BadSignature

    def open(self, encrypted: str) -> bytes:
        """Decrypt. Raises BadCiphertext, BadReceiver."""
        plain = self._unpadded(self._decrypted(encrypted))
        body = plain[RANDOM_BYTES + LENGTH_BYTES :]
        if len(plain) < RANDOM_BYTES + LENGTH_BYTES:
            raise BadCiphertext("shorter than its header")
        (length,) = struct.unpack(">I", plain[RANDOM_BYTES : RANDOM_BYTES + LENGTH_BYTES])
        if length > len(body):
            raise BadCiphertext("the length points past the end")
        if body[length:] != self._receive_id:
            raise BadReceiver
        return body[:length]

    def _decrypted(self, encrypted: str) -> bytes:
        try:
            raw = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError) as broken:
            raise BadCiphertext("not base64") from broken
        if not raw or len(raw) % BLOCK_BYTES:
            raise BadCiphertext("not whole blocks")
        decryptor = self._cipher().decryptor()
        return decryptor.update(raw) + decryptor.finalize()

    def _unpadded(self, padded: bytes) -> bytes:
        unpadder = padding.PKCS7(BLOCK_BYTES * 8).unpadder()
        try:
            return unpadder.update(padded) + unpadder.finalize()
        except ValueError as broken:
            raise BadCiphertext("wrong padding") from broken

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))
