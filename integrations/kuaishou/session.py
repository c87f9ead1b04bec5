"""An authorisation at Kuaishou: tokens of 48 hours, each refresh token good for one refresh."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from desk.kernel.errors import AuthExpired, Refused
from integrations.platform import ShopEntry, Surroundings
from integrations.tokens import Token, TokenKeeper
from integrations.wild import Wild

_EARLY = timedelta(hours=2)


class Session:
    """The tokens of one authorisation, from the shops' file and as they were rotated since.

    `ask` posts a form to the token office and reads its answer.
    """

    def __init__(
        self,
        entry: ShopEntry,
        around: Surroundings,
        ask: Callable[[Mapping[str, str]], Awaitable[Wild]],
    ) -> None:
        self._name = entry.name
        self._clock, self._tokens, self._ask = around.clock, around.tokens, ask
        app_key = entry.credential("app_key")
        self._app = {"app_id": app_key, "app_secret": entry.credential("app_secret")}
        self._first_refresh = entry.credential("refresh_token")
        # Another token in the shops' file is another authorisation with a chain of its own.
        chain = hashlib.sha256(self._first_refresh.encode()).hexdigest()[:12]
        key = f"kuaishou:{app_key}:{chain}"
        self._refresh_key = f"{key}:refresh"
        self._newest: Token | None = None
        self.ends_at: datetime | None = None
        """When the authorisation ends: no refresh moves that. None while nobody has told."""
        self.keeper = TokenKeeper(key, self._fetch, around.tokens, around.clock, _EARLY)

    async def _fetch(self, _spent: str | None) -> Token:
        """Refresh; what the shops' file gives is used once, what followed it was kept.

        Raises:
            AuthExpired: no refresh token is taken, so the merchant must authorise again.
        """
        refusal: Refused | AuthExpired | None = None
        for refresh_token in await self._refresh_tokens():
            asked = {"grant_type": "refresh_token", "refresh_token": refresh_token, **self._app}
            try:
                return await self._keep(await self._ask(asked))
            except (Refused, AuthExpired) as error:
                refusal = error
        code = refusal.code if refusal is not None else "kuaishou.no_token"
        raise AuthExpired(code, f"{self._name}的授权失效了，请重新授权") from refusal

    async def _refresh_tokens(self) -> tuple[str, ...]:
        """Refresh tokens to be tried in turn: first one that could not be kept."""
        kept = await self._tokens.get(self._refresh_key)
        found = [each.value for each in (self._newest, kept) if each is not None]
        return tuple(dict.fromkeys([*found, self._first_refresh]))

    async def _keep(self, answer: Wild) -> Token:
        """Read a pair; the next refresh token is safe when this returns. Lives are in seconds."""
        now = self._clock.now()
        lives = answer["refresh_token_expires_in"]
        if not lives.is_null:
            self.ends_at = _after(now, lives)
        self._newest = Token(answer["refresh_token"].text(), self.ends_at)
        await self._tokens.put(self._refresh_key, self._newest)
        self._newest = None
        return Token(answer["access_token"].text(), _after(now, answer["expires_in"]))


def _after(now: datetime, lives: Wild) -> datetime:
    try:
        return now + timedelta(seconds=lives.whole())
    except OverflowError as error:
        raise lives.unreadable("seconds to live") from error
