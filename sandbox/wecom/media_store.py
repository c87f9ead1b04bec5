"""Temporary media: three days of fake time (WeCom doc 90253)."""

import secrets
from dataclasses import dataclass, field

from sandbox.wecom.errors import ApiError

LIFETIME_SECONDS = 3 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Medium:
    """An uploaded file."""

    kind: str
    filename: str
    content_type: str
    data: bytes
    created: float


@dataclass(slots=True)
class MediaStore:
    """All uploads, by media_id."""

    _media: dict[str, Medium] = field(default_factory=dict)

    def put(self, medium: Medium) -> str:
        """Store and name it."""
        media_id = "3" + secrets.token_urlsafe(40)
        self._media[media_id] = medium
        return media_id

    def get(self, media_id: str, now: float, kind: str | None = None) -> Medium:
        """Raises ApiError 40007 for an unknown, expired or wrong kind of medium."""
        medium = self._media.get(media_id)
        if medium is None or now - medium.created > LIFETIME_SECONDS:
            raise ApiError(40007)
        if kind is not None and medium.kind != kind:
            raise ApiError(40007, f"not a {kind}")
        return medium
