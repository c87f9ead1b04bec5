"""快递100's answers: scans newest first, states in digits, finer ones when `resultv2` asks."""

from sandbox.carriers.companies import Company
from sandbox.carriers.yard import Waybill
from sandbox.jsontext import JsonObject
from sandbox.shops.ledger import Scan
from sandbox.shops.wire import beijing

SIGNED = 3
_FINE = {0: "1002", 1: "103", 2: "204", 3: "301", 5: "5"}
_WORDS = {0: "在途", 1: "揽收", 2: "疑难", 3: "签收", 4: "退签", 5: "派件", 6: "退回", 7: "转投"}
_ADDS_FINE = frozenset({"4", "8"})
_ADDS_STATUS = frozenset({"1", "2", "4", "5", "8"})


def result(waybill: Waybill, company: Company, resultv2: str, order: str) -> JsonObject:
    """The answer of a query, and the `lastResult` of a push."""
    scans = sorted(waybill.scans, key=lambda scan: scan.at, reverse=order != "asc")
    newest = max(waybill.scans, key=lambda scan: scan.at, default=None)
    state = str(waybill.state)
    return {
        "message": "ok",
        "nu": waybill.number,
        "ischeck": "1" if waybill.state == SIGNED else "0",
        "condition": "F00",
        "com": company.kuaidi100,
        "status": "200",
        "state": _FINE.get(waybill.state, state) if resultv2 in _ADDS_FINE else state,
        "data": [_row(scan, waybill, resultv2, is_newest=scan is newest) for scan in scans],
    }


def _row(scan: Scan, waybill: Waybill, resultv2: str, *, is_newest: bool) -> JsonObject:
    moment = beijing(scan.at)
    row: JsonObject = {"time": moment, "ftime": moment, "context": scan.text}
    if resultv2 in _ADDS_STATUS:
        state = waybill.state if is_newest else 0
        row |= {
            "status": _WORDS.get(state, ""),
            "statusCode": str(state),
            "areaCode": "",
            "areaName": "",
            "location": "",
        }
    return row
