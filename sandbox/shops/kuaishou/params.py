"""Reads `param`: one flat JSON object with typed fields; what is not so is refused."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sandbox.shops.kuaishou.errors import KuaishouError, invalid


class Params:
    """The business parameters of one call."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    @classmethod
    def parse(cls, text: str) -> "Params":
        """Read the JSON text. Raises KuaishouError where it is no object."""
        try:
            values: object = json.loads(text)
        except ValueError as error:
            raise invalid("param") from error
        if not isinstance(values, dict):
            raise invalid("param")
        return cls(values)

    def only(self, *known: str) -> None:
        """Refuse what the method does not know. Raises KuaishouError."""
        for name in self._values:
            if name not in known:
                raise invalid(name)

    def number(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """A JSON number within [low, high]; one without a default must be there."""
        value = self._values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise invalid(name)
        return value

    def id(self, name: str) -> str:
        """A number that is an id, "" when it is not given."""
        return str(self.number(name, 1, 2**63 - 1)) if name in self._values else ""

    def cursor(self, name: str) -> str:
        """Where to go on: "" for the beginning, but it must be there."""
        value = self._values.get(name)
        if not isinstance(value, str):
            raise invalid(name)
        return value

    def window(self, now: datetime, longest: timedelta) -> tuple[datetime, datetime]:
        """beginTime and endTime in Unix milliseconds, both inclusive, of the last 90 days."""
        begin, end = (self.number(name, 1, 10**14) for name in ("beginTime", "endTime"))
        if end <= begin:
            raise KuaishouError(300003, "ENDTIME MUST AFTER BEGINTIME")
        if timedelta(milliseconds=end - begin) > longest:
            raise KuaishouError(300019, "SEARCH TIME RANGE EXPAND LIMIT")
        start = datetime.fromtimestamp(begin / 1000, UTC)
        if start < now - timedelta(days=90):
            raise KuaishouError(300005, "CAN NOT SEARCH BEFORE 90 DAYS")
        return start, datetime.fromtimestamp(end / 1000, UTC)
