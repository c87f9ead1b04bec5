"""The envelope of callbacks: signature and AES, wechatpy's cipher behind strict checks."""

import base64
import binascii
import hmac
import re
import secrets
import struct
from dataclasses import dataclass

from wechatpy.crypto.base import WeChatCipher
from wechatpy.crypto.pkcs7 import PKCS7Encoder
from wechatpy.utils import WeChatSigner

_AES_BLOCK = 16
_PAD_BLOCK = 32
_RANDOM = 16
_HEAD = _RANDOM + 4
_TOKEN = re.compile(r"[A-Za-z0-9]{1,32}")
_AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")


class BadSignature(Exception):
    """The request was not signed with our token."""


class BadReceiver(Exception):
    """The message is sealed for another corp."""


class BadCiphertext(Exception):
    """Signed rightly, but it does not open: usually a wrong EncodingAESKey."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted message with what signs it."""

    encrypt: str
    signature: str
    timestamp: str
    nonce: str


class EnvelopeCrypto:
    """Opens and seals what WeCom sends to one callback URL (WeCom doc 90930).

    `receiver` is the corp id; for AI bots it is the empty string (doc 101033).

    Raises:
        ValueError: token or key are not of the form that the console gives out.
    """

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise ValueError("a callback token is 1 to 32 letters and digits")
        if not _AES_KEY.fullmatch(aes_key):
            raise ValueError("an EncodingAESKey is 43 characters of base64")
        self._token = token
        self._key = base64.b64decode(aes_key + "=")
        self._receiver = receiver.encode()

    def open(self, sealed: Sealed) -> str:
        """Verify the signature in constant time, then decrypt.

        Raises:
            BadSignature, BadReceiver, BadCiphertext: see there.
        """
        expected = self.sign(sealed.timestamp, sealed.nonce, sealed.encrypt)
        if not hmac.compare_digest(expected.encode(), sealed.signature.encode()):
            raise BadSignature
        return self._decrypt(sealed.encrypt)

    def seal(self, text: str, timestamp: str, nonce: str, random: bytes = b"") -> Sealed:
        """Encrypt and sign; `random` (16 bytes) is fresh unless given."""
        body = text.encode()
        head = (random or secrets.token_bytes(_RANDOM)) + struct.pack(">I", len(body))
        padded: bytes = PKCS7Encoder.encode(head + body + self._receiver)
        encrypt = base64.b64encode(WeChatCipher(self._key).encrypt(padded)).decode()
        return Sealed(encrypt, self.sign(timestamp, nonce, encrypt), timestamp, nonce)

    def sign(self, timestamp: str, nonce: str, encrypt: str) -> str:
        """The msg_signature: SHA-1 over the sorted parts, lower-case hex."""
        signer = WeChatSigner()
        signer.add_data(self._token, timestamp, nonce, encrypt)
        return str(signer.signature)

    def _decrypt(self, encrypt: str) -> str:
        try:
            cipher = base64.b64decode(encrypt, validate=True)
        except (binascii.Error, ValueError):
            raise BadCiphertext("not base64") from None
        if not cipher or len(cipher) % _AES_BLOCK:
            raise BadCiphertext("not whole blocks")
        plain: bytes = WeChatCipher(self._key).decrypt(cipher)
        return self._unpack(_without_padding(plain))

    def _unpack(self, content: bytes) -> str:
        if len(content) < _HEAD:
            raise BadCiphertext("too short")
        (length,) = struct.unpack(">I", content[_RANDOM:_HEAD])
        if length > len(content) - _HEAD:
            raise BadCiphertext("length is beyond the end")
        receiver = content[_HEAD + length :]
        try:
            text = content[_HEAD : _HEAD + length].decode()
        except UnicodeDecodeError:
            raise BadCiphertext("not UTF-8") from None
        if not hmac.compare_digest(receiver, self._receiver):
            raise BadReceiver
        return text


def _without_padding(plain: bytes) -> bytes:
    count = plain[-1]
    if not 1 <= count <= _PAD_BLOCK or plain[-count:] != bytes([count]) * count:
        raise BadCiphertext("bad padding")
    return plain[:-count]
