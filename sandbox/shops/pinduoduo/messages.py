"""The message connection (PMC): who may open it, what goes over it, and again until it is acked."""

import asyncio
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from aiohttp import WSMsgType, web

from sandbox.clock import Clock
from sandbox.shops.control import Change
from sandbox.shops.pinduoduo.credentials import Credentials
from sandbox.shops.pinduoduo.errors import invalid
from sandbox.shops.pinduoduo.signing import message_sign
from sandbox.shops.pinduoduo.topics import TOPICS, content_of, topic_of
from sandbox.shops.wire import Json, epoch_ms

MAX_SKEW = timedelta(minutes=10)
FIRST_ID = 91_400_216_300_001


@dataclass(frozen=True, slots=True)
class Times:
    """Real seconds: `silence` until a client that says nothing is hung up on, `again` until a
    message that was not acked is sent once more."""

    silence: float = 30.0
    again: float = 10.0


@dataclass(slots=True)
class Message:
    """One message; `sent` counts how often it went out."""

    id: int
    type: str
    mall: int
    content: str
    time: int
    sent: int = 0
    acked: bool = False

    def frame(self, send_time: int) -> Json:
        """The JSON that goes over the connection."""
        inner = {"type": self.type, "mallID": self.mall, "content": self.content}
        return {
            "id": self.id,
            "commandType": "Common",
            "time": self.time,
            "sendTime": send_time,
            "message": inner,
        }


class MessageDesk:
    """Keeps the messages of the permitted topics and the connection that they go to."""

    def __init__(self, clock: Clock, credentials: Credentials, times: Times) -> None:
        self._clock = clock
        self._keys = credentials
        self._times = times
        self._ids = count(FIRST_ID)
        self._permitted: frozenset[str] = frozenset()
        self._line: web.WebSocketResponse | None = None
        self.messages: list[Message] = []

    def forget(self) -> None:
        """Drop all messages; who may listen stays as it is."""
        self.messages = []

    def permit(self, topics: str) -> None:
        """Turn topics on, all of the app's for "". Raises PddError 10000 for one it has not."""
        wanted = frozenset(topics.split(",")) if topics else TOPICS
        if not wanted <= TOPICS:
            raise invalid("topics", "存在应用未订阅的消息主题")
        self._permitted = wanted

    async def tell(self, change: Change) -> None:
        """Make a message of a change, if it has a permitted topic, and send it."""
        topic = topic_of(change)
        if topic not in self._permitted:
            return
        mall = self._keys.mall_id
        now = epoch_ms(self._clock.now())
        self.messages.append(Message(next(self._ids), topic, mall, content_of(change, mall), now))
        await self._send(self.messages[-1])

    async def tell_again(self) -> None:
        """Send the last message once more, even if it was acked."""
        if self.messages:
            await self._send(self.messages[-1])

    def as_json(self) -> list[Json]:
        """What was pushed, for GET _control."""
        return [
            {"id": each.id, "type": each.type, "sent": each.sent, "acked": each.acked}
            for each in self.messages
        ]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """GET /message/{client_id}/{millis}/{sign}, upgraded; 401 for a wrong signature."""
        self._let_in(request)
        line = web.WebSocketResponse()
        await line.prepare(request)
        self._line = line
        try:
            await self._send_rest()
            await self._hear(line)
        finally:
            if self._line is line:
                self._line = None
        return line

    def _let_in(self, request: web.Request) -> None:
        client_id, millis = request.match_info["client_id"], request.match_info["millis"]
        right = message_sign(client_id, millis, self._keys.client_secret)
        given = request.match_info["sign"]
        if client_id != self._keys.client_id or not millis.isdecimal():
            raise web.HTTPUnauthorized
        if not hmac.compare_digest(given.encode(), right.encode()):
            raise web.HTTPUnauthorized
        skew = abs(epoch_ms(self._clock.now()) - int(millis))
        if skew > MAX_SKEW.total_seconds() * 1000:
            raise web.HTTPUnauthorized

    async def _hear(self, line: web.WebSocketResponse) -> None:
        """Take heartbeats and acks; hang up when there is neither for too long."""
        loop = asyncio.get_running_loop()
        heard, due = loop.time(), loop.time() + self._times.again
        while not line.closed:
            until = min(due, heard + self._times.silence)
            try:
                frame = await line.receive(timeout=max(0.01, until - loop.time()))
            except TimeoutError:
                frame = None
            if frame is not None:
                if frame.type is not WSMsgType.TEXT:
                    break
                if self._understand(str(frame.data)):
                    heard = loop.time()
            if loop.time() - heard >= self._times.silence:
                await line.close(message=b"heartbeat timeout")
            elif loop.time() >= due:
                await self._send_rest()
                due = loop.time() + self._times.again

    def _understand(self, text: str) -> bool:
        """Carry out one frame; false for what is neither heartbeat nor a right ack."""
        try:
            frame: object = json.loads(text)
        except ValueError:
            return False
        if not isinstance(frame, dict) or not isinstance(frame.get("time"), int):
            return False
        if frame.get("commandType") == "HeartBeat":
            return True
        return frame.get("commandType") == "Ack" and self._acked(frame)

    def _acked(self, frame: Json) -> bool:
        """An ack names the message by id, type, mall and the time it was sent at."""
        for each in self.messages:
            known = (each.id, each.type, each.mall)
            named = (frame.get("id"), frame.get("type"), frame.get("mallID"))
            if known == named and isinstance(frame.get("sendTime"), int):
                each.acked = True
                return True
        return False

    async def _send_rest(self) -> None:
        for each in [message for message in self.messages if not message.acked]:
            await self._send(each)

    async def _send(self, message: Message) -> None:
        line = self._line
        if line is None or line.closed:
            return
        try:
            await line.send_json(message.frame(epoch_ms(self._clock.now())))
        except ConnectionError:
            return
        message.sent += 1
