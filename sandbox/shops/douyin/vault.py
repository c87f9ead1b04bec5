"""Ciphertexts of receivers, and what order.batchSensitive makes of them."""

import base64
import hashlib
from itertools import cycle


class Vault:
    """A toy cipher with a key per app: opaque and stable, not secure; $ for phones, # for names."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(secret.encode()).digest()

    def seal(self, plain: str) -> str:
        """The ciphertext, in the platform's look: $…$…$1$$."""
        end = "$" if plain.isdecimal() else "#"
        mixed = base64.b64encode(self._mix(plain.encode())).decode()
        return f"{end}{mixed}{end}1{end}{end}"

    def open(self, sealed: str) -> str:
        """The plain text. Raises ValueError for what was not sealed here."""
        mixed = sealed[1:-4]
        if sealed[:1] not in ("$", "#") or not sealed.endswith(f"{sealed[0]}1{sealed[0] * 2}"):
            raise ValueError(sealed)
        return self._mix(base64.b64decode(mixed, validate=True)).decode()

    def _mix(self, data: bytes) -> bytes:
        return bytes(byte ^ key for byte, key in zip(data, cycle(self._key), strict=False))
