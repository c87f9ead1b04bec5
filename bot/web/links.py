"""The signed addresses of tickets' pages: who has one may look, nobody can make one up."""

import hashlib
import hmac
from uuid import UUID

from itsdangerous import BadSignature, Signer
from itsdangerous.encoding import base64_decode, base64_encode

from desk.kernel.ids import TicketId
from desk.kernel.messages import TicketLink

PATH = "/t"
_SALT = "ticket page"
_ID_BYTES = 16
_VERSION_BYTES = 4
_LONGEST = 200
"""Characters; what is longer is none of ours, and not worth a hash."""


class TicketLinks:
    """Writes and reads the addresses of tickets' pages.

    A token is the ticket's id (16 bytes) and the link's version (4 bytes), and their HMAC-SHA256
    under a key derived from the DATA_KEY, both in base64url: 71 characters. It tells no moment:
    the same ticket has the same address until that is taken back, however often it is said.
    """

    def __init__(self, key: bytes, public_url: str) -> None:
        """Take the DATA_KEY, and where the house is reached; "" where it is not."""
        own = hashlib.blake2b(key, digest_size=32, person=b"ticket-page").digest()
        self._signer = Signer(own, salt=_SALT, key_derivation="hmac", digest_method=hashlib.sha256)
        self._public_url = public_url

    def address(self, link: TicketLink) -> str:
        """Write a link as what a browser opens; "" where nobody could open it."""
        return f"{self._public_url}{PATH}/{self.token(link)}" if self._public_url else ""

    def token(self, link: TicketLink) -> str:
        """Sign a link."""
        plain = link.ticket.bytes + link.version.to_bytes(_VERSION_BYTES)
        return self._signer.sign(base64_encode(plain)).decode("ascii")

    def read(self, token: str) -> TicketLink | None:
        """Read what we have signed; None for anything else, and for another spelling of it."""
        if len(token) > _LONGEST or not token.isascii():
            return None
        try:
            plain = base64_decode(self._signer.unsign(token))
        except BadSignature:
            return None
        ticket, version = plain[:_ID_BYTES], plain[_ID_BYTES:]
        link = TicketLink(TicketId(UUID(bytes=ticket)), int.from_bytes(version))
        # Base64 forgives what is not of its alphabet: a token shall have one spelling.
        return link if hmac.compare_digest(self.token(link), token) else None
