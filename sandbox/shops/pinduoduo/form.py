"""Reads a method's parameters: all are strings, a wrong one is error 10000."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sandbox.shops.pinduoduo.errors import invalid

HALF_AN_HOUR = timedelta(minutes=30)


class Form:
    """The parameters of one call."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """The parameter, "" when it is not given."""
        return self._values.get(name, "")

    def required(self, name: str) -> str:
        """A parameter that must be there. Raises PddError 10000."""
        value = self.text(name)
        if not value:
            raise invalid(name, f"{name}不能为空")
        return value

    def number(self, name: str, default: int | None, low: int, high: int) -> int:
        """An integer within [low, high]; required without a default. Raises PddError 10000."""
        value = self.text(name) if default is not None else self.required(name)
        value = value or str(default)
        if not value.isdecimal() or not low <= int(value) <= high:
            raise invalid(name, f"{name}取值范围{low}到{high}")
        return int(value)

    def chosen(self, name: str, allowed: frozenset[int]) -> int:
        """A required integer out of a few. Raises PddError 10000."""
        value = self.number(name, None, 0, 99)
        if value not in allowed:
            raise invalid(name, f"{name}取值不合法")
        return value

    def flag(self, name: str) -> bool:
        """A boolean, written in lower case. Raises PddError 10000."""
        value = self.text(name) or "false"
        if value not in ("true", "false"):
            raise invalid(name, f"{name}应为true或false")
        return value == "true"

    def moment(self, name: str) -> datetime:
        """Required Unix seconds (10 digits: no milliseconds). Raises PddError 10000."""
        value = self.required(name)
        if not value.isdecimal() or len(value) != 10:
            raise invalid(name, f"{name}应为秒级时间戳")
        return datetime.fromtimestamp(int(value), UTC)

    def window(self, start: str, end: str, longest: timedelta) -> tuple[datetime, datetime]:
        """Two moments not further apart than `longest`. Raises PddError 10000."""
        since, until = self.moment(start), self.moment(end)
        if until < since:
            raise invalid(end, "结束时间不能早于开始时间")
        if until - since > longest:
            raise invalid(end, f"开始时间和结束时间间距不能超过{int(longest.total_seconds())}秒")
        return since, until

    def page(self) -> tuple[int, int]:
        """`page` from 1 and `page_size` up to 100, as (first row, row behind the last)."""
        size = self.number("page_size", 100, 1, 100)
        first = (self.number("page", 1, 1, 100_000) - 1) * size
        return first, first + size
