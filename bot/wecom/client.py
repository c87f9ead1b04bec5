"""Calls WeCom's API: token, safe retries, pauses, and errors that tell what to do."""

import asyncio
import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.wecom.codes import Kind
from bot.wecom.errors import AnswerLost, Denied, NotNow, Rejected, Verdict
from bot.wecom.fields import Fields
from bot.wecom.tokens import AccessTokens
from bot.wecom.wire import Wire
from desk.kernel.clock import Clock

log = structlog.get_logger()

_RETRIES = 3
_PATIENCE_SECONDS = 12.0
"""No further try after this: whoever called holds a claim that runs out."""
_PAUSES = tuple(timedelta(seconds=each) for each in (5, 10, 20, 40, 60))
"""After 45009 in a row: the block may last a minute, a welcome waits for 20 seconds at most."""
_NEXT_TOKEN = timedelta(seconds=2)
_LATER = timedelta(seconds=5)
_BAD_CREDENTIAL = 40001


class WeComClient:
    """The self-built app's access to the API (WeCom doc 90664).

    Busy answers and connections that never came about are tried again up to three times, lost
    answers only where the caller says that a repeat is harmless.
    """

    def __init__(
        self, wire: Wire, tokens: AccessTokens, clock: Clock, backoff: float = 0.2
    ) -> None:
        self._wire, self._tokens, self._clock = wire, tokens, clock
        self._backoff = backoff
        self._paused: dict[str, datetime] = {}
        self._limited: dict[str, int] = {}

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Fields:
        """Read something; the same errors as `call`."""
        return await self.call(path, query=query, repeatable=True)

    async def call(
        self,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
        repeatable: bool = False,
    ) -> Fields:
        """Call `/cgi-bin/<path>`: POST where there is a body, else GET.

        Raises:
            NotNow: surely not done; `after` tells when to come back.
            AnswerLost: nobody knows whether it was done.
            Denied: a person must change something first.
            Rejected: WeCom says no.
        """
        self._raise_if_paused(path)
        loop = asyncio.get_running_loop()
        give_up = loop.time() + _PATIENCE_SECONDS
        for attempt in range(_RETRIES + 1):
            try:
                return await self._once(path, query or {}, body)
            except NotNow as error:
                if error.free or attempt == _RETRIES or loop.time() > give_up:
                    raise
            except AnswerLost:
                if not repeatable or attempt == _RETRIES or loop.time() > give_up:
                    raise
            await asyncio.sleep(self._delay(attempt))
        raise AssertionError("the last attempt returns or raises")

    async def _once(
        self, path: str, query: Mapping[str, str], body: Mapping[str, object] | None
    ) -> Fields:
        token = await self._tokens.current()
        answer = await self._wire.ask(path, {**query, "access_token": token}, body)
        if self._is_token_refused(answer):
            fresh = await self._tokens.renew(refused=token)
            if fresh != token:
                answer = await self._wire.ask(path, {**query, "access_token": fresh}, body)
        return self._checked(path, answer)

    def _is_token_refused(self, answer: Fields) -> bool:
        errcode = answer.whole("errcode")
        return errcode == _BAD_CREDENTIAL or _verdict("", answer).kind is Kind.TOKEN

    def _checked(self, path: str, answer: Fields) -> Fields:
        if not answer.whole("errcode"):
            self._limited.pop(path, None)
            return answer
        verdict = _verdict(path, answer)
        log.warning(
            "wecom.call_refused", path=path, errcode=verdict.errcode, errmsg=verdict.errmsg,
            advice=verdict.advice,
        )  # fmt: skip
        match verdict.kind:
            case Kind.RETRY:
                raise NotNow(str(verdict.errcode), _LATER)
            case Kind.RATE:
                raise NotNow(str(verdict.errcode), self._pause(path), free=True)
            case Kind.TOKEN:
                raise NotNow(str(verdict.errcode), _NEXT_TOKEN, free=True)
            case Kind.CONFIG:
                raise Denied(verdict)
        raise Rejected(verdict)

    def _pause(self, path: str) -> timedelta:
        """Close the path for a while, longer each time; calls that were under way count as one."""
        now = self._clock.now()
        if self._paused.get(path, now) <= now:
            times = self._limited.get(path, 0)
            self._limited[path] = times + 1
            self._paused[path] = now + _PAUSES[min(times, len(_PAUSES) - 1)]
        return self._paused[path] - now

    def _raise_if_paused(self, path: str) -> None:
        left = self._paused.get(path, self._clock.now()) - self._clock.now()
        if left > timedelta():
            raise NotNow("45009", left, free=True)

    def _delay(self, attempt: int) -> float:
        jitter = random.uniform(0.5, 1.5)  # noqa: S311  spreads load
        return self._backoff * float(2**attempt) * jitter


def _verdict(path: str, answer: Fields) -> Verdict:
    return Verdict(path, answer.whole("errcode"), answer.text("errmsg"))
