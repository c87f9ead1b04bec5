"""The fake WooCommerce alone on a free port, with a caller that knows only the documents."""

import base64
import hashlib
import hmac
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.shops.woocommerce.credentials import WooCommerceKeys
from sandbox.shops.woocommerce.gateway import Gateway
from sandbox.shops.woocommerce.shop import WooCommerceShop
from tests.sandbox.shops_world import StoppedClock


@dataclass
class WooWorld:
    """One started shop."""

    client: TestClient[web.Request, web.Application]
    clock: StoppedClock
    keys: WooCommerceKeys
    nonces: "itertools.count[int]" = field(default_factory=itertools.count)

    def signed(self, path: str, params: dict[str, str], **wrong: str) -> dict[str, str]:
        """The parameters with those of OAuth, `wrong` in place of the right ones."""
        whole = {
            **params,
            "oauth_consumer_key": self.keys.consumer_key,
            "oauth_timestamp": str(int(self.clock.now().timestamp())),
            "oauth_nonce": f"n{next(self.nonces)}",
            "oauth_signature_method": "HMAC-SHA256",
        } | {key: value for key, value in wrong.items() if key != "oauth_signature"}
        pairs = "&".join(f"{quote(key, '')}={quote(whole[key], '')}" for key in sorted(whole))
        url = str(self.client.make_url(path))
        text = f"GET&{quote(url, '')}&{quote(pairs, '')}"
        key = f"{self.keys.consumer_secret}&".encode()
        right = base64.b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode()
        return {**whole, "oauth_signature": wrong.get("oauth_signature", right)}

    async def get(self, what: str, **params: str) -> tuple[int, object]:
        """Ask for something rightly: the status and the answer."""
        path = f"/woocommerce/wp-json/wc/v3/{what}"
        return await self.send(path, self.signed(path, params))

    async def send(self, path: str, query: dict[str, str]) -> tuple[int, object]:
        """Ask with exactly this query."""
        async with self.client.get(path, params=query) as response:
            answer: object = await response.json()
            return response.status, answer

    async def control(self, **wish: object) -> object:
        """Ask the control API for something."""
        async with self.client.post("/woocommerce/_control", json=wish) as response:
            assert response.status == 200, await response.text()
            answer: object = await response.json()
            return answer


@asynccontextmanager
async def open_woocommerce(keys: WooCommerceKeys | None = None) -> AsyncIterator[WooWorld]:
    """Start the shop under its path on a free loopback port."""
    clock, keys = StoppedClock(), keys or WooCommerceKeys()
    root = web.Application()
    root.add_subapp("/woocommerce", Gateway(WooCommerceShop(clock, keys)).application())
    async with TestClient(TestServer(root, host="127.0.0.1", port=0)) as client:
        yield WooWorld(client, clock, keys)
