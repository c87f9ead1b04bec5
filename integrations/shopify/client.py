"""Shopify's Admin API: GraphQL over one address of each version, paid for in points."""

import asyncio
import json
from collections.abc import AsyncIterator
from http import HTTPStatus

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.http import Ask
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import Rate, is_patient
from integrations.wild import Wild

PARTY = "shopify"
VERSION = "2026-07"
"""A version lives for a year; `api_version` of the entry is another one."""
RATE = Rate(8)
"""Calls a second: ours. The platform counts points: 100 come back a second, on most plans."""

_AUTH = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_CLOSED = frozenset({HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.LOCKED})
_READ = frozenset({HTTPStatus.OK.value, *_AUTH, *_CLOSED})
_LONGEST_WAIT = 2.0
_LONGEST_PATIENCE = 30.0
"""Seconds that a call waits for points where a person waits, and where nobody does."""


class ShopifyRefused(Refused):
    """Shopify understood the question and said no; `reason` is its own sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{PARTY}.{code.lower()}", f"Shopify 没有受理：{reason}")
        self.reason = reason


class _Throttled(Unavailable):
    """There are too few points left; `wait` seconds later there are enough."""

    def __init__(self, shop: str, wait: float) -> None:
        super().__init__(f"{PARTY}.throttled", f"{shop}暂时没有回应")
        self.wait = wait


class ShopifyClient:
    """Asks one shop. All that is asked of it only reads."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        base = entry.base_url or f"https://{entry.credential('shop')}"
        version = entry.credentials.get("api_version", "") or VERSION
        self._url = f"{base}/admin/api/{version}/graphql.json"
        self._name = entry.name
        self._headers = {
            "Content-Type": "application/json",
            "X-Shopify-Access-Token": entry.credential("access_token"),
        }
        self._http = around.http(PARTY, entry, RATE)

    async def ask(self, query: str, /, **variables: object) -> Wild:
        """Ask a query and return its `data`; where points are missing wait for them, once.

        Raises:
            Unavailable: no usable answer, or the points would come too late.
            AuthExpired: the token is not known (any more), or the app was removed.
            ShopifyRefused: a scope is missing, the shop is closed, or a bad question.
        """
        try:
            return await self._ask(query, variables)
        except _Throttled as error:
            if error.wait > (_LONGEST_PATIENCE if is_patient() else _LONGEST_WAIT):
                raise
            await asyncio.sleep(error.wait)
        return await self._ask(query, variables)

    async def rows(self, query: str, field: str, /, **variables: object) -> AsyncIterator[Wild]:
        """Walk a connection of the root by its cursors; errors as in `ask`."""
        after: str | None = None
        while True:
            connection = (await self.ask(query, **variables, after=after))[field]
            for row in connection["nodes"]:
                yield row
            after = following(connection, after)
            if after is None:
                return

    async def _ask(self, query: str, variables: dict[str, object]) -> Wild:
        body = json.dumps({"query": query, "variables": variables}).encode()
        reply = await self._http.ask(
            Ask("POST", self._url, headers=self._headers, body=body, expects=_READ)
        )
        if reply.status in _AUTH:
            raise AuthExpired(
                f"{PARTY}.http_{reply.status}", f"{self._name}的授权失效了，请重新授权"
            )
        if reply.status in _CLOSED:
            raise ShopifyRefused(f"http_{reply.status}", "店铺停用了，请到 Shopify 后台看看")
        for error in reply.body["errors"]:
            raise self._error(error, reply.body["extensions"]["cost"])
        if not reply.body["data"].is_object:
            raise reply.body.unreadable("an answer in GraphQL")
        return reply.body["data"]

    def _error(self, raw: Wild, cost: Wild) -> Unavailable | Refused:
        code = raw["extensions"]["code"].text_or("unknown")
        if code == "THROTTLED":
            return _Throttled(self._name, _wait(cost))
        if code in ("INTERNAL_SERVER_ERROR", "TIMEOUT"):
            return Unavailable(f"{PARTY}.{code.lower()}", f"{self._name}暂时没有回应")
        return ShopifyRefused(code, raw["message"].text_or(""))


def following(connection: Wild, last: str | None) -> str | None:
    """Return the cursor of the next page, None on the last; `last` is that of this page.

    Raises:
        Unavailable: it stands still, so the list cannot be read to its end.
    """
    page = connection["pageInfo"]
    if not page["hasNextPage"].is_true():
        return None
    if page["endCursor"].text() == last:
        raise Unavailable(f"{PARTY}.cursor", "Shopify 的列表没有翻完")
    return page["endCursor"].text()


def _wait(cost: Wild) -> float:
    """Tell in how many seconds there are points enough; points come with and without a point."""
    state = cost["throttleStatus"]
    missing = _points(cost["requestedQueryCost"]) - _points(state["currentlyAvailable"])
    return max(0.1, missing / max(1, _points(state["restoreRate"])))


def _points(raw: Wild) -> int:
    return raw.yuan() // 100 if not raw.is_null else 0
