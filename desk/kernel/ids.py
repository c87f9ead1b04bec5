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


def uuid7() -> UUID:
    """Make a time-ordered UUID, version 7 (RFC 9562)."""
    millis = time.time_ns() // 1_000_000
    value = millis << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def derived(*parts: str | int | UUID) -> UUID:
    """Derive the same UUID from the same parts, always, in every process."""
    joined = "\x1f".join(str(part) for part in parts)
    return UUID(bytes=hashlib.blake2b(joined.encode(), digest_size=16).digest(), version=8)
