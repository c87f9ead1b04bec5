"""The subscriptions of 快递100, and the pushes that they lead to."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import aiohttp

from sandbox.carriers import companies
from sandbox.carriers.companies import Company
from sandbox.carriers.credentials import TrackerCredentials
from sandbox.carriers.kuaidi100 import errors
from sandbox.carriers.kuaidi100.asking import check_phone, read_param
from sandbox.carriers.kuaidi100.errors import Trouble
from sandbox.carriers.kuaidi100.shapes import SIGNED, result
from sandbox.carriers.kuaidi100.signing import md5_upper
from sandbox.carriers.watching import Subscription
from sandbox.carriers.yard import Waybill, Yard
from sandbox.jsontext import JsonObject, dumps, is_object

ACCEPTED = {"result": True, "returnCode": "200", "message": "提交成功"}
THANKS = {"result": True, "returnCode": "200", "message": "成功"}
NOTHING_FOR = timedelta(days=3)
UNCHANGED_FOR = timedelta(days=60)
AGAIN_AFTER = timedelta(minutes=30)
ANSWER_SECONDS = 5


class Subscriptions:
    """Who wants to hear of which number."""

    def __init__(
        self, yard: Yard, keys: TrackerCredentials, session: aiohttp.ClientSession
    ) -> None:
        self._yard = yard
        self._keys = keys
        self._session = session
        self._lock = asyncio.Lock()
        self.by_number: dict[str, Subscription] = {}
        self.pushed: list[JsonObject] = []

    def take(self, form: Mapping[str, str]) -> JsonObject:
        """One POST /poll. Raises Trouble."""
        if form.get("schema") != "json" or not form.get("param"):
            raise errors.named("data", "schema, param")
        param = read_param(form["param"])
        if param.get("key") != self._keys.key:
            raise errors.named("key")
        made = self._read(param)
        kept = self.by_number.get(made.number)
        if kept is not None and kept.ended_at is None:
            raise Trouble("501", "重复订阅")
        if kept is not None and kept.ended_at and made.since - kept.ended_at < AGAIN_AFTER:
            raise errors.named("unwanted", "该单号刚刚结束监控")
        self.by_number[made.number] = made
        return dict(ACCEPTED)

    def _read(self, param: JsonObject) -> Subscription:
        more = param.get("parameters")
        if not is_object(more):
            raise errors.named("data", "parameters")
        company, number = str(param.get("company", "")), str(param.get("number", ""))
        callback = str(more.get("callbackurl", ""))
        known = next((each for each in companies.ALL if each.kuaidi100 == company), None)
        if known is None:
            raise errors.named("stranger")
        if not number or not callback.startswith(("http://", "https://")):
            raise errors.named("data", "number, callbackurl")
        try:
            check_phone(known, self._yard.find(number), str(more.get("phone", "")))
        except Trouble as error:
            raise errors.named("data", "phone") from error
        salt = str(more.get("salt", ""))
        return Subscription(number, company, self._yard.clock.now(), callback, salt)

    async def push_due(self) -> None:
        """Push what changed, what gave up, and what is due again."""
        async with self._lock:
            for subscription in list(self.by_number.values()):
                if not subscription.rests(self._yard.clock.now()):
                    await self._push(subscription)

    async def _push(self, subscription: Subscription) -> None:
        now = self._yard.clock.now()
        waybill = self._yard.find(subscription.number)
        message = self._message(subscription, waybill, now)
        if message is None:
            return
        scans = len(waybill.scans) if waybill else 0
        ends_at = now if message["status"] in ("shutdown", "abort") else None
        text = dumps(message)
        form = {"param": text}
        if subscription.salt:
            form["sign"] = md5_upper(text + subscription.salt)
        if await self._deliver(subscription.callback, form):
            subscription.thanked(scans, ends_at)
        else:
            subscription.ignored(now, scans, ends_at)
        self.pushed.append(
            {
                "number": subscription.number,
                "status": message["status"],
                "delivered": subscription.failed == 0 and subscription.told == scans,
            }
        )

    def _message(
        self, subscription: Subscription, waybill: Waybill | None, now: datetime
    ) -> JsonObject | None:
        scans = waybill.scans if waybill else []
        if waybill and len(scans) > subscription.told:
            company = companies.by_name(waybill.company)
            ended = waybill.state == SIGNED
            return _envelope("shutdown" if ended else "polling", "", waybill, company)
        newest = max((scan.at for scan in scans), default=None)
        if newest is None and now - subscription.since >= NOTHING_FOR:
            return _envelope("abort", "3天查询无记录", None, None)
        if newest is not None and now - newest >= UNCHANGED_FOR:
            return _envelope("abort", "60天无变化时", None, None)
        return None

    async def _deliver(self, url: str, form: dict[str, str]) -> bool:
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        try:
            async with self._session.post(url, data=form, timeout=limit) as response:
                text = await response.text()
                return response.status == 200 and bool(json.loads(text) == THANKS)
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False


def _envelope(
    status: str, message: str, waybill: Waybill | None, company: Company | None
) -> JsonObject:
    last: JsonObject | None = None
    if waybill is not None and company is not None:
        last = result(waybill, company, "4", "desc")
    return {
        "status": status,
        "billstatus": "check" if status == "shutdown" else "got",
        "message": message,
        "autoCheck": "0",
        "comOld": "",
        "comNew": "",
        "lastResult": last,
    }
