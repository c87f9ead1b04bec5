"""WeChat's sealed messages: signatures over sorted parts, AES-256-CBC with a length inside."""

import base64
import binascii
import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

_KEY = 32
_IV = 16
_BLOCK = 32
"""WeChat pads to 32 bytes, though AES works in blocks of 16."""
_RANDOM = 16
_LENGTH = 4


class BadSeal(ValueError):
    """It was not sealed the way WeChat seals."""


def is_signed(signature: str, *parts: str) -> bool:
    """Compare with the lower-case sha1 over the sorted parts, in constant time."""
    joined = b"".join(sorted(_bytes(part) for part in parts))
    # WeChat's rule, no choice of ours.
    right = hashlib.sha1(joined, usedforsecurity=False).hexdigest()
    return hmac.compare_digest(_bytes(signature), right.encode())


def unseal(sealed: str, aes_key: str) -> tuple[bytes, bytes]:
    """Open `Encrypt` with the EncodingAESKey of 43 letters: the message and who it is for.

    Inside: 16 random bytes, the message's length (4 bytes, big endian), the message, the AppID.

    Raises:
        BadSeal: the key, the letters, the padding or the length are wrong.
    """
    key, cipher = _decoded(aes_key + "="), _decoded(sealed)
    if len(key) != _KEY or not cipher or len(cipher) % _BLOCK:
        raise BadSeal("length")
    # The initialisation vector is the key's own beginning: WeChat's rule as well.
    opener = Cipher(AES(key), CBC(key[:_IV])).decryptor()
    plain = _without_padding(opener.update(cipher) + opener.finalize())
    start = _RANDOM + _LENGTH
    if len(plain) < start:
        raise BadSeal("no length")
    end = start + int.from_bytes(plain[_RANDOM:start], "big")
    if end > len(plain):
        raise BadSeal("wrong length")
    return plain[start:end], plain[end:]


def _without_padding(plain: bytes) -> bytes:
    count = plain[-1]
    if not 1 <= count <= _BLOCK or plain[-count:] != bytes([count]) * count:
        raise BadSeal("padding")
    return plain[:-count]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSeal("base64") from error


def _bytes(text: str) -> bytes:
    # JSON may hold halves of letters, which no strict encoding takes.
    return text.encode("utf-8", "surrogatepass")
