"""WeCom's JSON, read carefully: a missing or mistyped field is empty, never a crash."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object."""

    data: Mapping[str, object] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string, or a number as a string."""
        value = self.data.get(name)
        if isinstance(value, bool):
            return ""
        return str(value) if isinstance(value, str | int | float) else ""

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number, also when it came as a string."""
        value = self.data.get(name)
        if isinstance(value, int):
            return int(value)
        return int(value) if isinstance(value, str) and value.isdecimal() else default

    def child(self, name: str) -> "Fields":
        """A nested object."""
        return as_fields(self.data.get(name))

    def rows(self, name: str) -> tuple["Fields", ...]:
        """A list of objects; what is no object reads as an empty one."""
        value = self.data.get(name)
        return tuple(as_fields(each) for each in value) if isinstance(value, list) else ()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings; "a|b" counts as one too."""
        value = self.data.get(name)
        if isinstance(value, str):
            return tuple(part for part in value.split("|") if part)
        return tuple(str(each) for each in value) if isinstance(value, list) else ()

    def numbers(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self.data.get(name)
        return (
            tuple(each for each in value if isinstance(each, int))
            if isinstance(value, list)
            else ()
        )


def as_fields(value: object) -> Fields:
    """Take any JSON value; what is no object reads as an empty one."""
    return Fields(value) if isinstance(value, dict) else Fields()
