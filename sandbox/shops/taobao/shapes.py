"""TOP's JSON habits: lists in a wrapper level (gone with simplify), only the fields asked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.shops.wire import Json


@dataclass(frozen=True, slots=True)
class Rows:
    """A list which goes over the wire as `{"<name>": [...]}`; an empty one is left out."""

    name: str
    values: list[Json]


def encode(value: Json, *, simplify: bool) -> Json:
    """Plain JSON with or without the wrapper levels."""
    return {
        key: _plain(each, simplify=simplify)
        for key, each in value.items()
        if not (isinstance(each, Rows) and not each.values)
    }


def _plain(value: object, *, simplify: bool) -> object:
    if isinstance(value, Rows):
        rows = [encode(row, simplify=simplify) for row in value.values]
        return rows if simplify else {value.name: rows}
    if isinstance(value, dict):
        return encode(value, simplify=simplify)
    return value


class Fields:
    """The `fields` parameter: "tid,status,orders.title"; "orders" alone means all of it."""

    def __init__(self, asked: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._inner: dict[str, set[str]] = {}
        for name in asked:
            outer, _, inner = name.partition(".")
            if inner:
                self._inner.setdefault(outer, set()).add(inner)
            else:
                self._whole.add(outer)

    def __contains__(self, name: str) -> bool:
        return name in self._whole or name in self._inner

    def of(self, row: Json) -> Json:
        """Only what was asked; ids come with their `_str` twin."""
        return {
            name: self._cut(name, value)
            for name, value in row.items()
            if name in self or name.removesuffix("_str") in self
        }

    def _cut(self, name: str, value: object) -> object:
        inner = self._inner.get(name)
        if inner is None or name in self._whole or not isinstance(value, Rows):
            return value
        cut = Fields(inner)
        return Rows(value.name, [cut.of(row) for row in value.values])
