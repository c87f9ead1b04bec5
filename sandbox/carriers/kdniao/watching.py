"""The subscriptions of 快递鸟: all that is new goes to the one address of the account."""

import asyncio
import json
from datetime import datetime

import aiohttp

from sandbox.carriers import companies
from sandbox.carriers.companies import Company
from sandbox.carriers.credentials import TrackerCredentials
from sandbox.carriers.kdniao.shapes import SIGNED, Trouble, track
from sandbox.carriers.kdniao.signing import sign
from sandbox.carriers.watching import Subscription
from sandbox.carriers.yard import Waybill, Yard
from sandbox.jsontext import JsonObject, dumps
from sandbox.shops.wire import beijing, from_beijing

ANSWER_SECONDS = 5
_KIND = "102"


class Subscriptions:
    """Who is watched. How often it pushes again is not published: as 快递100 does."""

    def __init__(
        self, yard: Yard, keys: TrackerCredentials, session: aiohttp.ClientSession
    ) -> None:
        self._yard = yard
        self._keys = keys
        self._session = session
        self._lock = asyncio.Lock()
        self.by_number: dict[str, Subscription] = {}
        self.pushed: list[JsonObject] = []

    def take(self, number: str, company: Company) -> None:
        """Watch a number. Raises Trouble when it is watched already."""
        kept = self.by_number.get(number)
        if kept is not None and kept.ended_at is None:
            raise Trouble("该单号已订阅，请勿重复订阅")
        self.by_number[number] = Subscription(number, company.kdniao, self._yard.clock.now())

    async def push_due(self) -> None:
        """Push all that is due in one message."""
        if not self._keys.kdniao_push_url:
            return
        async with self._lock:
            due = [pair for each in self.by_number.values() for pair in self._news(each)]
            if due:
                await self._push(due)

    def _news(self, subscription: Subscription) -> list[tuple[Subscription, Waybill]]:
        waybill = self._yard.find(subscription.number)
        if subscription.rests(self._yard.clock.now()) or waybill is None:
            return []
        return [(subscription, waybill)] if len(waybill.scans) > subscription.told else []

    async def _push(self, due: list[tuple[Subscription, Waybill]]) -> None:
        now = self._yard.clock.now()
        rows = [self._row(waybill) for _, waybill in due]
        delivered = await self._deliver(rows, now)
        for subscription, waybill in due:
            ends_at = now if waybill.state == SIGNED else None
            if delivered:
                subscription.thanked(len(waybill.scans), ends_at)
            else:
                subscription.ignored(now, len(waybill.scans), ends_at)
            self.pushed.append({"number": subscription.number, "delivered": delivered})

    def _row(self, waybill: Waybill) -> JsonObject:
        company = companies.by_name(waybill.company)
        if company is None:
            return {"LogisticCode": waybill.number, "Success": False, "Reason": "不支持的快递公司"}
        return track(waybill, company, self._keys.ebusiness_id, is_fine=True)

    async def _deliver(self, rows: list[JsonObject], now: datetime) -> bool:
        data = dumps(
            {
                "EBusinessID": self._keys.ebusiness_id,
                "PushTime": beijing(now),
                "Count": str(len(rows)),
                "Data": rows,
            }
        )
        form = {
            "RequestData": data,
            "RequestType": _KIND,
            "DataSign": sign(data, self._keys.api_key),
        }
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        url = self._keys.kdniao_push_url
        try:
            async with self._session.post(url, data=form, timeout=limit) as response:
                return response.status == 200 and self._is_thanks(await response.text())
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False

    def _is_thanks(self, text: str) -> bool:
        said: object = json.loads(text)
        if not isinstance(said, dict) or said.get("Success") is not True:
            return False
        from_beijing(str(said.get("UpdateTime")))
        return said.get("EBusinessID") == self._keys.ebusiness_id and "Reason" in said
