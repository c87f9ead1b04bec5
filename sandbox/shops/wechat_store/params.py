"""Reads the parameters of a call strictly: ids are texts, numbers are numbers, no other fields."""

import json
from collections.abc import Mapping

from sandbox.shops.wechat_store.errors import bad_body, named


class Params:
    """One JSON object of a request; what nobody asked for by the end is an unknown field."""

    def __init__(self, data: Mapping[str, object], place: str = "") -> None:
        self._data = data
        self._place = place
        self._read: set[str] = set()

    @classmethod
    def parse(cls, text: str) -> "Params":
        """Read a request's body. Raises WechatError 44002 (empty), 47001 (no JSON object)."""
        if not text:
            raise named("empty")
        try:
            data: object = json.loads(text)
        except ValueError as error:
            raise named("json") from error
        if not isinstance(data, dict):
            raise named("json")
        return cls(data)

    def text(self, name: str) -> str:
        """A text, "" when it is not given. Raises WechatError."""
        value = self._take(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise bad_body(f"{self._place}{name} should be string")
        return value

    def required(self, name: str) -> str:
        """A text that must be there. Raises WechatError."""
        value = self.text(name)
        if not value:
            raise bad_body(f"{self._place}{name} missing")
        return value

    def number(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within [low, high]. Raises WechatError."""
        value = self._take(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise bad_body(f"{self._place}{name} should be number in [{low}, {high}]")
        return value

    def flag(self, name: str) -> bool:
        """A yes or no, no when it is not given. Raises WechatError."""
        value = self._take(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise bad_body(f"{self._place}{name} should be bool")

    def texts(self, name: str, most: int) -> list[str]:
        """A list of one to `most` texts. Raises WechatError."""
        value = self._take(name)
        if not isinstance(value, list) or not 0 < len(value) <= most:
            raise bad_body(f"{self._place}{name} should be 1 to {most} strings")
        if not all(isinstance(each, str) for each in value):
            raise bad_body(f"{self._place}{name} should be strings")
        return value

    def child(self, name: str) -> "Params | None":
        """An object. Raises WechatError."""
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise bad_body(f"{self._place}{name} should be object")
        return Params(value, f"{self._place}{name}.")

    def finish(self) -> None:
        """Refuse what no field of the interface is called. Raises WechatError."""
        unknown = sorted(self._data.keys() - self._read)
        if unknown:
            raise bad_body(f"{self._place}{unknown[0]} unknown")

    def _take(self, name: str) -> object:
        self._read.add(name)
        return self._data.get(name)
