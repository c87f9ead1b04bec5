"""Outside JSON, not to be touched until it is read as something; errors name the exact path."""

import json
import re
from collections.abc import Container, Iterator
from datetime import UTC, datetime, timedelta

from desk.kernel.errors import Unavailable
from desk.kernel.money import Fen
from integrations.beijing import to_utc

_BEYOND = 2**63
"""The first whole number that no column of 64 bits holds."""
_YUAN = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")


class Unreadable(Unavailable):
    """A platform answered something that is not what it documents; `path` says where."""

    def __init__(self, party: str, path: str, wanted: str) -> None:
        super().__init__(f"{party}.unreadable", f"{party}的回答看不懂（{path}）")
        self.args = (f"{self.code}: {path} is not {wanted}",)
        self.path = path


class Wild:
    """A value out of a platform's answer together with the path it was found at."""

    __slots__ = ("_value", "party", "path")

    def __init__(self, party: str, value: object, path: str = "") -> None:
        self.party = party
        self.path = path
        self._value = value

    @classmethod
    def parse(cls, party: str, text: str | bytes, path: str = "") -> "Wild":
        """Read JSON; numbers with a point stay text, so that no float ever touches money."""
        try:
            return cls(party, json.loads(text, parse_float=str), path)
        except (ValueError, RecursionError) as error:
            raise Unreadable(party, path or "the answer", "JSON") from error

    def __getitem__(self, name: str) -> "Wild":
        """Go to a field; a missing one is read as null."""
        value = self._value.get(name) if isinstance(self._value, dict) else None
        return Wild(self.party, value, f"{self.path}.{name}" if self.path else name)

    def __iter__(self) -> Iterator["Wild"]:
        """Walk a list; null is an empty one."""
        if self._value is None:
            return
        if not isinstance(self._value, list):
            raise self.unreadable("a list")
        for at, value in enumerate(self._value):
            yield Wild(self.party, value, f"{self.path}[{at}]")

    def fields(self) -> Iterator[tuple[str, "Wild"]]:
        """Walk an object's fields by name; null is an empty one."""
        if self._value is None:
            return
        if not isinstance(self._value, dict):
            raise self.unreadable("an object")
        for name in self._value:
            yield name, self[name]

    @property
    def is_null(self) -> bool:
        """Tell whether the field is missing, null, or an empty text."""
        return self._value is None or self._value == ""

    @property
    def is_object(self) -> bool:
        """Tell whether fields can be found here."""
        return isinstance(self._value, dict)

    def text(self) -> str:
        """Read a text; what no database takes (NUL, halves of letters) becomes question marks."""
        if not isinstance(self._value, str):
            raise self.unreadable("a text")
        return _keepable(self._value)

    def text_or(self, otherwise: str) -> str:
        """Read a text that may be missing."""
        return otherwise if self._value is None else self.text()

    def id(self) -> str:
        """Read an id, which is a text inside even where it is a number outside."""
        if isinstance(self._value, int) and not isinstance(self._value, bool):
            return str(self._value)
        if self.is_null:
            raise self.unreadable("an id")
        return self.text()

    def id_or(self, otherwise: str) -> str:
        """Read an id that may be missing."""
        return otherwise if self.is_null else self.id()

    def whole(self) -> int:
        """Read a whole number of 64 bits, written as number or as digits."""
        if isinstance(self._value, bool):
            raise self.unreadable("a whole number")
        try:
            number = self._value if isinstance(self._value, int) else int(self.text())
        except ValueError as error:
            raise self.unreadable("a whole number") from error
        if not -_BEYOND <= number < _BEYOND:
            raise self.unreadable("a whole number of 64 bits")
        return number

    def whole_or(self, otherwise: int) -> int:
        """Read a whole number that may be missing."""
        return otherwise if self.is_null else self.whole()

    def is_true(self) -> bool:
        """Read a yes or no, written as boolean or as text; missing is no."""
        return self._value is True or self._value == "true"

    def fen(self) -> Fen:
        """Read an amount that the platform writes in fen."""
        return Fen(self.whole())

    def yuan(self) -> Fen:
        """Read an amount that the platform writes in yuan ("129.00")."""
        written = str(self._value) if isinstance(self._value, int) else self.text().strip()
        if not _YUAN.fullmatch(written):
            raise self.unreadable("an amount in yuan")
        try:
            return Fen.from_yuan(written)
        except ValueError as error:
            raise self.unreadable("an amount in yuan") from error

    def moment(self) -> datetime:
        """Read a Beijing time as UTC."""
        try:
            return to_utc(self.text())
        except ValueError as error:
            raise self.unreadable("a time") from error

    def moment_or_none(self) -> datetime | None:
        """Read a Beijing time that may be missing."""
        return None if self.is_null else self.moment()

    def millis(self) -> datetime:
        """Read Unix milliseconds as UTC."""
        try:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=self.whole())
        except OverflowError as error:
            raise self.unreadable("Unix milliseconds") from error

    def seconds(self) -> datetime:
        """Read Unix seconds as UTC."""
        try:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=self.whole())
        except OverflowError as error:
            raise self.unreadable("Unix seconds") from error

    def raw(self, without: Container[str] = ()) -> str:
        """Write it as JSON again, fields of these names left out wherever they stand.

        Numbers with a point come back as texts, all others as they were; letters that are only
        half a letter, which no database takes, become question marks.
        """
        try:
            written = json.dumps(
                _without(self._value, without), ensure_ascii=False, separators=(",", ":")
            )
            return _keepable(written)
        except RecursionError as error:
            raise self.unreadable("JSON of a sane depth") from error

    def nested(self) -> "Wild":
        """Read JSON that was put into a text."""
        return Wild.parse(self.party, self.text(), self.path)

    def unreadable(self, wanted: str) -> Unreadable:
        """Make the error that says what should have stood here."""
        return Unreadable(self.party, self.path or "the answer", wanted)


def _keepable(text: str) -> str:
    if text.isprintable():
        return text
    return text.replace("\0", "?").encode(errors="replace").decode()


def _without(value: object, names: Container[str]) -> object:
    if isinstance(value, dict):
        return {name: _without(each, names) for name, each in value.items() if name not in names}
    if isinstance(value, list):
        return [_without(each, names) for each in value]
    return value
