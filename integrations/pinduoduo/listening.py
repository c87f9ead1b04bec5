"""Pinduoduo's messages (PMC): a WebSocket that we open, keep alive, and answer one by one."""

import asyncio
import base64
import hashlib
from http import HTTPStatus

import aiohttp

from desk.kernel.clock import Clock
from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.powers import Keep
from integrations.pinduoduo.messages import Message, read_message
from integrations.platform import BadShopEntry, ShopEntry, Surroundings
from integrations.wild import Unreadable

OFFICIAL = "wss://message-api.pinduoduo.com"
BEAT_SECONDS = 8.0
"""The platform wants to hear something every five to ten seconds."""
_PING_SECONDS = 30.0
"""A connection whose other end is gone without a word is found out within half of that again."""
_OPENING_SECONDS = 10.0
_DENIED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


def message_sign(client_id: str, millis: int, secret: str) -> str:
    """Sign the opening of a connection: base64 of the hex letters of an md5."""
    joined = f"{client_id}{millis}{secret}".encode()
    # The platform's rule, no choice of ours.
    digest = hashlib.md5(joined, usedforsecurity=False).hexdigest()
    return base64.b64encode(digest.encode()).decode()


class MessageLine:
    """The connection over which one app is told what happens in a shop.

    Where an app serves several shops, each hears all of them: with `mall_id` in the shops' file
    messages of other shops are neither kept nor acknowledged, so that they come to their own.
    """

    def __init__(
        self, entry: ShopEntry, around: Surroundings, beat_seconds: float = BEAT_SECONDS
    ) -> None:
        self._shop = entry.id
        self._name = entry.name
        self._session = around.session
        self._clock: Clock = around.clock
        self._client_id = entry.credential("client_id")
        self._secret = entry.credential("client_secret")
        self._mall = entry.credentials.get("mall_id", "")
        self._beat_seconds = beat_seconds
        self._url = _address(entry)

    async def listen(self, keep: Keep) -> None:
        """Receive until the connection ends or the task is cancelled.

        A message is acknowledged after `keep` returned; one that could not be kept, or was not
        understood, comes again.

        Raises:
            Unavailable: there is no connection, or it broke.
            AuthExpired: the app's id or secret is not taken.
            Refused: the address is not one for messages.
        """
        try:
            line = await self._open()
        except aiohttp.WSServerHandshakeError as error:
            raise self._denied(error.status) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise self._broken() from error
        beat = asyncio.create_task(self._beat(line))
        try:
            await self._receive(line, keep)
        finally:
            beat.cancel()
            await asyncio.gather(beat, return_exceptions=True)
            await line.close()

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        millis = self._millis()
        sign = message_sign(self._client_id, millis, self._secret)
        async with asyncio.timeout(_OPENING_SECONDS):
            return await self._session.ws_connect(
                f"{self._url}/message/{self._client_id}/{millis}/{sign}", heartbeat=_PING_SECONDS
            )

    async def _beat(self, line: aiohttp.ClientWebSocketResponse) -> None:
        while True:
            try:
                await line.send_json({"commandType": "HeartBeat", "time": self._millis()})
            except ConnectionError:
                return
            await asyncio.sleep(self._beat_seconds)

    async def _receive(self, line: aiohttp.ClientWebSocketResponse, keep: Keep) -> None:
        async for frame in line:
            if frame.type is not aiohttp.WSMsgType.TEXT:
                continue
            try:
                message = read_message(self._shop, frame.data)
            except Unreadable:
                continue
            if message is None or self._mall not in ("", message.mall):
                continue
            await keep((message.event,))
            await self._acknowledge(line, message)

    async def _acknowledge(self, line: aiohttp.ClientWebSocketResponse, message: Message) -> None:
        try:
            await line.send_json(message.acknowledgement(self._millis()))
        except ConnectionError as error:
            raise self._broken() from error

    def _millis(self) -> int:
        return int(self._clock.now().timestamp() * 1000)

    def _broken(self) -> Unavailable:
        return Unavailable("pinduoduo.messages", f"{self._name}的消息通道断了")

    def _denied(self, status: int) -> AuthExpired | Refused | Unavailable:
        if status in _DENIED:
            return AuthExpired(
                "pinduoduo.messages_denied", f"{self._name}的消息通道不认应用的密钥，请核对"
            )
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
            return self._broken()
        return Refused(
            f"pinduoduo.messages_{status}", f"{self._name}的消息通道拒绝了连接（{status}）"
        )


def _address(entry: ShopEntry) -> str:
    """Where messages come from: the given address, that of another gateway, or the official one."""
    given = entry.credentials.get("message_url", "").rstrip("/")
    if given and not given.startswith(("ws://", "wss://")):
        way_out = "要以 ws:// 或 wss:// 开头；留空就用官方地址"
        raise BadShopEntry(entry.id, "credentials.message_url", way_out)
    return given or entry.base_url.replace("http", "ws", 1) or OFFICIAL
