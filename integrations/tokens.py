"""Access tokens: fetched once for all who wait, renewed before they end, kept before use."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from desk.kernel.clock import Clock
from desk.kernel.errors import AuthExpired, Unavailable
from integrations.rate import promptly

_ASK_AGAIN = timedelta(minutes=1)
"""After a renewal ahead of time failed, the old token serves so long before the next try."""


@dataclass(frozen=True, slots=True)
class Token:
    """A credential and when it ends (aware UTC; None: the platform did not say).

    Its value never shows in logs.
    """

    value: str = field(repr=False)
    expires_at: datetime | None


class TokenCache(Protocol):
    """Where tokens outlive the process: some platforms give the next refresh token only once.

    Every method may raise Unavailable; a token that could not be kept must not be used.
    """

    async def get(self, key: str) -> Token | None:
        """Return the token under the key."""

    async def put(self, key: str, token: Token) -> None:
        """Keep a token; it is safe when this returns."""

    def guard(self, key: str) -> AbstractAsyncContextManager[None]:
        """Let one at a time renew what is under the key, in all processes."""


class MemoryTokenCache:
    """Tokens of one process."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}
        self._guards: dict[str, asyncio.Lock] = {}

    async def get(self, key: str) -> Token | None:
        """Return the token under the key."""
        return self._tokens.get(key)

    async def put(self, key: str, token: Token) -> None:
        """Keep a token until it ends."""
        self._tokens[key] = token

    def guard(self, key: str) -> AbstractAsyncContextManager[None]:
        """Let one at a time renew what is under the key."""
        return self._guards.setdefault(key, asyncio.Lock())


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
        self._held: Token | None = None
        self._rests_until: datetime | None = None
        self._one_here = asyncio.Lock()
        """Of this process one waits at the guard, which may be a connection to a database."""

    @property
    def expires_at(self) -> datetime | None:
        """When the token in use ends (aware UTC), None while that is not known."""
        return self._held.expires_at if self._held is not None else None

    async def get(self) -> str:
        """Return a token that is valid for a while yet; errors are those of `fetch`.

        Where no new one can be had just before the end, the old one serves to its end.
        """
        if (value := self._usable()) is not None:
            return value
        async with self._one_here:
            if (value := self._usable()) is not None:
                return value
            return await _to_the_end(self._get())

    async def renew(self, spent: str) -> str:
        """Return another token than the one that the party has just turned down."""
        async with self._one_here:
            return await _to_the_end(self._renew(spent))

    async def _get(self) -> str:
        async with self._cache.guard(self._key):
            token = self._held = await self._cache.get(self._key)
            if token is not None and self._is_good(token):
                return token.value
            try:
                return await self._replace(token.value if token is not None else None)
            except (Unavailable, AuthExpired):
                if token is None or not self._lives(token):
                    raise
                self._rests_until = self._clock.now() + _ASK_AGAIN
                return token.value

    async def _renew(self, spent: str) -> str:
        async with self._cache.guard(self._key):
            token = self._held = await self._cache.get(self._key)
            if token is not None and token.value != spent:
                return token.value
            return await self._replace(spent)

    async def _replace(self, spent: str | None) -> str:
        with promptly():
            token = await self._fetch(spent)
        await self._cache.put(self._key, token)
        self._held = token
        return token.value

    def _usable(self) -> str | None:
        held = self._held
        is_usable = held is not None and (self._is_good(held) or self._rests(held))
        return held.value if held is not None and is_usable else None

    def _is_good(self, token: Token) -> bool:
        return token.expires_at is None or token.expires_at - self._clock.now() > self._early

    def _rests(self, token: Token) -> bool:
        """Tell whether a renewal failed just now, so that the old one must do."""
        rests_until = self._rests_until
        return rests_until is not None and self._clock.now() < rests_until and self._lives(token)

    def _lives(self, token: Token) -> bool:
        return token.expires_at is None or token.expires_at > self._clock.now()


async def _to_the_end(work: Coroutine[None, None, str]) -> str:
    """Let it come to its end though nobody waits any more: what was fetched must be kept."""
    task = asyncio.ensure_future(work)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(task)
