"""Reads an API's parameters as Youzan does: numbers may be strings, a wrong one is an error."""

from collections.abc import Mapping
from datetime import datetime

from sandbox.shops.wire import from_beijing
from sandbox.shops.youzan.errors import BAD_PARAMETER, BusinessError


class Params:
    """One request's JSON object."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data

    def text(self, name: str) -> str:
        """The parameter as text, "" when it is not given."""
        value = self._data.get(name)
        if value is None:
            return ""
        if isinstance(value, str | int) and not isinstance(value, bool):
            return str(value)
        raise _bad(name)

    def required(self, name: str) -> str:
        """A parameter that must be there. Raises BusinessError."""
        value = self.text(name)
        if not value:
            raise BusinessError(BAD_PARAMETER, f"参数错误：{name} 不能为空")
        return value

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """An integer within [low, high]. Raises BusinessError."""
        value = self.text(name) or str(default)
        if not value.isdecimal() or not low <= int(value) <= high:
            raise BusinessError(BAD_PARAMETER, f"参数错误：{name} 应在{low}到{high}之间")
        return int(value)

    def moment(self, name: str) -> datetime | None:
        """A Beijing clock string as UTC. Raises BusinessError."""
        value = self.text(name)
        if not value:
            return None
        try:
            return from_beijing(value)
        except ValueError as error:
            raise _bad(name) from error

    def texts(self, name: str, most: int) -> list[str]:
        """A list of at most `most` strings or numbers. Raises BusinessError."""
        value = self._data.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > most:
            raise BusinessError(BAD_PARAMETER, f"参数错误：{name} 最多{most}个")
        return [str(each) for each in value]

    def child(self, name: str) -> "Params":
        """An object, empty when it is not given. Raises BusinessError."""
        value = self._data.get(name)
        if value is None:
            return Params({})
        if not isinstance(value, dict):
            raise _bad(name)
        return Params(value)


def _bad(name: str) -> BusinessError:
    return BusinessError(BAD_PARAMETER, f"参数错误：{name} 格式不正确")
