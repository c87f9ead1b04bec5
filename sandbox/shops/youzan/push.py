"""Youzan's push messages: signed over the raw body, repeated with the same msg_id until taken."""

import asyncio
import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

import aiohttp

from sandbox.clock import Clock
from sandbox.shops.control import Change
from sandbox.shops.credentials import Credentials
from sandbox.shops.wire import Json, beijing, epoch_ms
from sandbox.shops.youzan.shop import YouzanShop

ANSWER_SECONDS = 5
AGAIN_AFTER = (
    timedelta(seconds=5),
    timedelta(minutes=5, seconds=20),
    timedelta(minutes=21, seconds=20),
    timedelta(hours=2),
)
LOOK_AT_CLOCK = 0.2
TRADE_EVENTS = {
    "WAIT_BUYER_PAY": "trade_TradeCreate",
    "TRADE_PAID": "trade_TradePaid",
    "WAIT_CONFIRM": "trade_TradePaid",
    "WAIT_SELLER_SEND_GOODS": "trade_TradeBuyerPay",
    "WAIT_BUYER_CONFIRM_GOODS": "trade_TradeSellerShip",
    "TRADE_SUCCESS": "trade_TradeSuccess",
    "TRADE_CLOSED": "trade_TradeClose",
}
REFUND_EVENTS = {
    "WAIT_SELLER_AGREE": "trade_refund_BuyerCreated",
    "WAIT_BUYER_RETURN_GOODS": "trade_refund_RefundSellerAgreeReturnGoods",
    "WAIT_SELLER_CONFIRM_GOODS": "trade_refund_RefundBuyerReturnGoods",
    "SELLER_REFUSE_BUYER": "trade_refund_RefundSellerRefuse",
    "CLOSED": "trade_refund_RefundClosed",
    "SUCCESS": "trade_refund_RefundSuccess",
}


@dataclass(slots=True)
class Message:
    """One message as it goes over the wire; `delivered` after a 200 with code 0."""

    event: str
    body: Json
    send_count: int = 0
    delivered: bool = False


def md5(text: str) -> str:
    """Lower-case hex."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def event_of(change: Change) -> str:
    """The event type a change is pushed as; "" for a state without one."""
    if change.refund:
        return REFUND_EVENTS.get(change.refund.status, "")
    if change.partly:
        return "trade_TradePartlySellerShip"
    return TRADE_EVENTS.get(change.order.status, "")


def compose(shop: YouzanShop, change: Change) -> Message:
    """The message of a change, unsigned in the header, with the old in-body sign."""
    credentials, now = shop.credentials, shop.clock.now()
    content: Json = {"tid": change.order.number, "update_time": beijing(now)}
    if change.refund:
        content |= {"refund_id": change.refund.refund_id, "refund_state": change.refund.status}
    msg = quote(json.dumps(content, ensure_ascii=False))
    body: Json = {
        "client_id": credentials.client_id,
        "id": change.refund.refund_id if change.refund else change.order.number,
        "kdt_id": credentials.kdt_id,
        "root_kdt_id": credentials.kdt_id,
        "kdt_name": "小满母婴",
        "msg_id": str(uuid.uuid4()),
        "msg": msg,
        "mode": 1,
        "sendCount": 0,
        "sign": md5(credentials.client_id + msg + credentials.client_secret),
        "status": change.refund.status if change.refund else change.order.status,
        "test": False,
        "type": event_of(change),
        "version": epoch_ms(now),
    }
    return Message(event_of(change), body)


class Pusher:
    """Sends messages to the configured address, again while they are not taken."""

    def __init__(
        self, credentials: Credentials, session: aiohttp.ClientSession, clock: Clock
    ) -> None:
        self._credentials = credentials
        self._session = session
        self._clock = clock
        self._waiting: set[asyncio.Task[None]] = set()
        self.sent: list[Message] = []

    async def push(self, message: Message) -> None:
        """Send one message; without an address or an event type nothing happens."""
        if not self._credentials.push_url or not message.event:
            return
        self.sent.append(message)
        await self._deliver(message)
        if not message.delivered:
            waiting = asyncio.create_task(self._keep_trying(message))
            self._waiting.add(waiting)
            waiting.add_done_callback(self._waiting.discard)

    async def _keep_trying(self, message: Message) -> None:
        """Four more times, by the fake clock."""
        first = self._clock.now()
        for delay in AGAIN_AFTER:
            while self._clock.now() < first + delay:  # noqa: ASYNC110 - a turned clock tells nobody
                await asyncio.sleep(LOOK_AT_CLOCK)
            await self._deliver(message)
            if message.delivered:
                return

    async def close(self) -> None:
        """Give up what is still to be pushed again."""
        for waiting in self._waiting:
            waiting.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def push_again(self) -> None:
        """Send the last message once more, with the same msg_id and a higher sendCount."""
        if self.sent:
            await self._deliver(self.sent[-1])

    async def _deliver(self, message: Message) -> None:
        raw = json.dumps({**message.body, "sendCount": message.send_count}, ensure_ascii=False)
        message.send_count += 1
        keys = self._credentials
        headers = {
            "Content-Type": "application/json;charset=UTF-8",
            "Event-Sign": md5(keys.client_id + raw + keys.client_secret),
            "Event-Type": message.event,
            "Client-Id": keys.client_id,
        }
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        try:
            async with self._session.post(
                keys.push_url, data=raw.encode(), headers=headers, timeout=limit
            ) as response:
                answer: object = await response.json(content_type=None)
                ok = isinstance(answer, dict) and answer.get("code") == 0
                message.delivered = response.status == 200 and ok
        except (aiohttp.ClientError, TimeoutError, ValueError):
            message.delivered = False
