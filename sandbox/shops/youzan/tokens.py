"""Access and refresh tokens of one app and shop: seven and twenty-eight days by the fake clock."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.shops.youzan.errors import named

ACCESS_LIFE = timedelta(days=7)
REFRESH_LIFE = timedelta(days=28)


@dataclass(slots=True)
class Grant:
    """One issued pair; a replaced access token is expired at once."""

    access: str
    refresh: str
    access_ends: datetime
    refresh_ends: datetime


class Tokens:
    """Issues and checks tokens."""

    def __init__(self) -> None:
        self._grants: dict[str, Grant] = {}
        self._current: Grant | None = None

    def silent(self, now: datetime, refresh: bool) -> Grant:
        """The valid token, or a new one when it has expired or `refresh` is asked."""
        if self._current and now < self._current.access_ends and not refresh:
            return self._current
        return self._issue(now)

    def renew(self, refresh_token: str, now: datetime) -> Grant | None:
        """A new pair for a valid, unused refresh token; None for any other."""
        grant = self._current
        if grant is None or grant.refresh != refresh_token or now >= grant.refresh_ends:
            return None
        return self._issue(now)

    def check(self, access: str, now: datetime) -> None:
        """Raises GatewayError 4201 (missing), 4203 (unknown) or 4202 (expired)."""
        if not access:
            raise named("token_missing")
        grant = self._grants.get(access)
        if grant is None:
            raise named("token_invalid")
        if now >= grant.access_ends:
            raise named("token_expired")

    def expire(self, now: datetime) -> None:
        """Let every access token be expired from now on."""
        for grant in self._grants.values():
            grant.access_ends = min(grant.access_ends, now)

    def _issue(self, now: datetime) -> Grant:
        self.expire(now)
        grant = Grant(
            secrets.token_hex(15), secrets.token_hex(20), now + ACCESS_LIFE, now + REFRESH_LIFE
        )
        self._grants[grant.access] = grant
        self._current = grant
        return grant
