"""快递鸟 as the desk's port sees it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.carriers import Carrier
from desk.shops.port import Parcel
from desk.shops.tracking import Subscription, SubscriptionResult, TrackedParcel
from integrations.carriers.kdniao import codes, webhook, wire
from integrations.carriers.kdniao.signing import sign
from integrations.carriers.platform import BadTrackerEntry, TrackerEntry, TrackerPlatform
from integrations.http import HttpClient
from integrations.rate import Rate
from integrations.wild import Wild

OFFICIAL = "https://api.kdniao.com"
_GATEWAY = "/Ebusiness/EbusinessOrderHandle.aspx"


@dataclass(frozen=True, slots=True)
class _Plan:
    query: str
    subscribe: str


_PLANS = {"paid": _Plan("8001", "8008"), "free": _Plan("1002", "1008")}
_NAME_NUMBER = "2002"
_WRONG_SIGN = "数据验证不通过"
_ACCOUNT = (_WRONG_SIGN, "套餐", "余额", "未开通", "没有权限", "过期")
_BUSY = ("繁忙", "频繁", "超时", "并发", "稍后")
_NOTHING_YET = ("无轨迹", "无物流", "没有物流")
_TWICE = ("重复", "已订阅")
_PHONE_TAIL_OF = frozenset({Carrier.SHUNFENG, Carrier.ZHONGTONG})
_NO_PHONE = "这家快递要收件人手机后四位才能查，订单里没有"


class KdniaoRefused(Refused):
    """快递鸟 said no; `reason` is its own sentence, which is all there is."""

    def __init__(self, reason: str) -> None:
        super().__init__("kdniao.refused", f"快递鸟没有受理：{reason}")
        self.reason = reason


class Kdniao:
    """The merchant's account at 快递鸟."""

    def __init__(self, entry: TrackerEntry, http: HttpClient) -> None:
        self.id = entry.id
        self.name = entry.name or KDNIAO.chinese
        self._url = f"{entry.base_url or OFFICIAL}{_GATEWAY}"
        self._http = http
        self._account = entry.credential("ebusiness_id")
        self._api_key = entry.credential("api_key")
        self._jd_code = entry.credentials.get("jd_code", "")
        self._plan = _plan_of(entry)

    def knows(self, company: Carrier) -> bool:
        """Tell whether it has a code for the carrier; 京东 needs the merchant's own code too."""
        if company is Carrier.JD and not self._jd_code:
            return False
        return company in codes.COMPANY

    async def company_of(self, number: str) -> Carrier | None:
        """The first known one of the carriers that the number looks like."""
        answer = await self._call(_NAME_NUMBER, {"LogisticCode": number}, is_read=True)
        named = (codes.CARRIER.get(each["ShipperCode"].text_or("")) for each in answer["Shippers"])
        return next((carrier for carrier in named if carrier), None)

    async def track(self, parcel: TrackedParcel) -> Parcel | None:
        """Where a parcel is. Tried once only: each question is counted and paid."""
        try:
            answer = await self._call(self._plan.query, self._asked(parcel), is_read=False)
        except KdniaoRefused as error:
            if _holds(error.reason, _NOTHING_YET):
                return None
            raise
        found = wire.parcel(answer, parcel.number)
        return found if found.scans else None

    async def subscribe(self, parcel: TrackedParcel, callback_url: str) -> Subscription:
        """Have every scan pushed.

        The address is the one in the merchant's console: the service takes none with a question,
        so `callback_url` has to be entered there once.
        """
        try:
            asked = self._asked(parcel)
            await self._call(self._plan.subscribe, asked, is_read=True)
        except KdniaoRefused as error:
            if _holds(error.reason, _TWICE):
                return Subscription(SubscriptionResult.ALREADY)
            return Subscription(SubscriptionResult.REFUSED, error.reason)
        return Subscription(SubscriptionResult.OK)

    async def _call(self, kind: str, data: Mapping[str, str], *, is_read: bool) -> Wild:
        request = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        form = {
            "RequestData": request,
            "EBusinessID": self._account,
            "RequestType": kind,
            "DataSign": sign(request.encode(), self._api_key),
            "DataType": "2",
        }
        answer = await self._http.post_form(self._url, form, is_read=is_read)
        if not answer["Success"].is_true():
            raise self._error(answer["Reason"].text_or(""))
        return answer

    def _asked(self, parcel: TrackedParcel) -> dict[str, str]:
        code = codes.COMPANY.get(parcel.company) if parcel.company else None
        if code is None:
            raise KdniaoRefused("没有这家快递公司")
        if parcel.lacks_phone:
            raise KdniaoRefused(_NO_PHONE)
        asked = {"OrderCode": "", "ShipperCode": code, "LogisticCode": parcel.number}
        if parcel.company in _PHONE_TAIL_OF:
            asked["CustomerName"] = parcel.phone_tail
        elif parcel.company is Carrier.JD:
            asked["CustomerName"] = self._jd_code
        return asked

    def _error(self, reason: str) -> Unavailable | AuthExpired | Refused:
        """Its errors have no codes, only sentences."""
        if _holds(reason, _ACCOUNT):
            say = f"{self.name}的授权或套餐有问题，请到后台检查：{reason}"
            return AuthExpired("kdniao.account", say)
        if _holds(reason, _BUSY):
            return Unavailable("kdniao.busy", f"{self.name}暂时没有回应")
        return KdniaoRefused(reason)


def _holds(reason: str, words: tuple[str, ...]) -> bool:
    return any(word in reason for word in words)


def _plan_of(entry: TrackerEntry) -> _Plan:
    plan = _PLANS.get(entry.credentials.get("plan") or "paid")
    if plan is None:
        raise BadTrackerEntry(
            entry.id, "credentials.plan", "写 paid（付费套餐）或 free（免费套餐）"
        )
    return plan


KDNIAO = TrackerPlatform(
    name="kdniao", chinese="快递鸟", rate=Rate(10), open=Kdniao, receive=webhook.receive
)
