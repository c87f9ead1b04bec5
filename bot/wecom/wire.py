"""One HTTP exchange with WeCom: what surely failed and what nobody knows are told apart."""

import json
from collections.abc import Mapping
from datetime import timedelta

import aiohttp

from bot.wecom.counters import CALL_SECONDS, CALLS
from bot.wecom.errors import AnswerLost, NotNow
from bot.wecom.fields import Fields

_CONNECT_SECONDS = 3.0
_TOTAL_SECONDS = 10.0
_SOON = timedelta(seconds=2)
_SERVER_ERROR = 500
_OK = 200


class Wire:
    """Asks WeCom and reads JSON. Addresses hold tokens: they reach neither logs nor errors."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base: str,
        *,
        connect: float = _CONNECT_SECONDS,
        total: float = _TOTAL_SECONDS,
    ) -> None:
        self._session = session
        self._base = base.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(total=total, sock_connect=connect)

    async def ask(
        self, path: str, query: Mapping[str, str], body: Mapping[str, object] | None = None
    ) -> Fields:
        """GET, or POST where there is a body; the answer may hold any errcode.

        Raises:
            NotNow: it surely did not reach WeCom.
            AnswerLost: it may have; the answer did not come, or is not WeCom's.
        """
        with CALL_SECONDS.labels(path).time():
            try:
                fields = await self._exchange(path, query, body)
            except NotNow as error:
                CALLS.labels(path, error.reason).inc()
                raise
            except AnswerLost as error:
                CALLS.labels(path, error.reason).inc()
                raise
        CALLS.labels(path, str(fields.whole("errcode"))).inc()
        return fields

    async def _exchange(
        self, path: str, query: Mapping[str, str], body: Mapping[str, object] | None
    ) -> Fields:
        # aiohttp's errors may hold the address, and with it the token: `from None`.
        try:
            return await self._answer(path, query, body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise NotNow("no_connection", _SOON) from None
        except TimeoutError:
            raise AnswerLost(path, "timeout") from None
        except aiohttp.ClientError:
            raise AnswerLost(path, "connection_lost") from None

    async def _answer(
        self, path: str, query: Mapping[str, str], body: Mapping[str, object] | None
    ) -> Fields:
        request = self._session.request(
            "GET" if body is None else "POST",
            f"{self._base}/cgi-bin/{path}",
            params=dict(query),
            data=None if body is None else _written(body),
            headers=None if body is None else {"Content-Type": "application/json; charset=utf-8"},
            timeout=self._timeout,
            allow_redirects=False,
        )
        async with request as response:
            raw = await response.read()
            if response.status >= _SERVER_ERROR:
                raise AnswerLost(path, f"http_{response.status}")
            return _read(path, raw, response.status)


def _written(body: Mapping[str, object]) -> bytes:
    # 40033: WeCom refuses \uXXXX in a body.
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _read(path: str, raw: bytes, status: int) -> Fields:
    try:
        value = json.loads(raw, strict=False)
    except ValueError:
        raise AnswerLost(path, "not_json") from None
    if status != _OK or not isinstance(value, dict):
        raise AnswerLost(path, f"http_{status}")
    return Fields(value)
