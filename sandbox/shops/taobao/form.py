"""Reads TOP's form parameters: all are strings, a wrong one is error 40 or 41."""

from collections.abc import Mapping
from datetime import datetime

from sandbox.shops.taobao.errors import invalid, missing
from sandbox.shops.wire import from_beijing


class Form:
    """The parameters of one call."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """The parameter, "" when it is not given."""
        return self._values.get(name, "")

    def required(self, name: str) -> str:
        """A parameter that must be there. Raises TopError 40."""
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """An integer within [low, high]. Raises TopError 41."""
        value = self.text(name) or str(default)
        if not value.isdecimal() or not low <= int(value) <= high:
            raise invalid(name, f"{name}取值范围{low}到{high}")
        return int(value)

    def moment(self, name: str) -> datetime | None:
        """A Beijing clock string as UTC. Raises TopError 41."""
        value = self.text(name)
        if not value:
            return None
        try:
            return from_beijing(value)
        except ValueError as error:
            raise invalid(name, "时间格式应为yyyy-MM-dd HH:mm:ss") from error

    def flag(self, name: str) -> bool:
        """Whether the parameter is "true"."""
        return self.text(name) == "true"

    def listed(self, name: str, most: int) -> list[str]:
        """A comma-separated list, required, at most `most` long. Raises TopError 40, 41."""
        values = [each.strip() for each in self.required(name).split(",") if each.strip()]
        if len(values) > most:
            raise invalid(name, f"最多{most}个")
        return values
