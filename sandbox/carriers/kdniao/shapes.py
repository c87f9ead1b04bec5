"""快递鸟's answers: scans oldest first, and errors that are sentences only."""

from sandbox.carriers.companies import Company
from sandbox.carriers.yard import Waybill
from sandbox.jsontext import JsonObject
from sandbox.shops.wire import beijing

SIGNED = 3
_STATE = {0: "2", 1: "1", 2: "4", 3: "3", 4: "4", 5: "2", 6: "4", 7: "5", 8: "6"}
_FINE = {0: "2", 1: "1", 2: "405", 3: "301", 4: "406", 5: "202", 6: "407", 7: "2", 8: "2"}


class Trouble(Exception):
    """A refusal with its sentence."""


NAMED = {
    "sign": "数据验证不通过",
    "plan": "没有可用套餐",
    "busy": "系统繁忙，请稍后再试",
    "param": "参数不完整",
}
"""By the names that the control uses; only the first sentence is known to be the service's own."""


def track(waybill: Waybill, company: Company, account: str, *, is_fine: bool) -> JsonObject:
    """The answer of a query, and one line of a push's `Data`."""
    scans = sorted(waybill.scans, key=lambda scan: scan.at)
    traces: list[JsonObject] = [
        {"AcceptTime": beijing(scan.at), "AcceptStation": scan.text, "Remark": ""} for scan in scans
    ]
    body: JsonObject = {
        "EBusinessID": account,
        "OrderCode": "",
        "ShipperCode": company.kdniao,
        "LogisticCode": waybill.number,
        "Success": True,
        "Reason": "",
        "State": _STATE.get(waybill.state, "2") if scans else "0",
        "Traces": traces,
    }
    if is_fine:
        body |= {"StateEx": _FINE.get(waybill.state, "2") if scans else "0", "Location": ""}
    return body


def nothing(number: str, code: str, account: str) -> JsonObject:
    """The answer for a parcel that nobody has scanned."""
    return {
        "EBusinessID": account,
        "OrderCode": "",
        "ShipperCode": code,
        "LogisticCode": number,
        "Success": True,
        "Reason": "暂无轨迹信息",
        "State": "0",
        "Traces": [],
    }
