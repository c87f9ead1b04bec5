"""Where the access_token lies so that all processes share one (WeCom doc 91039)."""

import asyncio
import base64
import hashlib
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from cryptography.fernet import Fernet, InvalidToken
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Token:
    """An access_token; `forced` when it replaced one that WeCom did not take any more."""

    value: str = field(repr=False)
    expires_at: datetime
    fetched_at: datetime
    forced: bool = False


class TokenStore(Protocol):
    """Keeps one token."""

    async def get(self) -> Token | None:
        """The stored token, even if it has expired; None when there is none."""

    async def put(self, token: Token, ttl: timedelta) -> None:
        """Store a token."""

    def lock(self, seconds: float) -> AbstractAsyncContextManager[bool]:
        """Be the only one for some seconds; yields False when somebody else is."""


class MemoryTokenStore:
    """For one process."""

    def __init__(self) -> None:
        self._token: Token | None = None
        self._held = False

    async def get(self) -> Token | None:
        """The stored token."""
        return self._token

    async def put(self, token: Token, ttl: timedelta) -> None:
        """Store a token; a process does not live long enough to mind `ttl`."""
        self._token = token

    @asynccontextmanager
    async def lock(self, seconds: float) -> AsyncIterator[bool]:
        """Be the only one, until the block ends."""
        if self._held:
            yield False
            return
        self._held = True
        try:
            yield True
        finally:
            self._held = False


class RedisTokenStore:
    """For all processes, encrypted under the app's own secret.

    Redis may be away: then there is no stored token and everybody holds the lock.
    """

    def __init__(self, redis: Redis, corp: str, agent: int, secret: str) -> None:
        # Keyed by the secret too: a new secret never meets a token of the old one.
        mark = hashlib.sha256(f"{corp}\x1f{secret}".encode()).hexdigest()[:16]
        self._redis = redis
        self._release_script = redis.register_script(_RELEASE)
        self._key = f"zhanggui:wecom:token:{agent}:{mark}"
        seal = hashlib.blake2b(secret.encode(), digest_size=32, person=b"wecom-token").digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(seal))

    async def get(self) -> Token | None:
        """The stored token; one that cannot be read counts as none."""
        try:
            sealed = await self._redis.get(self._key)
        except (RedisError, OSError) as error:
            log.warning("wecom.token_store_away", error=type(error).__name__)
            return None
        return self._opened(sealed) if sealed else None

    async def put(self, token: Token, ttl: timedelta) -> None:
        """Store a token for a while."""
        written = {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(token).items()
        }
        sealed = self._fernet.encrypt(json.dumps(written).encode())
        with suppress(RedisError, OSError):
            await self._redis.set(self._key, sealed, px=max(1, int(ttl.total_seconds() * 1000)))

    @asynccontextmanager
    async def lock(self, seconds: float) -> AsyncIterator[bool]:
        """SET NX PX; given back only if it is still ours."""
        name, mine = f"{self._key}:lock", secrets.token_hex(8)
        try:
            taken = await self._redis.set(name, mine, nx=True, px=int(seconds * 1000))
        except (RedisError, OSError):
            taken = True
        try:
            yield bool(taken)
        finally:
            if taken:
                await asyncio.shield(self._release(name, mine))

    async def _release(self, name: str, mine: str) -> None:
        with suppress(RedisError, OSError):
            await self._release_script(keys=[name], args=[mine])

    def _opened(self, sealed: bytes | str) -> Token | None:
        try:
            written = json.loads(self._fernet.decrypt(sealed))
            return Token(
                value=written["value"],
                expires_at=datetime.fromisoformat(written["expires_at"]),
                fetched_at=datetime.fromisoformat(written["fetched_at"]),
                forced=written["forced"],
            )
        except (InvalidToken, ValueError, KeyError, TypeError):
            return None


_RELEASE = """
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0
"""
