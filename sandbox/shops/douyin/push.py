"""Douyin's pushes: arrays of messages, signed over the raw body, repeated until thanked for.

Before the first message the address is checked with one of tag 0; nothing more goes to one that
does not answer `{"code": 0, "msg": "success"}`. What was not thanked for goes along with the next.
"""

import json
import secrets
from dataclasses import dataclass, field

import aiohttp

from sandbox.shops.control import Change
from sandbox.shops.douyin.credentials import DouyinKeys
from sandbox.shops.douyin.order_rows import order_status, seconds
from sandbox.shops.douyin.shop import DouyinShop
from sandbox.shops.douyin.signing import event_sign
from sandbox.shops.wire import Json

ANSWER_SECONDS = 5
CHECK = "0"
ORDER_TAGS = {
    "1": "100",
    "105": "101",
    "2": "101",
    "3": "102",
    "101": "108",
    "5": "103",
    "4": "106",
}
AFTER_SALE_TAGS = {
    "6": "200",
    "12": "206",
    "7": "202",
    "11": "203",
    "27": "204",
    "29": "205",
    "28": "207",
}


@dataclass(slots=True)
class Message:
    """One message; `data` is JSON inside a text."""

    tag: str
    data: str
    msg_id: str = field(default_factory=lambda: str(secrets.randbelow(10**18)))
    send_count: int = 0
    delivered: bool = False

    def body(self) -> Json:
        """The message as one element of the array."""
        return {"tag": self.tag, "msg_id": self.msg_id, "data": self.data}


def tag_of(change: Change) -> str:
    """The tag a change is pushed with; "" for a state without one."""
    if change.refund:
        return AFTER_SALE_TAGS.get(change.refund.status, "")
    return ORDER_TAGS.get(change.order.status, "")


def compose(shop: DouyinShop, change: Change) -> Message:
    """The message of a change."""
    order, refund = change.order, change.refund
    data: Json = {
        "p_id": int(order.number),
        "s_ids": [int(line.oid) for line in order.lines],
        "shop_id": int(shop.keys.shop_id),
        "update_time": seconds(shop.clock.now()),
    }
    if refund:
        data |= {"aftersale_id": int(refund.refund_id), "aftersale_status": int(refund.status)}
    else:
        data |= {"order_status": order_status(order), "order_type": 0}
    return Message(tag_of(change), json.dumps(data))


class Pusher:
    """Sends messages to the configured address and keeps them for a re-push."""

    def __init__(self, keys: DouyinKeys, session: aiohttp.ClientSession) -> None:
        self._keys = keys
        self._session = session
        self._is_checked = False
        self.sent: list[Message] = []

    async def push(self, message: Message, now: str) -> None:
        """Send one message and what still waits; without an address or a tag nothing happens."""
        if not self._keys.push_url or not message.tag:
            return
        self.sent.append(message)
        if not self._is_checked:
            self._is_checked = await self._post([Message(CHECK, now, msg_id="0")])
        if self._is_checked:
            await self._deliver([each for each in self.sent if not each.delivered])

    async def push_again(self) -> None:
        """Send the last message once more, with the same msg_id."""
        if self.sent and self._is_checked:
            await self._deliver(self.sent[-1:])

    async def _deliver(self, messages: list[Message]) -> None:
        is_thanked = await self._post(messages)
        for message in messages:
            message.send_count += 1
            message.delivered = message.delivered or is_thanked

    async def _post(self, messages: list[Message]) -> bool:
        raw = json.dumps([message.body() for message in messages], separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json",
            "app-id": self._keys.app_key,
            "event-sign": event_sign(self._keys.app_key, raw, self._keys.app_secret),
        }
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        try:
            async with self._session.post(
                self._keys.push_url, data=raw, headers=headers, timeout=limit
            ) as response:
                answer: object = await response.json(content_type=None)
                return response.status == 200 and answer == {"code": 0, "msg": "success"}
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False
