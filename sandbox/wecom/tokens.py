"""access_token: handed out, kept 7200 s of fake time, forgotten on command (WeCom doc 91039)."""

import secrets
from dataclasses import dataclass, field

from sandbox.wecom.errors import ApiError

LIFETIME_SECONDS = 7200


@dataclass(slots=True)
class TokenBook:
    """The corp's living and dead tokens."""

    _expires: dict[str, float] = field(default_factory=dict)
    handed_out: int = 0

    def hand_out(self, now: float) -> tuple[str, int]:
        """The valid token again, or a new one, with its remaining seconds."""
        self.handed_out += 1
        for token, expires in self._expires.items():
            if now < expires <= now + LIFETIME_SECONDS:
                return token, int(expires - now)
        token = secrets.token_urlsafe(90)
        self._expires[token] = now + LIFETIME_SECONDS
        return token, LIFETIME_SECONDS

    def check(self, token: str | None, now: float) -> None:
        """Raises ApiError 41001, 40014 or 42001."""
        if not token:
            raise ApiError(41001)
        expires = self._expires.get(token)
        if expires is None:
            raise ApiError(40014)
        if now >= expires:
            raise ApiError(42001)

    def expire(self, now: float) -> None:
        """Let every token be expired (42001) from now on."""
        for token in self._expires:
            self._expires[token] = min(self._expires[token], now)

    def forget(self) -> None:
        """Let every token be invalid (40014) from now on."""
        self._expires.clear()
