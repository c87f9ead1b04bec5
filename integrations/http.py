"""One way to ask an outside party over HTTP: a deadline, a size limit, three kinds of errors."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

from desk.kernel.errors import Refused, Unavailable
from integrations.wild import Wild

_CHUNK = 65_536
_PAUSE_BEFORE_RETRY = 0.05
_PASSING = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """How long (for one try) and how much (bytes) may be read."""

    deadline: timedelta = timedelta(seconds=5)
    max_body: int = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Asked:
    url: str
    json: dict[str, object] | None = None
    form: dict[str, str] | None = None
    query: dict[str, str] | None = None


class HttpClient:
    """Posts to one outside party.

    Reads are tried twice when the connection breaks or the party is overloaded; writes never, as
    nobody knows what became of the first. No error carries the address or the body: tokens and
    personal data stand in them.
    """

    def __init__(
        self, session: aiohttp.ClientSession, party: str, limits: HttpLimits | None = None
    ) -> None:
        self._session = session
        self._party = party
        self._limits = limits or HttpLimits()

    async def post_json(
        self, url: str, body: Mapping[str, object], *, query: Mapping[str, str], is_read: bool
    ) -> Wild:
        """Post JSON and read the JSON answer.

        Raises:
            Unavailable: no answer in time, too long an answer, or the party is overloaded.
            Refused: the party does not know the address or the way of asking.
        """
        return await self._post(_Asked(url, json=dict(body), query=dict(query)), is_read=is_read)

    async def post_form(self, url: str, form: Mapping[str, str], *, is_read: bool) -> Wild:
        """Post a form and read the JSON answer; errors as in `post_json`."""
        return await self._post(_Asked(url, form=dict(form)), is_read=is_read)

    async def _post(self, asked: _Asked, *, is_read: bool) -> Wild:
        try:
            return await self._try(asked)
        except _Broken as error:
            if not is_read:
                raise self._unavailable(error.reason) from error
        await asyncio.sleep(_PAUSE_BEFORE_RETRY)
        try:
            return await self._try(asked)
        except _Broken as error:
            raise self._unavailable(error.reason) from error

    async def _try(self, asked: _Asked) -> Wild:
        try:
            async with asyncio.timeout(self._limits.deadline.total_seconds()):
                async with self._session.post(
                    asked.url,
                    json=asked.json,
                    data=asked.form,
                    params=asked.query,
                    allow_redirects=False,
                ) as response:
                    status, body = response.status, await self._read(response)
        except TimeoutError as error:
            raise self._unavailable("timeout") from error
        except aiohttp.ClientError as error:
            raise _Broken("connection") from error
        if status in _PASSING:
            raise _Broken(f"http_{status}")
        if status != 200:
            raise Refused(f"{self._party}.http_{status}", f"{self._party}拒绝了请求（{status}）")
        return Wild.parse(self._party, body)

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > self._limits.max_body:
                raise self._unavailable("too_long")
        return bytes(body)

    def _unavailable(self, reason: str) -> Unavailable:
        return Unavailable(f"{self._party}.{reason}", f"{self._party}暂时没有回应")


class _Broken(Exception):
    """The connection broke or the party is overloaded: a read may be tried again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
