"""Shops' access tokens in PostgreSQL, sealed: some platforms tell the next one only once."""

import base64
import hashlib
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from cryptography.fernet import Fernet, InvalidToken

from desk.kernel.clock import Clock
from desk.sync.model import SealedToken
from desk.sync.ports import TokenShelf
from integrations.tokens import Token

log = structlog.get_logger()

KEY_FILE = "data.key"


def data_key(given: str, data_dir: Path) -> bytes:
    """Return the key under which secrets and phone hashes are kept.

    `given` is DATA_KEY. Without it a key is made once and kept beside the data (mode 0600), which
    serves one machine; processes on several machines need the same DATA_KEY.

    Raises:
        OSError: the file can neither be read nor made.
    """
    if given:
        return given.encode()
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / KEY_FILE
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(opened, "wb") as file:
        key = secrets.token_hex(32).encode()
        file.write(key)
    return key


class SealedTokens:
    """Implements `integrations.tokens.TokenCache` for all processes of a deployment.

    Every method raises Unavailable while the database is away. A token that could not be kept
    then is remembered, kept when it is asked for next, and only then given out: it may be a
    refresh token whose forerunner is spent.
    """

    def __init__(self, shelf: TokenShelf, clock: Clock, key: bytes) -> None:
        self._shelf, self._clock = shelf, clock
        self._unkept: dict[str, Token] = {}
        seal = hashlib.blake2b(key, digest_size=32, person=b"shop-token").digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(seal))

    async def get(self, key: str) -> Token | None:
        """Return the token under the key; one sealed under another DATA_KEY counts as none."""
        if (unkept := self._unkept.get(key)) is not None:
            await self.put(key, unkept)
            return unkept
        async with self._shelf.tokens() as tokens:
            kept = await tokens.get(key)
        if kept is None:
            return None
        try:
            value = self._fernet.decrypt(kept.sealed).decode()
        except InvalidToken:
            log.warning("shop.token_unreadable", help="DATA_KEY has changed")
            return None
        return Token(value, kept.expires_at)

    async def put(self, key: str, token: Token) -> None:
        """Keep a token; it is safe when this returns."""
        self._unkept[key] = token
        sealed = self._fernet.encrypt(token.value.encode()).decode()
        async with self._shelf.tokens() as tokens:
            await tokens.put(key, SealedToken(sealed, token.expires_at), self._clock.now())
        del self._unkept[key]

    @asynccontextmanager
    async def guard(self, key: str) -> AsyncIterator[None]:
        """Let one at a time renew what is under the key, in all processes."""
        async with self._shelf.tokens() as tokens:
            await tokens.lock(key)
            yield
