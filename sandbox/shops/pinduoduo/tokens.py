"""One authorisation: tokens rotate at each refresh, its end stands from the beginning."""

import secrets
from datetime import datetime, timedelta

from sandbox.shops.pinduoduo.credentials import Credentials
from sandbox.shops.pinduoduo.errors import named
from sandbox.shops.wire import Json

AUTHORISED_FOR = timedelta(days=365)


class Tokens:
    """The pair that is valid now; every older one is not, and a refresh token works once."""

    def __init__(self, credentials: Credentials, now: datetime) -> None:
        self._mall = credentials.mall_id
        self._access = credentials.access_token
        self._refresh = credentials.refresh_token
        self._ends = now + AUTHORISED_FOR
        self._is_expired = False
        self.refreshed = 0

    def check(self, access: str, now: datetime) -> None:
        """Raises PddError 10019 for a token that is not the valid one."""
        if access != self._access or self._is_expired or now >= self._ends:
            raise named("token_expired")

    def expire(self, expired: bool) -> None:
        """Let the access token be refused until it is refreshed, or be valid again."""
        self._is_expired = expired

    def refresh(self, refresh_token: str, now: datetime) -> Json:
        """A new pair that ends when the old one would have. Raises PddError 10019."""
        if refresh_token != self._refresh or now >= self._ends:
            raise named("token_expired")
        self._access, self._refresh = secrets.token_hex(20), secrets.token_hex(20)
        self._is_expired = False
        self.refreshed += 1
        left, ends = int((self._ends - now).total_seconds()), int(self._ends.timestamp())
        return {
            "access_token": self._access,
            "expires_in": left,
            "expires_at": ends,
            "refresh_token": self._refresh,
            "refresh_token_expires_in": left,
            "refresh_token_expires_at": ends,
            "owner_id": str(self._mall),
            "owner_name": "小满母婴专营店",
            "scope": ["pdd.order.information.get", "pdd.order.number.list.increment.get"],
            "r1_expires_at": ends,
            "r2_expires_at": ends,
            "w1_expires_at": ends,
            "w2_expires_at": ends,
        }
