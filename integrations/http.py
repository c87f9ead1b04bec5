"""One way to ask an outside party over HTTP: a pace, a deadline, a size limit, three errors."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

import aiohttp

from desk.kernel.errors import Refused, Unavailable
from integrations.rate import LONGEST_WAIT, Buckets, MemoryBuckets, Rate, is_patient
from integrations.wild import Wild

_CHUNK = 65_536
_PAUSE_BEFORE_RETRY = 0.05
_PASSING = frozenset({429, 500, 502, 503, 504})
_GENEROUS = Rate(1000)
_JSON = {"Content-Type": "application/json"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """How long (for one try) and how much (bytes) may be read."""

    deadline: timedelta = timedelta(seconds=5)
    max_body: int = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `body` goes out byte by byte as it stands here: signatures depend on it.

    `is_read`: it changes nothing, so it may be tried twice. `expects`: statuses whose bodies the
    caller wants to read itself (a REST party tells its errors in bodies of 401 or 404).
    """

    method: str
    url: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_read: bool = True
    expects: frozenset[int] = frozenset({200})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status is one of those expected; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: Wild


class HttpClient:
    """Asks one outside party.

    Reads are tried twice when the connection breaks or the party is overloaded; writes never, as
    nobody knows what became of the first. No error carries the address or the body: tokens and
    personal data stand in them. Each try takes a token of the bucket `key` at `rate`.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        party: str,
        limits: HttpLimits | None = None,
        *,
        rate: Rate = _GENEROUS,
        buckets: Buckets | None = None,
        key: str = "",
    ) -> None:
        self._session = session
        self._party = party
        self._limits = limits or HttpLimits()
        self._rate, self._key = rate, key or party
        self._buckets = buckets or MemoryBuckets()

    async def post_json(
        self, url: str, body: Mapping[str, object], *, query: Mapping[str, str], is_read: bool
    ) -> Wild:
        """Post JSON and read the JSON answer; errors as in `ask`."""
        return (
            await self.ask(Ask("POST", url, query, _JSON, json.dumps(body).encode(), is_read))
        ).body

    async def post_form(self, url: str, form: Mapping[str, str], *, is_read: bool) -> Wild:
        """Post a form and read the JSON answer; errors as in `ask`."""
        body = urlencode(form).encode()
        return (await self.ask(Ask("POST", url, {}, _FORM, body, is_read))).body

    async def ask(self, asked: Ask) -> Reply:
        """Ask, and read the JSON answer.

        Raises:
            Unavailable: no answer in time, too long an answer, the party is overloaded, or so many
                calls are waiting already that this one would come too late.
            Refused: the party does not know the address or the way of asking.
        """
        try:
            return await self._try(asked)
        except _Broken as error:
            if not asked.is_read:
                raise self._unavailable(error.reason) from error
        await asyncio.sleep(_PAUSE_BEFORE_RETRY)
        try:
            return await self._try(asked)
        except _Broken as error:
            raise self._unavailable(error.reason) from error

    async def _try(self, asked: Ask) -> Reply:
        await self._wait_for_turn()
        try:
            async with asyncio.timeout(self._limits.deadline.total_seconds()):
                async with self._session.request(
                    asked.method,
                    asked.url,
                    data=asked.body or None,
                    params=dict(asked.query) or None,
                    headers=dict(asked.headers),
                    allow_redirects=False,
                ) as response:
                    body = await self._read(response)
        except TimeoutError as error:
            raise self._unavailable("timeout") from error
        except aiohttp.ClientError as error:
            raise _Broken("connection") from error
        status = response.status
        if status not in asked.expects:
            if status in _PASSING:
                raise _Broken(f"http_{status}")
            raise Refused(f"{self._party}.http_{status}", f"{self._party}拒绝了请求（{status}）")
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(status, headers, Wild.parse(self._party, body))

    async def _wait_for_turn(self) -> None:
        if is_patient():
            while wait := await self._buckets.take(  # noqa: ASYNC110 - the bucket is the event
                self._key, self._rate, patient=True
            ):
                await asyncio.sleep(wait)
            return
        wait = await self._buckets.take(self._key, self._rate)
        if wait > LONGEST_WAIT:
            raise self._unavailable("queue")
        if wait:
            await asyncio.sleep(wait)

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
