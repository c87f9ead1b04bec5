"""The query of 快递100: signature, fields, phone, the half-hour lock, and then the parcel."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sandbox.carriers import companies
from sandbox.carriers.companies import Company
from sandbox.carriers.credentials import TrackerCredentials
from sandbox.carriers.kuaidi100 import errors
from sandbox.carriers.kuaidi100.shapes import result
from sandbox.carriers.kuaidi100.signing import md5_upper
from sandbox.carriers.yard import Waybill, Yard
from sandbox.jsontext import JsonObject, is_object

LOCK = timedelta(minutes=30)
_LONGEST_NUMBER = 32
_SHORTEST_NUMBER = 6


class Questions:
    """Answers queries, and remembers when each number was asked for."""

    def __init__(self, yard: Yard, keys: TrackerCredentials) -> None:
        self._yard = yard
        self._keys = keys
        self._asked: dict[str, datetime] = {}

    def answer(self, form: Mapping[str, str]) -> JsonObject:
        """One POST /poll/query.do. Raises Trouble."""
        param = self._checked(form)
        company, number = _company(param), _number(param, "num")
        self._lock(number)
        waybill = self._yard.find(number)
        check_phone(company, waybill, _text(param, "phone"))
        if waybill is None or not waybill.scans or waybill.company != company.name:
            raise errors.named("nothing")
        return result(waybill, company, _text(param, "resultv2"), _text(param, "order"))

    def _checked(self, form: Mapping[str, str]) -> JsonObject:
        if not all(form.get(name) for name in ("customer", "sign", "param")):
            raise errors.bad_param("customer, sign, param")
        text = form["param"]
        expected = md5_upper(text + self._keys.key + self._keys.customer)
        if form["customer"] != self._keys.customer or form["sign"] != expected:
            raise errors.named("sign")
        param = read_param(text)
        if _text(param, "show") not in ("", "0"):
            raise errors.bad_param("show: only JSON is played here")
        return param

    def _lock(self, number: str) -> None:
        now = self._yard.clock.now()
        last = self._asked.get(number)
        self._asked[number] = now
        if last is not None and now - last < LOCK:
            raise errors.named("locked")


def read_param(text: str) -> JsonObject:
    """The JSON in `param`. Raises Trouble 400."""
    try:
        param: object = json.loads(text)
    except ValueError as error:
        raise errors.bad_param("param") from error
    if not is_object(param):
        raise errors.bad_param("param")
    return param


def check_phone(company: Company, waybill: Waybill | None, phone: str) -> None:
    """A whole phone or its last four digits, for the carriers that ask. Raises Trouble 408."""
    if company.name not in companies.ASKS_FOR_PHONE:
        return
    digits = phone.replace("-", "")
    if len(digits) < 4 or not digits.isdecimal():
        raise errors.named("phone")
    if waybill is not None and waybill.phone[-4:] != digits[-4:]:
        raise errors.named("phone")


def _company(param: JsonObject) -> Company:
    code = _text(param, "com")
    found = next((each for each in companies.ALL if each.kuaidi100 == code), None)
    if found is None:
        raise errors.bad_param("com")
    return found


def _number(param: JsonObject, name: str) -> str:
    number = _text(param, name)
    if not _SHORTEST_NUMBER <= len(number) <= _LONGEST_NUMBER:
        raise errors.bad_param(name)
    return number


def _text(param: JsonObject, name: str) -> str:
    value = param.get(name, "")
    if not isinstance(value, str):
        raise errors.bad_param(name)
    return value
