"""The authorisation: 180 days from its beginning, access tokens of 48 hours, one-time refreshes."""

import secrets
from datetime import datetime, timedelta

from sandbox.shops.kuaishou.credentials import Credentials
from sandbox.shops.kuaishou.errors import KuaishouError

ACCESS_LIFE = timedelta(hours=48)
WHOLE_LIFE = timedelta(days=180)
DENIED = 100200102


class Grants:
    """Who is let in. Access tokens live side by side; of refresh tokens only the newest does."""

    def __init__(self, credentials: Credentials, now: datetime) -> None:
        self.ends = now + WHOLE_LIFE
        self.refresh_token = credentials.refresh_token
        self._spent: set[str] = set()
        self._access: dict[str, datetime] = {}
        self._expired: dict[str, datetime] = {}

    def lets_in(self, access_token: str, now: datetime) -> bool:
        """Whether the gateway takes this token now."""
        ends = self._access.get(access_token)
        return ends is not None and now < ends

    def refresh(self, refresh_token: str, now: datetime) -> str:
        """Spend a refresh token; another access token. Raises KuaishouError."""
        if refresh_token in self._spent:
            raise KuaishouError(DENIED, "refreshToken.discarded")
        if refresh_token != self.refresh_token or now >= self.ends:
            raise KuaishouError(DENIED, "invalid refresh_token")
        self._spent.add(refresh_token)
        self.refresh_token = secrets.token_urlsafe(24)
        access_token = secrets.token_urlsafe(24)
        self._access[access_token] = now + ACCESS_LIFE
        return access_token

    def expire(self, expired: bool) -> None:
        """Let all access tokens so far end, or be good again."""
        if expired:
            self._expired |= self._access
            self._access = {}
        else:
            self._access |= self._expired
            self._expired = {}
