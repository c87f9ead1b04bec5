"""Access tokens: fetched once for all who wait, renewed before they end, shared where possible."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from desk.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class Token:
    """A credential and when it ends (aware UTC; None: the platform did not say).

    Its value never shows in logs.
    """

    value: str = field(repr=False)
    expires_at: datetime | None


class TokenCache(Protocol):
    """Where tokens are kept; must not raise when its server is away."""

    async def get(self, key: str) -> Token | None:
        """Return the token under the key."""

    async def put(self, key: str, token: Token) -> None:
        """Keep a token until it ends."""


class MemoryTokenCache:
    """Tokens of one process."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}

    async def get(self, key: str) -> Token | None:
        """Return the token under the key."""
        return self._tokens.get(key)

    async def put(self, key: str, token: Token) -> None:
        """Keep a token until it ends."""
        self._tokens[key] = token


class TokenKeeper:
    """Keeps one party's token valid.

    `fetch(spent)` asks the party for a token other than the spent one; None the first time. A
    token is replaced when `early` is left of it.
    """

    def __init__(
        self,
        key: str,
        fetch: Callable[[str | None], Awaitable[Token]],
        cache: TokenCache,
        clock: Clock,
        early: timedelta = timedelta(hours=12),
    ) -> None:
        self._key = key
        self._fetch = fetch
        self._cache = cache
        self._clock = clock
        self._early = early
        self._lock = asyncio.Lock()
        self.expires_at: datetime | None = None

    async def get(self) -> str:
        """Return a token that is valid for a while yet; errors are those of `fetch`."""
        token = await self._cache.get(self._key)
        if token is not None and self._is_good(token):
            self.expires_at = token.expires_at
            return token.value
        async with self._lock:
            token = await self._cache.get(self._key)
            if token is not None and self._is_good(token):
                return token.value
            return await self._replace(token.value if token is not None else None)

    async def renew(self, spent: str) -> str:
        """Return another token than the one that the party has just turned down."""
        async with self._lock:
            token = await self._cache.get(self._key)
            if token is not None and token.value != spent:
                return token.value
            return await self._replace(spent)

    async def _replace(self, spent: str | None) -> str:
        token = await self._fetch(spent)
        await self._cache.put(self._key, token)
        self.expires_at = token.expires_at
        return token.value

    def _is_good(self, token: Token) -> bool:
        return token.expires_at is None or token.expires_at - self._clock.now() > self._early
