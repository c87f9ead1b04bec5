"""Douyin's access tokens: seven days, with a refresh token that is replaced at every refresh."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.kernel.clock import Clock
from desk.kernel.errors import AuthExpired, DeskError, Refused
from integrations.platform import ShopEntry
from integrations.tokens import Token, TokenCache, TokenKeeper
from integrations.wild import Wild

EARLY = timedelta(minutes=50)
"""Before the last hour a refresh gives back the same pair, so that asking sooner is in vain."""

_A_MOMENT = 1_000_000_000

Ask = Callable[[str, Mapping[str, object]], Awaitable[Wild]]
"""Calls one of the two token methods, which need no access token."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token and the refresh token that came with it."""

    access: Token
    refresh: Token


def read_pair(data: Wild, now: datetime) -> Pair:
    """Read the answer of token.create and token.refresh.

    `expires_in` is in seconds; some generated models call it a moment, which it is when it is huge.
    """
    lasts = data["expires_in"].whole()
    ends = data["expires_in"].seconds() if lasts > _A_MOMENT else now + timedelta(seconds=lasts)
    return Pair(
        Token(data["access_token"].text(), ends),
        Token(data["refresh_token"].text(), expires_at=None),
    )


class Session:
    """Gets tokens for one shop: by the newest refresh token, else by a new grant.

    A shop's own app (自用型) is granted a token for its shop id at any time; a tool's app trades
    in the one-time `code` of the seller's authorisation.
    """

    def __init__(self, entry: ShopEntry, ask: Ask, tokens: TokenCache, clock: Clock) -> None:
        self._name = entry.name
        self._shop_id = entry.credential("shop_id")
        self._code = entry.credentials.get("code", "")
        self._first_refresh = entry.credentials.get("refresh_token", "")
        self._ask, self._tokens, self._clock = ask, tokens, clock
        # Another grant in the shops' file starts another chain of refreshed pairs.
        grant = hashlib.sha256(f"{self._code} {self._first_refresh}".encode()).hexdigest()[:12]
        key = f"douyin:{entry.credential('app_key')}:{self._shop_id}:{grant}"
        self._refresh_key = f"{key}:refresh"
        self.keeper = TokenKeeper(key, self._fetch, tokens, clock, EARLY)

    async def _fetch(self, spent: str | None) -> Token:
        """Return another token than the spent one; its successor's key is kept before it is used.

        Raises:
            AuthExpired: neither way gives one, so the seller must authorise again.
        """
        refusal: DeskError | None = None
        for way in (self._refreshed, self._granted):
            try:
                pair = await way()
            except (Refused, AuthExpired) as error:
                refusal = error
                continue
            if pair is not None and pair.access.value != spent:
                await self._tokens.put(self._refresh_key, pair.refresh)
                return pair.access
        code = refusal.code if refusal is not None else "douyin.no_token"
        raise AuthExpired(code, f"{self._name}的授权失效了，请重新授权") from refusal

    async def _refreshed(self) -> Pair | None:
        kept = await self._tokens.get(self._refresh_key)
        token = kept.value if kept is not None else self._first_refresh
        if not token:
            return None
        asked = {"grant_type": "refresh_token", "refresh_token": token}
        return await self._pair("token.refresh", asked)

    async def _granted(self) -> Pair:
        asked = {"code": self._code, "grant_type": "authorization_code"}
        if not self._code:
            asked = {"code": "", "grant_type": "authorization_self", "shop_id": self._shop_id}
        return await self._pair("token.create", asked)

    async def _pair(self, method: str, asked: Mapping[str, object]) -> Pair:
        return read_pair(await self._ask(method, asked), self._clock.now())
