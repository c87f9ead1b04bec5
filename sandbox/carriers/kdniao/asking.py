"""快递鸟's one door: the signature, then what the request type asks for."""

import json
from collections.abc import Mapping
from urllib.parse import unquote

from sandbox.carriers import companies
from sandbox.carriers.companies import Company
from sandbox.carriers.credentials import TrackerCredentials
from sandbox.carriers.kdniao.shapes import NAMED, Trouble, nothing, track
from sandbox.carriers.kdniao.signing import sign
from sandbox.carriers.kdniao.watching import Subscriptions
from sandbox.carriers.yard import Waybill, Yard
from sandbox.jsontext import JsonObject, is_object
from sandbox.shops.wire import beijing

_QUERIES = {"1002": False, "8001": True}
_SUBSCRIPTIONS = frozenset({"1008", "8008"})
_NAMING = "2002"
_FIELDS = ("RequestData", "EBusinessID", "RequestType", "DataSign")


def answer(
    form: Mapping[str, str], yard: Yard, keys: TrackerCredentials, watched: Subscriptions
) -> JsonObject:
    """One POST. Raises Trouble."""
    data, kind = _checked(form, keys), form["RequestType"]
    if kind == _NAMING:
        return _named(data, yard, keys)
    company = next((each for each in companies.ALL if each.kdniao == data.get("ShipperCode")), None)
    number = data.get("LogisticCode")
    if company is None or not isinstance(number, str) or not number:
        raise Trouble(NAMED["param"])
    waybill = yard.find(number)
    _check_customer(company, waybill, str(data.get("CustomerName", "")))
    if kind in _SUBSCRIPTIONS:
        watched.take(number, company)
        return {
            "EBusinessID": keys.ebusiness_id,
            "UpdateTime": beijing(yard.clock.now()),
            "Success": True,
            "Reason": "",
            "EstimatedDeliveryTime": "",
        }
    if kind not in _QUERIES:
        raise Trouble(f"不支持的请求指令 {kind}")
    if waybill is None or not waybill.scans or waybill.company != company.name:
        return nothing(number, company.kdniao, keys.ebusiness_id)
    return track(waybill, company, keys.ebusiness_id, is_fine=_QUERIES[kind])


def _checked(form: Mapping[str, str], keys: TrackerCredentials) -> JsonObject:
    if not all(form.get(name) for name in _FIELDS) or form.get("DataType") != "2":
        raise Trouble(NAMED["param"])
    # The service takes a text that was encoded twice as well.
    written = (form["RequestData"], unquote(form["RequestData"]))
    signed = [text for text in written if sign(text, keys.api_key) == form["DataSign"]]
    if form["EBusinessID"] != keys.ebusiness_id or not signed:
        raise Trouble(NAMED["sign"])
    try:
        data: object = json.loads(signed[0])
    except ValueError as error:
        raise Trouble(NAMED["param"]) from error
    if not is_object(data):
        raise Trouble(NAMED["param"])
    return data


def _check_customer(company: Company, waybill: Waybill | None, customer: str) -> None:
    """The phone's last four digits for some carriers, the merchant's own code for 京东."""
    if company.name == "京东快递" and not customer:
        raise Trouble("京东快递需要传入CustomerName（青龙配送编码）")
    if company.name not in companies.ASKS_FOR_PHONE:
        return
    if len(customer) != 4 or not customer.isdecimal():
        raise Trouble(f"{company.name}需要传入CustomerName（收件人手机号后四位）")
    if waybill is not None and waybill.phone[-4:] != customer:
        raise Trouble("CustomerName与单号不匹配")


def _named(data: JsonObject, yard: Yard, keys: TrackerCredentials) -> JsonObject:
    number = str(data.get("LogisticCode", ""))
    waybill = yard.find(number)
    found = companies.by_name(waybill.company) if waybill else companies.by_number(number)
    shippers = [{"ShipperCode": found.kdniao, "ShipperName": found.name}] if found else []
    return {
        "EBusinessID": keys.ebusiness_id,
        "LogisticCode": number,
        "Success": True,
        "Code": "100",
        "Shippers": shippers,
    }
