"""快递100 as the desk's port sees it."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.carriers import Carrier
from desk.shops.port import Parcel
from desk.shops.tracking import (
    WANTS_PHONE_TAIL,
    Subscription,
    SubscriptionResult,
    TrackedParcel,
)
from integrations.carriers.kuaidi100 import codes, webhook, wire
from integrations.carriers.kuaidi100.signing import salt_of, sign_query
from integrations.carriers.platform import TrackerEntry, TrackerPlatform
from integrations.http import Ask, HttpClient
from integrations.rate import Rate
from integrations.wild import Wild

OFFICIAL = "https://poll.kuaidi100.com"
OFFICIAL_NAMING = "https://www.kuaidi100.com"

_OK = "200"
_DETAILED = "4"
_NOTHING_YET = "500"
_BUSY = frozenset({"501", "502"})
_ACCOUNT = frozenset({"503", "600", "601"})
_SUBSCRIBED_ALREADY = "501"
_SUBSCRIBE_AGAIN = frozenset({"500", "502"})
_NO_PHONE = "这家快递要收件人手机后四位才能查，订单里没有"


class Kuaidi100:
    """The merchant's account at 快递100."""

    def __init__(self, entry: TrackerEntry, http: HttpClient) -> None:
        self.id = entry.id
        self.name = entry.name or KUAIDI100.chinese
        self._base = entry.base_url or OFFICIAL
        self._naming = entry.base_url or OFFICIAL_NAMING
        self._http = http
        self._customer = entry.credential("customer")
        self._key = entry.credential("key")
        self._push_secret = webhook.push_secret(entry)

    def knows(self, company: Carrier) -> bool:
        """Tell whether it has a code for the carrier."""
        return company in codes.COMPANY

    async def company_of(self, number: str) -> Carrier | None:
        """The first known one of the carriers that the number looks like."""
        asked = Ask("GET", f"{self._naming}/autonumber/auto", {"num": number, "key": self._key})
        answer = (await self._http.ask(asked)).body
        if answer.is_object:
            raise self._error(answer)
        named = (codes.CARRIER.get(each["comCode"].text_or("")) for each in answer)
        return next((carrier for carrier in named if carrier), None)

    async def track(self, parcel: TrackedParcel) -> Parcel | None:
        """Where a parcel is. Tried once only: a repeat would lock the number."""
        if parcel.lacks_phone:
            raise Refused("kuaidi100.no_phone", _NO_PHONE)
        param = _json(
            {
                "com": _code(parcel),
                "num": parcel.number,
                "phone": _phone(parcel),
                "from": parcel.from_city,
                "to": parcel.to_city,
                "resultv2": _DETAILED,
                "show": "0",
                "order": "desc",
            }
        )
        form = {
            "customer": self._customer,
            "sign": sign_query(param, self._key, self._customer),
            "param": param,
        }
        answer = await self._http.post_form(f"{self._base}/poll/query.do", form, is_read=False)
        if not answer["returnCode"].is_null:
            if answer["returnCode"].id() == _NOTHING_YET:
                return None
            raise self._error(answer)
        if answer["status"].id_or("") != _OK:
            raise answer["status"].unreadable(_OK)
        found = wire.parcel(answer, parcel.number)
        return found if found.scans else None

    async def subscribe(self, parcel: TrackedParcel, callback_url: str) -> Subscription:
        """Have every scan pushed. To ask twice is harmless: the second is told "already"."""
        if parcel.lacks_phone:
            return Subscription(SubscriptionResult.REFUSED, _NO_PHONE)
        answer = await self._http.post_form(
            f"{self._base}/poll",
            {"schema": "json", "param": _json(self._subscription(parcel, callback_url))},
            is_read=True,
        )
        code = answer["returnCode"].id()
        if code == _OK:
            return Subscription(SubscriptionResult.OK)
        if code == _SUBSCRIBED_ALREADY:
            return Subscription(SubscriptionResult.ALREADY)
        if code in _SUBSCRIBE_AGAIN:
            raise Unavailable(f"kuaidi100.subscribe.{code}", f"{self.name}暂时没有受理订阅")
        if code in _ACCOUNT:
            raise self._error(answer)
        return Subscription(SubscriptionResult.REFUSED, answer["message"].text_or(code))

    def _subscription(self, parcel: TrackedParcel, callback_url: str) -> Mapping[str, object]:
        return {
            "company": _code(parcel),
            "number": parcel.number,
            "from": parcel.from_city,
            "to": parcel.to_city,
            "key": self._key,
            "parameters": {
                "callbackurl": f"{callback_url}?{urlencode({webhook.NUMBER: parcel.number})}",
                "salt": salt_of(parcel.number, self._push_secret),
                "resultv2": _DETAILED,
                "autoCom": "0",
                "phone": _phone(parcel),
            },
        }

    def _error(self, raw: Wild) -> Unavailable | AuthExpired | Refused:
        code, message = raw["returnCode"].id_or("0"), raw["message"].text_or("")
        if code in _BUSY:
            return Unavailable(f"kuaidi100.{code}", f"{self.name}暂时没有回应")
        if code in _ACCOUNT:
            say = f"{self.name}的授权或余额有问题，请到后台检查：{message}"
            return AuthExpired(f"kuaidi100.{code}", say)
        return Refused(f"kuaidi100.{code}", f"{self.name}没有受理：{message}")


def _phone(parcel: TrackedParcel) -> str:
    """Nobody is told a phone who does not ask for it."""
    return parcel.phone_tail if parcel.company in WANTS_PHONE_TAIL else ""


def _code(parcel: TrackedParcel) -> str:
    code = codes.COMPANY.get(parcel.company) if parcel.company else None
    if code is None:
        raise Refused("kuaidi100.company", "快递100没有这家快递公司")
    return code


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


KUAIDI100 = TrackerPlatform(
    name="kuaidi100", chinese="快递100", rate=Rate(10), open=Kuaidi100, receive=webhook.receive
)
