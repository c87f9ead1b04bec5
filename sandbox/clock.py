"""The sandbox's turnable clock: real time plus an offset, so that 48 hours pass in a click."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the fake time. Share one instance between the fake WeCom and the fake shops."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self._offset = offset

    def now(self) -> datetime:
        """The fake time, aware, UTC."""
        return datetime.now(UTC) + self._offset

    def timestamp(self) -> int:
        """The fake time in whole Unix seconds, as WeCom writes it."""
        return int(self.now().timestamp())

    @property
    def offset(self) -> timedelta:
        """How far the fake time is from real time."""
        return self._offset

    def turn(self, offset: timedelta) -> None:
        """Set the absolute offset to real time."""
        self._offset = offset
