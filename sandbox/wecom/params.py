"""Strict reading of a request's parameters: a wrong type is an error, never a guess."""

from collections.abc import Mapping

from sandbox.jsontext import is_object
from sandbox.wecom.errors import ApiError

INVALID = 40058


class Params:
    """One JSON object of a request, with its place in it for the error message."""

    def __init__(self, data: Mapping[str, object], place: str = "") -> None:
        self._data = data
        self._place = place

    def _name(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place else name

    def has(self, name: str) -> bool:
        """Whether the parameter was given at all."""
        return name in self._data

    def raw(self) -> dict[str, object]:
        """The object as it came."""
        return dict(self._data)

    def text(
        self, name: str, *, missing: int = INVALID, limit: int = 0, too_long: int = 45002
    ) -> str:
        """A required, non-empty string of at most `limit` UTF-8 bytes (0: any)."""
        value = self._data.get(name)
        if value is None or value == "":
            raise ApiError(missing, f"missing {self._name(name)}")
        if not isinstance(value, str):
            raise ApiError(INVALID, f"{self._name(name)} must be a string")
        if limit and len(value.encode()) > limit:
            raise ApiError(too_long, f"{self._name(name)} is longer than {limit} bytes")
        return value

    def optional_text(self, name: str, *, limit: int = 0, too_long: int = 45002) -> str | None:
        """A string or None. Empty counts as not given."""
        value = self._data.get(name)
        if value is None or value == "":
            return None
        return self.text(name, limit=limit, too_long=too_long)

    def whole(self, name: str, *, low: int, high: int, default: int | None = None) -> int:
        """An integer within [low, high]."""
        value = self._data.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise ApiError(INVALID, f"{self._name(name)} must be an integer")
        if not low <= value <= high:
            raise ApiError(INVALID, f"{self._name(name)} is out of range")
        return value

    def child(self, name: str, *, missing: int = INVALID) -> "Params":
        """A required object."""
        value = self._data.get(name)
        if not is_object(value):
            raise ApiError(missing, f"missing {self._name(name)}")
        return Params(value, self._name(name))

    def children(
        self, name: str, *, most: int, least: int = 1, size: int = INVALID
    ) -> list["Params"]:
        """A list of `least` to `most` objects; `size` is the code for a wrong number."""
        value = self._data.get(name)
        if value is None:
            value = []
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise ApiError(size, f"{self._name(name)} must have {least} to {most} items")
        found = []
        for index, item in enumerate(value):
            if not is_object(item):
                raise ApiError(INVALID, f"{self._name(name)}[{index}] must be an object")
            found.append(Params(item, f"{self._name(name)}[{index}]"))
        return found

    def texts(self, name: str, *, most: int, least: int = 0) -> list[str]:
        """A list of strings."""
        value = self._data.get(name)
        if value is None:
            value = []
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise ApiError(INVALID, f"{self._name(name)} must have {least} to {most} items")
        for item in value:
            if not isinstance(item, str):
                raise ApiError(INVALID, f"{self._name(name)} must hold strings")
        return [str(item) for item in value]
