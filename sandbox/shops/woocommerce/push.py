"""WooCommerce's webhooks: signed, sent once, and given up after five failures in a row.

A new webhook is tried with a ping that is not signed. A delivery is named after the webhook and
the second only, so two of one second bear the same name.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass

import aiohttp

from sandbox.shops.wire import Json
from sandbox.shops.woocommerce.shop import WooCommerceShop

WEBHOOK_ID = 17
MOST_FAILURES = 5
ANSWER_SECONDS = 5


@dataclass(slots=True)
class Delivery:
    """One push."""

    topic: str
    body: bytes
    name: str
    send_count: int = 0
    delivered: bool = False


class Pusher:
    """Sends what changed to the configured address."""

    def __init__(self, shop: WooCommerceShop, session: aiohttp.ClientSession) -> None:
        self._shop = shop
        self._session = session
        self._is_tried = False
        self._failures = 0
        self.sent: list[Delivery] = []

    async def push(self, topic: str, resource: Json) -> None:
        """Send one change, unless there is no address or it failed too often."""
        if not self._shop.keys.push_url or self._failures > MOST_FAILURES:
            return
        if not self._is_tried:
            await self._post(f"webhook_id={WEBHOOK_ID}".encode(), {})
            self._is_tried = True
        second = int(self._shop.clock.now().timestamp())
        name = hashlib.md5(f"{WEBHOOK_ID}{second}".encode(), usedforsecurity=False).hexdigest()
        body = json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()
        self.sent.append(Delivery(topic, body, name))
        await self._deliver(self.sent[-1])

    async def push_again(self) -> None:
        """Send the last delivery once more, as a merchant can from the log."""
        if self.sent:
            await self._deliver(self.sent[-1])

    async def _deliver(self, delivery: Delivery) -> None:
        resource, _, event = delivery.topic.partition(".")
        key = self._shop.keys.webhook_secret.encode()
        mac = hmac.new(key, delivery.body, hashlib.sha256)
        delivery.send_count += 1
        delivery.delivered = await self._post(
            delivery.body,
            {
                "Content-Type": "application/json",
                "X-WC-Webhook-Source": f"{self._shop.public}/",
                "X-WC-Webhook-Topic": delivery.topic,
                "X-WC-Webhook-Resource": resource,
                "X-WC-Webhook-Event": event,
                "X-WC-Webhook-Signature": base64.b64encode(mac.digest()).decode(),
                "X-WC-Webhook-ID": str(WEBHOOK_ID),
                "X-WC-Webhook-Delivery-ID": delivery.name,
            },
        )
        self._failures = 0 if delivery.delivered else self._failures + 1

    async def _post(self, body: bytes, headers: dict[str, str]) -> bool:
        plain = {"Content-Type": "application/x-www-form-urlencoded"}
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        try:
            async with self._session.post(
                self._shop.keys.push_url, data=body, headers=headers or plain, timeout=limit
            ) as response:
                return 200 <= response.status < 300
        except (aiohttp.ClientError, TimeoutError):
            return False
