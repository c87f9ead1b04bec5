"""Ciphertexts of phones, names and addresses, as Youzan hands them out instead of plain text."""

import base64
import hashlib
from itertools import cycle

PREFIX = "$yz1$"


class Vault:
    """A toy cipher with a key per shop: opaque and stable, not secure."""

    def __init__(self, kdt_id: int, secret: str) -> None:
        self._key = hashlib.sha256(f"{kdt_id}:{secret}".encode()).digest()

    def seal(self, plain: str) -> str:
        """The ciphertext of `plain`; empty stays empty."""
        if not plain:
            return ""
        return PREFIX + base64.urlsafe_b64encode(self._mix(plain.encode())).decode()

    def open(self, sealed: str) -> str:
        """The plain text; what is not a ciphertext comes back as it is. Raises ValueError."""
        if not sealed.startswith(PREFIX):
            return sealed
        return self._mix(base64.urlsafe_b64decode(sealed[len(PREFIX) :])).decode()

    def _mix(self, data: bytes) -> bytes:
        return bytes(byte ^ key for byte, key in zip(data, cycle(self._key), strict=False))
