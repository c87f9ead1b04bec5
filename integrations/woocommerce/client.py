"""WooCommerce's REST API: a key as Basic on https, as a signature on plain http."""

import base64
import secrets
from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.http import Ask, Reply
from integrations.platform import BadShopEntry, ShopEntry, Surroundings
from integrations.rate import Rate
from integrations.wild import Wild
from integrations.woocommerce.oauth import signature

PARTY = "woocommerce"
RATE = Rate(10)
"""Calls a second: ours. It is the merchant's own server, which tells no limit."""

_ROWS = 100
"""Rows of a full page; more are refused."""
_PAGES = "x-wp-totalpages"
_READ = frozenset({200, 400, 401, 403, 404})
_BROKEN = frozenset(f"{PARTY}.{end}" for end in ("connection", "http_502", "http_503", "http_504"))


class WooCommerceRefused(Refused):
    """The shop said no; `reason` is its own sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{PARTY}.{code}", f"独立站没有受理：{reason}")
        self.reason = reason
        self._name = code

    @property
    def means_none(self) -> bool:
        """Tell whether it says that there is no such order or product."""
        return self._name.endswith("_invalid_id")


class WooCommerceClient:
    """Asks one shop. All that is asked of it only reads."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        if not entry.base_url:
            raise BadShopEntry(
                entry.id, "base_url", "写上网店的地址，例如 https://shop.example.com"
            )
        self._base = f"{entry.base_url}/wp-json/wc/v3"
        self._name = entry.name
        self._key, self._secret = (
            entry.credential("consumer_key"),
            entry.credential("consumer_secret"),
        )
        self._http = around.http(PARTY, entry, RATE)
        self._clock = around.clock

    async def ask(self, path: str, query: Mapping[str, str] | None = None) -> Reply:
        """Ask for something under /wp-json/wc/v3/.

        Raises:
            Unavailable: no usable answer.
            AuthExpired: the key is not known (any more), or may not read.
            WooCommerceRefused: its user lacks a right, there is no such thing, or a bad request.
        """
        try:
            reply = await self._try(path, query or {})
        except Unavailable as error:
            if error.code not in _BROKEN:
                raise
            # Signed anew: the shop takes no signature twice, not even one it never answered.
            reply = await self._try(path, query or {})
        if reply.status != HTTPStatus.OK:
            raise self._error(reply)
        return reply

    async def rows(self, path: str, query: Mapping[str, str]) -> AsyncIterator[Wild]:
        """Walk a list; some rows may come twice.

        The pages are read from the last to the first: a row that leaves the list meanwhile makes
        those behind it move up, and only who reads forward would skip one.
        """
        rows, pages = await self._page(path, query, 1)
        for number in range(pages, 1, -1):
            for row in (await self._page(path, query, number))[0]:
                yield row
        for row in rows if pages <= 1 else (await self._page(path, query, 1))[0]:
            yield row

    async def _page(self, path: str, query: Mapping[str, str], number: int) -> tuple[Wild, int]:
        reply = await self.ask(path, {**query, "per_page": str(_ROWS), "page": str(number)})
        return reply.body, Wild(PARTY, reply.headers.get(_PAGES), _PAGES).whole()

    async def _try(self, path: str, query: Mapping[str, str]) -> Reply:
        url = f"{self._base}/{path}"
        if url.startswith("https://"):
            credentials = base64.b64encode(f"{self._key}:{self._secret}".encode()).decode()
            asked = Ask("GET", url, query, {"Authorization": f"Basic {credentials}"})
        else:
            asked = Ask("GET", url, self._signed(url, query))
        return await self._http.ask(
            Ask("GET", url, asked.query, asked.headers, is_read=False, expects=_READ)
        )

    def _signed(self, url: str, query: Mapping[str, str]) -> dict[str, str]:
        params = {
            **query,
            "oauth_consumer_key": self._key,
            "oauth_timestamp": str(int(self._clock.now().timestamp())),
            "oauth_nonce": secrets.token_hex(16),
            "oauth_signature_method": "HMAC-SHA256",
        }
        return {**params, "oauth_signature": signature("GET", url, params, self._secret)}

    def _error(self, reply: Reply) -> AuthExpired | Refused:
        code = reply.body["code"].text_or("unknown")
        if reply.status == HTTPStatus.UNAUTHORIZED:
            return AuthExpired(f"{PARTY}.{code}", f"{self._name}的授权失效了，请换一个 API 密钥")
        return WooCommerceRefused(code, reply.body["message"].text_or(""))
