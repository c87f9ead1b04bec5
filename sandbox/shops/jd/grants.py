"""Access tokens of the fake JD: refreshed within their last day only, seldom, never after.

How many refreshes a month JD allows is not published; MOST_A_MONTH is a choice.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.shops.jd.credentials import Credentials

LIFE = timedelta(days=30)
LAST_DAY = timedelta(hours=24)
MONTH = timedelta(days=30)
MOST_A_MONTH = 10


class NotRefreshed(Exception):
    """The token office says no."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One pair of tokens and when it ends."""

    access_token: str
    refresh_token: str
    ends: datetime


class Grants:
    """The authorisation in use; another one ends the one before."""

    def __init__(self, credentials: Credentials, now: datetime) -> None:
        self.withdrawn = False
        self.current = Grant(credentials.access_token, credentials.refresh_token, now + LIFE)
        self._refreshed: list[datetime] = []

    def lets_in(self, access_token: str, now: datetime) -> bool:
        """Whether the gateway takes this token now."""
        right = access_token == self.current.access_token
        return right and now < self.current.ends and not self.withdrawn

    def refresh(self, refresh_token: str, now: datetime) -> Grant:
        """Another pair for the refresh token, which is then spent. Raises NotRefreshed."""
        if refresh_token != self.current.refresh_token or self.withdrawn:
            raise NotRefreshed("无效的refresh_token")
        if now >= self.current.ends:
            raise NotRefreshed("授权已过期，请重新授权")
        if self.current.ends - now > LAST_DAY:
            raise NotRefreshed("只能在授权到期前24小时内刷新")
        self._refreshed = [each for each in self._refreshed if now - each < MONTH]
        if len(self._refreshed) >= MOST_A_MONTH:
            raise NotRefreshed("本月刷新次数已用完")
        self._refreshed.append(now)
        self.current = Grant(secrets.token_hex(16), secrets.token_hex(16), now + LIFE)
        return self.current
