"""Carriers and traces; the trace's answer stands under a misspelt name, as the real one does."""

from sandbox.shops.ledger import Parcel, Scan
from sandbox.shops.pinduoduo.api import Api
from sandbox.shops.pinduoduo.carriers import ALL, carrier_of
from sandbox.shops.pinduoduo.errors import not_there
from sandbox.shops.pinduoduo.form import Form
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from sandbox.shops.wire import Json, beijing

ACTIONS = {0: "ARRIVAL", 1: "GOT", 2: "FAIL", 3: "SIGN", 4: "REJECTION", 5: "SEND", 6: "RETURN"}
"""By the state of the parcel, for its newest node; older ones are passed stations."""


def companies(_shop: PinduoduoShop, _form: Form) -> Json:
    """pdd.logistics.companies.get."""
    rows = [
        {"id": each.number, "code": each.code, "logistics_company": each.name, "available": 1}
        for each in ALL
    ]
    return {"logistics_companies": rows}


def _node(parcel: Parcel, scan: Scan) -> Json:
    if scan is parcel.scans[-1]:
        action = ACTIONS.get(parcel.state, "OTHER")
    else:
        action = "GOT" if scan is parcel.scans[0] else "DEPARTURE"
    return {
        "status_time": beijing(scan.at),
        "status_desc": scan.text,
        "action": action,
        "time": beijing(scan.at),
        "desc": scan.text,
        "node_description": "",
    }


def trace(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.logistics.ordertrace.get {company_code, mail_no}, the oldest node first."""
    code, found = form.required("company_code"), shop.ledger.parcel(form.required("mail_no"))
    if found is None or carrier_of(found[1].company).code != code:
        raise not_there("运单轨迹不存在")
    return {"trace_list": [_node(found[1], scan) for scan in found[1].scans]}


APIS = (
    Api("pdd.logistics.companies.get", "logistics_companies_get_response", companies),
    Api("pdd.logistics.ordertrace.get", "logistics_ordertrace_get_resposne", trace),
)
