"""Reads `360buy_param_json`: flat, typed as documented; what is not is error 43."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from sandbox.shops.jd.errors import JosError, invalid
from sandbox.shops.wire import from_beijing

_TAKEN_FROM_THE_TOKEN = ("venderId", "appKey", "pin", "buId")


class Params:
    """The business parameters of one call."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    @classmethod
    def parse(cls, text: str) -> "Params":
        """Read the JSON text. Raises JosError 43 for no object, nesting, or a seller's identity."""
        try:
            values: object = json.loads(text)
        except ValueError as error:
            raise JosError("43", "360buy_param_json 不是合法的 JSON", "bad json") from error
        if not isinstance(values, dict):
            raise JosError("43", "360buy_param_json 应是一个对象", "bad json")
        for name, value in values.items():
            if isinstance(value, dict):
                raise invalid(name, "参数应平铺，不要再套一层")
            if name in _TAKEN_FROM_THE_TOKEN:
                raise invalid(name, "由授权带入，不能传")
        return cls(values)

    def only(self, *known: str) -> None:
        """Refuse what the method does not know. Raises JosError 43."""
        for name in self._values:
            if name not in known:
                raise invalid(name, "没有这个参数")

    def text(self, name: str) -> str:
        """A text, "" when it is not given."""
        value = self._values.get(name, "")
        if not isinstance(value, str):
            raise invalid(name, "应是字符串")
        return value

    def required(self, name: str) -> str:
        """A text that must be there."""
        value = self.text(name)
        if not value:
            raise invalid(name, "不能为空")
        return value

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A JSON number within [low, high]."""
        value = self._values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise invalid(name, f"取值范围 {low} 到 {high}")
        return value

    def digits(self, name: str, low: int, high: int) -> int:
        """A number written as text, as the order methods want their pages."""
        value = self.required(name)
        if not (value.isascii() and value.isdecimal()) or not low <= int(value) <= high:
            raise invalid(name, f"应是字符串，取值范围 {low} 到 {high}")
        return int(value)

    def id(self, name: str) -> str:
        """A number that is an id, "" when it is not given."""
        if name not in self._values:
            return ""
        return str(self.number(name, 0, 1, 2**63 - 1))

    def moment(self, name: str) -> datetime | None:
        """A Beijing clock text as UTC."""
        value = self.text(name)
        if not value:
            return None
        try:
            return from_beijing(value)
        except ValueError as error:
            raise invalid(name, "时间格式应为 yyyy-MM-dd HH:mm:ss") from error

    def listed(self, name: str, allowed: Collection[str] = ()) -> list[str]:
        """A comma-separated text, each of the allowed words when some are given."""
        values = [each.strip() for each in self.text(name).split(",") if each.strip()]
        for value in values:
            if allowed and value not in allowed:
                raise invalid(name, f"不认识 {value}")
        return values
