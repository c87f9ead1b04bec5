"""Brings callbacks to the bot: signed, encrypted, three attempts, everything on record."""

import asyncio
import itertools
import random
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

import aiohttp

from sandbox.clock import Clock
from sandbox.jsontext import JsonObject
from sandbox.settings import Settings
from sandbox.wecom.callback_xml import (
    PassiveReply,
    ReplyBroken,
    Tree,
    parse_envelope,
    parse_reply,
    render,
)
from sandbox.wecom.crypto import CryptoError, Sealer
from sandbox.wecom.faults import Faults

ATTEMPTS = 3
ANSWER_SECONDS = 5.0
VERIFY_SECONDS = 1.0
# The spacing of WeCom's attempts is not published.
RETRY_SECONDS = 1.0
KEPT_DELIVERIES = 2000

OnReply = Callable[[PassiveReply], None]


class Unreachable(Exception):
    """Nothing answers at the callback URL."""


@dataclass(slots=True)
class Attempt:
    """One try: HTTP status, or what went wrong instead."""

    at: float
    status: int | None
    latency_ms: float
    error: str = ""


@dataclass(slots=True)
class Delivery:
    """One copy of one callback on its way."""

    id: int
    event: str
    summary: str
    outcome: str = "pending"
    reply: str = ""
    attempts: list[Attempt] = field(default_factory=list)

    def shown(self) -> JsonObject:
        """For the control API."""
        return asdict(self)


class Courier:
    """Owns the HTTP session towards the bot and the tasks that are under way."""

    def __init__(self, settings: Settings, clock: Clock, faults: Faults) -> None:
        self._settings = settings
        self._clock = clock
        self._faults = faults
        self._sealer = Sealer(settings.token, settings.aes_key, settings.corp_id)
        self._http: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._ids = itertools.count(1)
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT_DELIVERIES)
        self.retry_seconds = RETRY_SECONDS
        self.answer_seconds = ANSWER_SECONDS

    async def open(self) -> None:
        """Make the HTTP session; call inside the running loop."""
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=200))

    async def close(self) -> None:
        """Drop what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    def post(
        self,
        tree: Tree,
        *,
        event: str,
        summary: str = "",
        agent_id: int | None = None,
        on_reply: OnReply | None = None,
    ) -> None:
        """Send a callback, as many times and as late as the faults say."""
        faults = self._faults.callbacks
        if event == "kf_msg_or_event" and faults.drop_doorbells > 0:
            faults.drop_doorbells -= 1
            self._record(event, summary).outcome = "dropped"
            return
        document = render(tree)
        for _ in range(max(1, faults.copies)):
            wait_ms = faults.delay_ms + random.uniform(0, faults.shuffle_ms)
            delivery = self._record(event, summary)
            task = asyncio.create_task(
                self._deliver(delivery, document, agent_id, wait_ms / 1000, on_reply)
            )
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def quiet(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def verify(self) -> str:
        """GET with an echostr as the console does. Returns what is wrong, or an empty string."""
        word = secrets.token_hex(10)
        query = self._signed(self._sealer.seal(word.encode()), "echostr")
        try:
            async with self._session().get(
                self._settings.callback_url,
                params=query,
                timeout=aiohttp.ClientTimeout(total=VERIFY_SECONDS),
            ) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as broken:
            raise Unreachable(type(broken).__name__) from broken
        if answer.status != 200:
            return f"HTTP {answer.status}"
        return "" if body == word.encode() else "the answer is not the decrypted echostr"

    def _record(self, event: str, summary: str) -> Delivery:
        delivery = Delivery(next(self._ids), event, summary)
        self.deliveries.append(delivery)
        return delivery

    async def _deliver(
        self,
        delivery: Delivery,
        document: str,
        agent_id: int | None,
        wait: float,
        on_reply: OnReply | None,
    ) -> None:
        if wait:
            await asyncio.sleep(wait)
        for number in range(ATTEMPTS):
            if number:
                await asyncio.sleep(self.retry_seconds)
            body = await self._attempt(delivery, document, agent_id)
            if body is not None:
                delivery.outcome = "delivered"
                self._read_reply(delivery, body, on_reply)
                return
        delivery.outcome = "failed"

    async def _attempt(
        self, delivery: Delivery, document: str, agent_id: int | None
    ) -> bytes | None:
        encrypted = self._sealer.seal(document.encode())
        query = self._signed(encrypted, "")
        attempt = Attempt(self._clock.now().timestamp(), None, 0.0)
        delivery.attempts.append(attempt)
        began = time.monotonic()
        body: bytes | None = None
        try:
            async with self._session().post(
                self._settings.callback_url,
                params=query,
                data=self._envelope(encrypted, agent_id).encode(),
                headers={"Content-Type": "text/xml"},
                timeout=aiohttp.ClientTimeout(total=self.answer_seconds),
            ) as answer:
                body = await answer.read()
                attempt.status = answer.status
        except (aiohttp.ClientError, TimeoutError) as broken:
            attempt.error = type(broken).__name__
        attempt.latency_ms = round((time.monotonic() - began) * 1000, 2)
        return body if attempt.status == 200 else None

    def _envelope(self, encrypted: str, agent_id: int | None) -> str:
        agent: Tree = () if agent_id is None else (("AgentID", str(agent_id)),)
        return render((("ToUserName", self._settings.corp_id), *agent, ("Encrypt", encrypted)))

    def _signed(self, encrypted: str, name: str) -> dict[str, str]:
        timestamp = str(self._clock.timestamp())
        nonce = str(secrets.randbelow(10**10))
        query = {
            "msg_signature": self._sealer.sign(timestamp, nonce, encrypted),
            "timestamp": timestamp,
            "nonce": nonce,
        }
        return query | ({name: encrypted} if name else {})

    def _read_reply(self, delivery: Delivery, body: bytes, on_reply: OnReply | None) -> None:
        if body in (b"", b"success"):
            return
        try:
            outer = parse_envelope(body)
            encrypted = outer.get("Encrypt", "")
            self._sealer.check(
                outer.get("MsgSignature", ""),
                outer.get("TimeStamp", ""),
                outer.get("Nonce", ""),
                encrypted,
            )
            reply = parse_reply(self._sealer.open(encrypted))
        except (ReplyBroken, CryptoError) as broken:
            delivery.reply = f"unreadable: {type(broken).__name__}"
            return
        delivery.reply = reply.kind
        if on_reply is not None:
            on_reply(reply)

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            raise RuntimeError("the courier is not open")
        return self._http
