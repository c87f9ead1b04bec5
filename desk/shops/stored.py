"""The port's dataclasses as JSON and back, so that any cache can keep them."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from desk.shops.cache import Json
from desk.shops.port import NOT_KEPT

T = TypeVar("T")


class Codec(Generic[T]):
    """Writes and reads values of one type: `Codec[Order](Order)`, `Codec(tuple[Item, ...])`."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind

    def write(self, value: T) -> Json:
        """Write a value as plain JSON."""
        return _write(value)

    def read(self, raw: Json) -> T:
        """Read a value back.

        Raises:
            ValueError: it was written by a version with other fields.
        """
        try:
            return cast("T", _read(self._kind, raw))
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a kept {self._kind}") from error


def _write(value: object) -> Json:
    if is_dataclass(value):
        return {
            each.name: _write(getattr(value, each.name))
            for each in fields(value)
            if each.metadata != NOT_KEPT
        }
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, tuple):
        return [_write(part) for part in value]
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"cannot be kept: {type(value).__name__}")


def _read(kind: object, raw: Json) -> object:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        real = [part for part in get_args(kind) if part is not NoneType]
        return None if raw is None else _read(real[0], raw)
    if origin is tuple:
        return _read_tuple(get_args(kind), raw)
    if not isinstance(kind, type):
        raise TypeError(kind)
    if is_dataclass(kind):
        return _read_dataclass(kind, raw)
    if kind is datetime:
        return datetime.fromisoformat(_expect(str, raw))
    return kind(_expect(int if issubclass(kind, int) else str, raw))


def _read_tuple(parts: tuple[object, ...], raw: Json) -> tuple[object, ...]:
    values = _expect(list, raw)
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_read(parts[0], value) for value in values)
    return tuple(_read(part, value) for part, value in zip(parts, values, strict=True))


def _read_dataclass(kind: type[object], raw: Json) -> object:
    if not isinstance(raw, Mapping) or not is_dataclass(kind):
        raise TypeError(raw)
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind) if _is_written(each, raw)]
    return kind(**{name: _read(hints[name], raw[name]) for name in names})


def _is_written(each: "Field[object]", raw: Mapping[str, Json]) -> bool:
    """A field that is newer than the writing takes its default; one without a default is missed."""
    has_default = each.default is not MISSING or each.default_factory is not MISSING
    return each.metadata != NOT_KEPT and (each.name in raw or not has_default)


def _expect(kind: type[T], raw: object) -> T:
    if not isinstance(raw, kind):
        raise TypeError(f"expected {kind.__name__}")
    return raw
