"""Tokens of one shop: seven and fourteen days; what a refresh gives depends on the hour left."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.shops.douyin.errors import missing_common, named

ACCESS_LIFE = timedelta(days=7)
REFRESH_LIFE = timedelta(days=14)
LAST_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Grant:
    """One issued pair."""

    access: str
    refresh: str
    access_ends: datetime
    refresh_ends: datetime


class Tokens:
    """Issues, renews and checks pairs."""

    def __init__(self) -> None:
        self._grants: list[Grant] = []
        self._codes: set[str] = set()

    def granted(self, now: datetime) -> Grant:
        """The pair that is valid now, or a new one."""
        newest = self._grants[-1] if self._grants else None
        return newest if newest and now < newest.access_ends else self._issue(now)

    def traded(self, code: str, now: datetime) -> Grant:
        """A new pair for a one-time code. Raises DouyinError the second time."""
        if code in self._codes:
            raise named("code_spent")
        self._codes.add(code)
        return self._issue(now)

    def renewed(self, refresh: str, now: datetime) -> Grant:
        """The same pair before the last hour; in it a new one, the old living on for an hour;

        after the end a new one, the old being dead. Raises DouyinError for a spent token.
        """
        old = next((each for each in self._grants if each.refresh == refresh), None)
        if old is None or now >= old.refresh_ends:
            raise named("refresh_spent")
        left = old.access_ends - now
        if left > LAST_HOUR:
            return old
        alive = timedelta() < left
        old.access_ends = now + LAST_HOUR if alive else min(old.access_ends, now)
        old.refresh_ends = now + LAST_HOUR if alive else now
        return self._issue(now)

    def check(self, access: str, now: datetime) -> None:
        """Raises DouyinError 40001 (missing), 40003 (unknown, expired)."""
        if not access:
            raise missing_common("access_token")
        grant = next((each for each in self._grants if each.access == access), None)
        if grant is None:
            raise named("token_unknown")
        if now >= grant.access_ends:
            raise named("token_expired")

    def expire(self, now: datetime) -> None:
        """Let every access token be expired from now on."""
        for grant in self._grants:
            grant.access_ends = min(grant.access_ends, now)

    def _issue(self, now: datetime) -> Grant:
        grant = Grant(
            secrets.token_hex(16), secrets.token_hex(16), now + ACCESS_LIFE, now + REFRESH_LIFE
        )
        self._grants.append(grant)
        return grant
