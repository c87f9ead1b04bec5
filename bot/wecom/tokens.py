"""One access_token for everybody: fetched once, renewed early, never asked for in a storm."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.wecom.errors import AnswerLost, Denied, NotNow, Verdict
from bot.wecom.token_store import Token, TokenStore
from bot.wecom.wire import Wire
from desk.kernel.clock import Clock

log = structlog.get_logger()

_EARLY = timedelta(seconds=300)
_JITTER_SECONDS = 60.0
_DENIED_FOR = timedelta(seconds=60)
_FAILED_FOR = timedelta(seconds=1)
_FORCED_PAUSE = timedelta(seconds=2)
_LOCK_SECONDS = 15.0
_LOOK_AGAIN_SECONDS = 0.05
_BUSY = frozenset({-1, 6000, 45009, 45033})


@dataclass(frozen=True, slots=True)
class _Closed:
    """A failure that answers for all who ask in the next moments."""

    until: datetime
    error: Callable[[], NotNow | Denied]


class AccessTokens:
    """Hands out the app's token (WeCom doc 91039).

    Raises (all methods):
        NotNow: WeCom could not be asked.
        Denied: corp id, secret or address are not accepted; held for 60 s without asking again.
    """

    def __init__(self, wire: Wire, store: TokenStore, clock: Clock, corp: str, secret: str) -> None:
        self._wire, self._store, self._clock = wire, store, clock
        self._corp, self._secret = corp, secret
        self._token: Token | None = None
        self._renew_at = clock.now()
        self._closed: _Closed | None = None
        self._lock = asyncio.Lock()

    async def current(self) -> str:
        """The token to use now."""
        if held := self._fresh():
            return held
        async with self._lock:
            return self._fresh() or await self._obtain(refused="")

    async def renew(self, refused: str) -> str:
        """A token other than the one that WeCom just refused.

        A renewed one that is refused again within 2 s is handed out as it is: the fault is
        elsewhere, and asking on would only burn the quota.
        """
        async with self._lock:
            if self._token and self._token.value != refused and (held := self._fresh()):
                return held
            return await self._obtain(refused)

    def _fresh(self) -> str:
        usable = self._token is not None and self._clock.now() < self._renew_at
        return self._token.value if usable and self._token else ""

    async def _obtain(self, refused: str) -> str:
        self._raise_if_closed()
        deadline = asyncio.get_running_loop().time() + _LOCK_SECONDS
        while True:
            if found := self._shared(await self._store.get(), refused):
                return found
            async with self._store.lock(_LOCK_SECONDS) as ours:
                if ours:
                    # Whoever held the lock before may just have stored one.
                    found = self._shared(await self._store.get(), refused)
                    return found or await self._fetch(forced=bool(refused))
            if asyncio.get_running_loop().time() > deadline:
                raise NotNow("token_locked", timedelta(seconds=2), free=True)
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    def _shared(self, stored: Token | None, refused: str) -> str:
        now = self._clock.now()
        if stored is None or now >= stored.expires_at - _EARLY:
            return ""
        if stored.value == refused and not (
            stored.forced and timedelta() <= now - stored.fetched_at < _FORCED_PAUSE
        ):
            return ""
        self._hold(stored)
        return stored.value

    def _hold(self, token: Token) -> None:
        self._token = token
        jitter = timedelta(seconds=random.uniform(0, _JITTER_SECONDS))  # noqa: S311  spreads load
        self._renew_at = token.expires_at - _EARLY - jitter

    async def _fetch(self, *, forced: bool) -> str:
        try:
            token = await self._gettoken(forced=forced)
        except (NotNow, AnswerLost) as error:
            self._close_unreached(error.reason)
        except Denied as error:
            self._close_denied(error.verdict)
        else:
            self._closed = None
            await self._store.put(token, token.expires_at - token.fetched_at)
            self._hold(token)
            return token.value
        self._raise_if_closed()
        raise AssertionError("a closed token source raises")

    async def _gettoken(self, *, forced: bool) -> Token:
        if missing := _missing(self._corp, self._secret):
            raise Denied(missing)
        query = {"corpid": self._corp, "corpsecret": self._secret}
        asked_at = self._clock.now()
        answer = await self._wire.ask("gettoken", query)
        errcode = answer.whole("errcode")
        if errcode in _BUSY:
            raise NotNow(str(errcode), _FAILED_FOR, free=True)
        value = answer.text("access_token")
        if errcode or not value:
            raise Denied(Verdict("gettoken", errcode, answer.text("errmsg")))
        lifetime = timedelta(seconds=answer.whole("expires_in", 7200))
        return Token(value, asked_at + lifetime, asked_at, forced)

    def _close_unreached(self, reason: str) -> None:
        until = self._clock.now() + _FAILED_FOR
        self._closed = _Closed(until, lambda: NotNow(reason, _FAILED_FOR, free=True))

    def _close_denied(self, verdict: Verdict) -> None:
        log.error(
            "wecom.token_denied", code=verdict.code, errmsg=verdict.errmsg, advice=verdict.advice
        )
        until = self._clock.now() + _DENIED_FOR
        self._closed = _Closed(until, lambda: Denied(verdict))

    def _raise_if_closed(self) -> None:
        if self._closed and self._clock.now() < self._closed.until:
            raise self._closed.error()


def _missing(corp: str, secret: str) -> Verdict | None:
    if corp and secret:
        return None
    return Verdict("gettoken", 41004 if corp else 41002, "not set")
