"""Reads the entries of a section of the shops' file; errors name entry, field and way out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from desk.kernel.errors import DeskError

Refuse = Callable[[str, str, str], DeskError]
"""Makes the error of an entry: which one, which field, what to do about it."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as the file has it, `where` it stands, and how what is wrong is told."""

    where: str
    raw: Mapping[object, object]
    refuse: Refuse

    def text(self, field: str) -> str:
        """A text that has to be there."""
        value = self.raw.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(self.where, field, "缺少或不是文字，请补上")
        return value.strip()

    def url(self, field: str, empty: str) -> str:
        """An address without the last slash; `empty` tells what leaving it out means."""
        value = str(self.raw.get(field) or "").strip().rstrip("/")
        if value and not value.startswith(("http://", "https://")):
            raise self.refuse(self.where, field, f"要以 http:// 或 https:// 开头；{empty}")
        return value

    def credentials(self) -> dict[str, str]:
        """Names and values; an empty value counts as missing where it is needed."""
        value = self.raw.get("credentials") or {}
        if not isinstance(value, Mapping):
            raise self.refuse(self.where, "credentials", "应当是 名称: 值 的列表")
        return {str(name): str(each or "") for name, each in value.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the file: its entries are mappings with these fields and no others."""

    name: str
    fields: frozenset[str]
    each: str
    needs: str
    refuse: Refuse

    def read(self, listed: object, entry: Callable[[RawEntry], N]) -> tuple[N, ...]:
        """Read all entries, each with an id of its own.

        Raises:
            DeskError: as `refuse` makes it.
        """
        if not isinstance(listed, Sequence) or isinstance(listed, str):
            raise self.refuse("文件", self.name, f"应当是一个列表，每项一{self.each}")
        entries = tuple(entry(self._raw(place, raw)) for place, raw in enumerate(listed, start=1))
        self._check_ids(each.id for each in entries)
        return entries

    def _raw(self, place: int, raw: object) -> RawEntry:
        where = f"第 {place} 项"
        if not isinstance(raw, Mapping):
            raise self.refuse(where, self.name, f"每项要写 {self.needs}")
        unknown = sorted(str(name) for name in raw if name not in self.fields)
        if unknown:
            raise self.refuse(where, unknown[0], "没有这个字段，检查拼写")
        return RawEntry(where, raw, self.refuse)

    def _check_ids(self, ids: Iterable[str]) -> None:
        seen: set[str] = set()
        for each in ids:
            if each in seen:
                raise self.refuse(each, "id", "与另一项重复，请换一个")
            seen.add(each)
