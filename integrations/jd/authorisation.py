"""JD's access token: refreshed within its last day only, and never after its end."""

import hashlib
from datetime import UTC, datetime, timedelta

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.beijing import to_utc
from integrations.http import Ask, HttpClient
from integrations.platform import BadShopEntry, ShopEntry, Surroundings
from integrations.tokens import Token, TokenKeeper

OFFICIAL = "https://open-oauth.jd.com"

_LAST_DAY = timedelta(hours=24)
_PAUSE = timedelta(hours=1)
"""Between two tries to refresh: JD counts them by the month."""


class RefreshRefused(Unavailable):
    """JD gives no other token now; the one in use serves to its end."""


class Authorisation:
    """The token that the merchant's authorisation gave, and those that followed it.

    `access_token_ends` (Beijing time) in the shops' file tells when the first one ends; without
    it there is no telling when its last day is, so it is never refreshed.
    """

    def __init__(self, entry: ShopEntry, around: Surroundings, http: HttpClient) -> None:
        self._url = f"{entry.base_url or OFFICIAL}/oauth2/refresh_token"
        self._http = http
        self._clock = around.clock
        self._tokens = around.tokens
        self._name = entry.name
        self._app = {
            "app_key": entry.credential("app_key"),
            "app_secret": entry.credential("app_secret"),
        }
        self._first = Token(entry.credential("access_token"), _end(entry))
        self._first_refresh_token = entry.credentials.get("refresh_token", "")
        self._not_before = datetime.min.replace(tzinfo=UTC)
        # Another token in the shops' file starts another chain of refreshed ones.
        chain = hashlib.sha256(self._first.value.encode()).hexdigest()[:12]
        self._key = f"jd:{self._app['app_key']}:{chain}"
        self.keeper = TokenKeeper(
            self._key, self._fetch, around.tokens, around.clock, early=_LAST_DAY
        )

    @property
    def renews_itself(self) -> bool:
        """Whether there is a refresh token, and an end near which it may be used."""
        return bool(self._first_refresh_token) and self._first.expires_at is not None

    def expired(self) -> AuthExpired:
        """Make the error that sends the merchant to authorise again."""
        return AuthExpired("jd.token_expired", f"{self._name}的授权失效了，请在京东重新授权")

    async def _fetch(self, spent: str | None) -> Token:
        now = self._clock.now()
        if spent is None:
            if self._first.expires_at is not None and self._first.expires_at <= now:
                raise self.expired()
            return self._first
        kept = await self._tokens.get(self._key)
        ends = kept.expires_at if kept is not None and kept.value == spent else None
        if ends is None or not now < ends <= now + _LAST_DAY:
            raise self.expired()
        return await self._refresh(now)

    async def _refresh(self, now: datetime) -> Token:
        kept = await self._tokens.get(f"{self._key}:refresh")
        refresh_token = kept.value if kept is not None else self._first_refresh_token
        if not refresh_token or now < self._not_before:
            raise self._refused()
        self._not_before = now + _PAUSE
        asked = {**self._app, "grant_type": "refresh_token", "refresh_token": refresh_token}
        try:
            reply = await self._http.ask(Ask("GET", self._url, asked, is_read=False))
        except Refused as error:
            raise self._refused() from error
        answer = reply.body
        if answer["access_token"].is_null:
            raise self._refused()
        ends = now + timedelta(seconds=answer["expires_in"].whole())
        token = Token(answer["access_token"].text(), ends)
        following = Token(answer["refresh_token"].text(), expires_at=None)
        await self._tokens.put(f"{self._key}:refresh", following)
        return token

    def _refused(self) -> RefreshRefused:
        return RefreshRefused("jd.refresh_refused", f"{self._name}的授权快到期了，请在京东重新授权")


def _end(entry: ShopEntry) -> datetime | None:
    written = entry.credentials.get("access_token_ends", "")
    if not written:
        return None
    try:
        return to_utc(written)
    except ValueError as error:
        raise BadShopEntry(
            entry.id,
            "credentials.access_token_ends",
            "写授权到期的北京时间，例如 2027-11-20 10:00:00",
        ) from error
