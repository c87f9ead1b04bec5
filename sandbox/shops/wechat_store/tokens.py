"""Stable tokens: 7200 seconds, the next one in the last five minutes, forcing 20 times a day."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.shops.wechat_store.errors import named

LIFE = timedelta(seconds=7200)
CHANGE = timedelta(minutes=5)
FORCES_A_DAY = 20
BETWEEN_FORCES = timedelta(seconds=30)


@dataclass(slots=True)
class Grant:
    """One token; `ends` is when it is refused."""

    value: str
    ends: datetime
    replaced: bool = False


class Tokens:
    """Issues and checks the tokens of one shop."""

    def __init__(self) -> None:
        self._grants: dict[str, Grant] = {}
        self._current: Grant | None = None
        self._forced: list[datetime] = []

    def get(self, now: datetime, *, force: bool) -> Grant:
        """The valid token; a new one near its end, or when one is forced. Raises WechatError."""
        if force and self._may_force(now):
            self._forced.append(now)
            if self._current is not None:
                self._current.replaced = True
            return self._issue(now)
        if self._current is not None and self._current.ends - now > CHANGE:
            return self._current
        return self._issue(now)

    def check(self, value: str, now: datetime) -> None:
        """Raises WechatError 41001 (missing), 40001 (unknown or not latest), 42001 (expired)."""
        if not value:
            raise named("token_missing")
        grant = self._grants.get(value)
        if grant is None or grant.replaced:
            raise named("token_invalid")
        if now >= grant.ends:
            raise named("token_expired")

    def expire(self, now: datetime) -> None:
        """Let every token be expired from now on."""
        for grant in self._grants.values():
            grant.ends = min(grant.ends, now)

    def _may_force(self, now: datetime) -> bool:
        """Whether forcing does anything now: within 30 seconds it does not."""
        today = [at for at in self._forced if at > now - timedelta(days=1)]
        if len(today) >= FORCES_A_DAY:
            raise named("daily_limit")
        return not today or now - today[-1] >= BETWEEN_FORCES

    def _issue(self, now: datetime) -> Grant:
        grant = Grant(f"92_{secrets.token_urlsafe(96)}", now + LIFE)
        self._grants[grant.value] = self._current = grant
        return grant
