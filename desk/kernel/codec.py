"""Our dataclasses as JSON and back, for the columns that keep whole values."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from desk.kernel.money import Fen


class Codec:
    """Writes values of the given classes as JSON with a `$` tag, and reads only these back.

    Raises:
        TypeError: a value to write is of no known class.
        LookupError: JSON names a class that is not known.
    """

    def __init__(self, classes: Iterable[type]) -> None:
        self._classes = {cls.__name__: cls for cls in classes}

    def encode(self, value: object) -> Any:  # noqa: ANN401  JSON has no narrower type
        """Write a value as what json.dumps takes."""
        match value:
            case Enum():
                return {"$": "Enum", "of": self._known(type(value)), "value": value.value}
            case Fen():
                return {"$": "Fen", "value": int(value)}
            case None | bool() | int() | float() | str():
                return value
            case datetime():
                return {"$": "datetime", "value": value.isoformat()}
            case UUID():
                return {"$": "UUID", "value": str(value)}
            case tuple() | list():
                return [self.encode(each) for each in value]
            case Mapping():
                return {"$": "Map", "value": {str(k): self.encode(v) for k, v in value.items()}}
            case _:
                return self._encode_dataclass(value)

    def decode(self, data: Any) -> Any:  # noqa: ANN401  JSON has no narrower type
        """Read a value; lists come back as tuples."""
        if isinstance(data, list):
            return tuple(self.decode(each) for each in data)
        if not isinstance(data, dict):
            return data
        match data["$"]:
            case "Fen":
                return Fen(data["value"])
            case "datetime":
                return datetime.fromisoformat(data["value"])
            case "UUID":
                return UUID(data["value"])
            case "Map":
                return {key: self.decode(each) for key, each in data["value"].items()}
            case "Enum":
                return self._classes[data["of"]](data["value"])
            case name:
                return self._decode_dataclass(name, data)

    def _known(self, cls: type) -> str:
        if self._classes.get(cls.__name__) is not cls:
            raise TypeError(f"the codec does not know {cls.__qualname__}")
        return cls.__name__

    def _encode_dataclass(self, value: object) -> dict[str, Any]:
        if not is_dataclass(value) or isinstance(value, type):
            raise TypeError(f"the codec does not know {type(value).__qualname__}")
        written = {each.name: self.encode(getattr(value, each.name)) for each in fields(value)}
        return {"$": self._known(type(value))} | written

    def _decode_dataclass(self, name: str, data: dict[str, Any]) -> object:
        cls = self._classes[name]
        return cls(**{key: self.decode(each) for key, each in data.items() if key != "$"})
