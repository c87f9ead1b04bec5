"""Reads a method's parameters with their documented JSON types: a wrong one is 40004."""

from collections.abc import Mapping

from sandbox.shops.douyin.errors import invalid, missing

WRONG_TYPE = 1


class Params:
    """One call's param_json."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data

    def has(self, name: str) -> bool:
        """Whether the parameter is given."""
        return self._data.get(name) is not None

    def text(self, name: str) -> str:
        """A string, "" when it is not given. Raises DouyinError for any other type."""
        value = self._data.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise invalid(WRONG_TYPE, f"参数{name}应为string")
        return value

    def required(self, name: str, number: int = 1) -> str:
        """A string that must be there. Raises DouyinError."""
        value = self.text(name)
        if not value:
            raise missing(number, f"缺少必选参数{name}")
        return value

    def whole(self, name: str, otherwise: int | None = None) -> int:
        """An integer, no string; required when there is no `otherwise`. Raises DouyinError."""
        value = self._data.get(name)
        if value is None:
            if otherwise is None:
                raise missing(1, f"缺少必选参数{name}")
            return otherwise
        if not isinstance(value, int) or isinstance(value, bool):
            raise invalid(WRONG_TYPE, f"参数{name}应为int64")
        return value

    def flag(self, name: str) -> bool:
        """A boolean, false when it is not given. Raises DouyinError."""
        value = self._data.get(name, False)
        if not isinstance(value, bool):
            raise invalid(WRONG_TYPE, f"参数{name}应为bool")
        return value

    def texts(self, name: str) -> list[str]:
        """A list of strings. Raises DouyinError."""
        value = self._data.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise invalid(WRONG_TYPE, f"参数{name}应为string数组")
        return value

    def children(self, name: str) -> list["Params"]:
        """A list of objects. Raises DouyinError."""
        value = self._data.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise invalid(WRONG_TYPE, f"参数{name}应为object数组")
        return [Params(each) for each in value]

    def size(self, number: int) -> int:
        """How many rows a page has, 1 to 100, always asked for. Raises DouyinError."""
        size = self.whole("size")
        if not 1 <= size <= 100:
            raise invalid(number, "单页数量应在1到100之间")
        return size
