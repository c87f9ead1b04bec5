"""Ids: made by us before anything is written, and derivable where a repeat must be the same."""

import hashlib
import secrets
import time
from typing import NewType
from uuid import UUID

CustomerId = NewType("CustomerId", UUID)
ConversationId = NewType("ConversationId", UUID)
InboxId = NewType("InboxId", UUID)
OutboxId = NewType("OutboxId", UUID)
TicketId = NewType("TicketId", UUID)
GrantId = NewType("GrantId", UUID)
ReviewId = NewType("ReviewId", UUID)
RatingId = NewType("RatingId", UUID)
WishId = NewType("WishId", UUID)


def uuid7() -> UUID:
    """Make a time-ordered UUID, version 7 (RFC 9562)."""
    millis = time.time_ns() // 1_000_000
    return _versioned(millis << 80 | secrets.randbits(80), 7)


def derived(*parts: str | int | UUID) -> UUID:
    """Derive the same UUID (version 8) from the same parts, always, in every process."""
    joined = "\x1f".join(str(part) for part in parts)
    digest = hashlib.blake2b(joined.encode(), digest_size=16).digest()
    return _versioned(int.from_bytes(digest), 8)


def _versioned(value: int, version: int) -> UUID:
    # uuid.UUID(version=...) takes only 1 to 5 before Python 3.14.
    value = value & ~(0xF << 76) | version << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)
