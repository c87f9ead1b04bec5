"""WeChat Store's push: the address is checked once by GET, then sealed JSON comes by POST."""

import json
import secrets
from dataclasses import dataclass

import aiohttp

from sandbox.shops.control import Change
from sandbox.shops.wechat_store.api import seconds
from sandbox.shops.wechat_store.seal import seal, sign
from sandbox.shops.wechat_store.shop import WechatStoreShop
from sandbox.shops.wire import Json

ANSWER_SECONDS = 5
AT_ONCE = 3
"""0s/0s: the first two repeats come without a pause; the later ones on the control's wish."""
ENOUGH = ("success", "")


@dataclass(slots=True)
class Message:
    """One message before it is sealed; `delivered` after a 200 with `success` or nothing."""

    event: str
    body: Json
    send_count: int = 0
    delivered: bool = False


def _wrapped(shop: WechatStoreShop, event: str, sender: str, subject: str, body: Json) -> Message:
    return Message(
        event,
        {
            "ToUserName": "gh_5f2a81c07d3e",
            "FromUserName": sender,
            "CreateTime": seconds(shop.clock.now()),
            "MsgType": "event",
            "Event": event,
            subject: body,
        },
    )


def compose(shop: WechatStoreShop, change: Change) -> Message | None:
    """The message of a change; None for a state that nothing is pushed of.

    Order ids are numbers here and texts in the after-sale's message, as the platform writes them.
    """
    order, sender = change.order, shop.buyer(change.order.buyer).openid
    if change.refund:
        case = change.refund
        body: Json = {
            "status": case.status,
            "after_sale_order_id": case.refund_id,
            "order_id": order.number,
        }
        event, subject = "channels_ec_aftersale_update", "finder_shop_aftersale_status_update"
        return _wrapped(shop, event, sender, subject, body)
    event, more = _order_event(shop, change)
    if not event:
        return None
    return _wrapped(shop, event, sender, "order_info", {"order_id": int(order.number), **more})


def _order_event(shop: WechatStoreShop, change: Change) -> tuple[str, Json]:
    events: dict[str, tuple[str, Json]] = {
        "10": ("channels_ec_order_new", {}),
        "20": ("channels_ec_order_pay", {"pay_time": seconds(change.order.paid)}),
        "21": ("channels_ec_order_deliver", {"finish_delivery": 0}),
        "30": ("channels_ec_order_deliver", {"finish_delivery": 1}),
        "100": ("channels_ec_order_confirm", {"confirm_type": 1}),
        "190": ("channels_ec_order_cancel", {"cancel_type": 2}),
        "250": ("channels_ec_order_cancel", {"cancel_type": 1}),
    }
    return events.get(change.order.status, ("", {}))


def compose_scarce(shop: WechatStoreShop, item: str, sku: int, left: int) -> Message:
    """The message that a fifth or less of the stock is left."""
    event = "channels_ec_stock_no_enough"
    body: Json = {"product_id": int(item), "sku_id": sku, "remaining_stock_amount": left}
    return _wrapped(shop, event, "oWechatTeamFixedOpenid000000", event, body)


class Pusher:
    """Sends messages to the configured address and keeps them for a re-push."""

    def __init__(self, shop: WechatStoreShop, session: aiohttp.ClientSession) -> None:
        self._shop, self._keys, self._session = shop, shop.keys, session
        self._limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        self._address_is_good = False
        self.sent: list[Message] = []

    async def push(self, message: Message | None) -> None:
        """Send one message, up to three times; nothing without an address that answers checks."""
        if message is None or not self._keys.push_url or not await self._checked():
            return
        self.sent.append(message)
        while not message.delivered and message.send_count < AT_ONCE:
            await self._deliver(message)

    async def push_again(self) -> None:
        """Send the last message once more, sealed anew."""
        if self.sent:
            await self._deliver(self.sent[-1])

    async def _checked(self) -> bool:
        """Whether the address once answered a signed GET with its `echostr`."""
        if self._address_is_good:
            return True
        stamp, nonce, echo = self._stamp(), secrets.token_hex(4), secrets.token_hex(9)
        query = {
            "signature": sign(self._keys.push_token, stamp, nonce),
            "timestamp": stamp,
            "nonce": nonce,
            "echostr": echo,
        }
        self._address_is_good = await self._answer("GET", query, "") == echo
        return self._address_is_good

    async def _deliver(self, message: Message) -> None:
        stamp, nonce = self._stamp(), secrets.token_hex(4)
        text = json.dumps(message.body, ensure_ascii=False, separators=(",", ":"))
        sealed = seal(text, self._keys.push_aes_key, self._keys.app_id)
        message.send_count += 1
        query = {
            "signature": sign(self._keys.push_token, stamp, nonce),
            "timestamp": stamp,
            "nonce": nonce,
            "openid": str(message.body["FromUserName"]),
            "encrypt_type": "aes",
            "msg_signature": sign(self._keys.push_token, stamp, nonce, sealed),
        }
        body = json.dumps({"ToUserName": message.body["ToUserName"], "Encrypt": sealed})
        message.delivered = await self._answer("POST", query, body) in ENOUGH

    def _stamp(self) -> str:
        return str(seconds(self._shop.clock.now()))

    async def _answer(self, method: str, query: dict[str, str], body: str) -> str | None:
        """What came back with a 200, None for anything else."""
        try:
            async with self._session.request(
                method,
                self._keys.push_url,
                params=query,
                data=body.encode() or None,
                headers={"Content-Type": "application/json"},
                timeout=self._limit,
            ) as response:
                text = await response.text()
                return text if response.status == 200 else None
        except (aiohttp.ClientError, TimeoutError, UnicodeDecodeError):
            return None
