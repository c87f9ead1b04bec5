"""Shopify's webhooks: signed, in the shape of the older REST API, up to eight times more.

What was not answered with 200 within five seconds comes again with the same `X-Shopify-Webhook-Id`;
the fake sends the repeats when the control asks for them.
"""

import base64
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field

import aiohttp

from sandbox.shops.control import Change
from sandbox.shops.shopify.orders import number_of
from sandbox.shops.shopify.shapes import gid, moment
from sandbox.shops.shopify.shop import ShopifyShop
from sandbox.shops.wire import Json, yuan

ANSWER_SECONDS = 5
MOST_SENDS = 9


@dataclass(slots=True)
class Message:
    """One webhook."""

    topic: str
    body: bytes
    number: str = field(default_factory=lambda: str(uuid.uuid4()))
    send_count: int = 0
    delivered: bool = False


def compose(shop: ShopifyShop, change: Change) -> list[Message]:
    """The messages of a change: a refund's order changes with it."""
    order, buyer = change.order, shop.buyer(change.order.buyer)
    financial, _, fulfilment = order.status.partition("/")
    whole: Json = {
        "id": number_of(order),
        "admin_graphql_api_id": gid("Order", number_of(order)),
        "name": f"#{order.number}",
        "email": buyer.email,
        "phone": buyer.phone,
        "updated_at": moment(order.updated),
        "financial_status": financial.lower(),
        "fulfillment_status": fulfilment.lower(),
        "total_price": yuan(order.payment),
        "shipping_address": {"name": buyer.name, "address1": buyer.address, "phone": buyer.phone},
        "customer": {"email": buyer.email},
    }
    messages = [_message("orders/updated", whole)]
    if change.refund:
        body: Json = {"id": int(change.refund.refund_id), "order_id": number_of(order)}
        messages.append(_message("refunds/create", body))
    return messages


def compose_product(item: str) -> Message:
    """The message of a product whose stock changed."""
    return _message(
        "products/update", {"id": int(item), "admin_graphql_api_id": gid("Product", item)}
    )


def _message(topic: str, body: Json) -> Message:
    return Message(topic, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())


class Pusher:
    """Sends messages to the configured address and keeps them for a repeat."""

    def __init__(self, shop: ShopifyShop, session: aiohttp.ClientSession) -> None:
        self._shop = shop
        self._session = session
        self.sent: list[Message] = []

    async def push(self, message: Message) -> None:
        """Send one message; without an address nothing happens."""
        if self._shop.keys.push_url:
            self.sent.append(message)
            await self._deliver(message)

    async def push_again(self) -> None:
        """Send the last message once more, and whatever was not heard."""
        waiting = {id(each): each for each in self.sent if not each.delivered}
        for message in {**waiting, **{id(each): each for each in self.sent[-1:]}}.values():
            if message.send_count < MOST_SENDS:
                await self._deliver(message)

    async def _deliver(self, message: Message) -> None:
        mac = hmac.new(self._shop.keys.app_secret.encode(), message.body, hashlib.sha256)
        headers = {
            "Content-Type": "application/json",
            "X-Shopify-Topic": message.topic,
            "X-Shopify-Hmac-Sha256": base64.b64encode(mac.digest()).decode(),
            "X-Shopify-Shop-Domain": self._shop.keys.shop,
            "X-Shopify-API-Version": self._shop.keys.version,
            "X-Shopify-Webhook-Id": message.number,
        }
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        message.send_count += 1
        try:
            async with self._session.post(
                self._shop.keys.push_url, data=message.body, headers=headers, timeout=limit
            ) as response:
                message.delivered = message.delivered or response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return
