"""Points that refill by the second; who has too few for what was asked is throttled."""

from datetime import datetime

from sandbox.shops.wire import Json

MOST = 2000
A_SECOND = 100


class Bucket:
    """The points of one app in one shop."""

    def __init__(self, now: datetime) -> None:
        self._points = float(MOST)
        self._at = now

    def covers(self, asked: int, now: datetime) -> bool:
        """Whether there are as many points as a question may cost."""
        self._fill(now)
        return self._points >= asked

    def spend(self, points: int, now: datetime) -> None:
        """Take what it cost in the end."""
        self._fill(now)
        self._points = max(0.0, self._points - points)

    def cost(self, asked: int, actual: int | None) -> Json:
        """`extensions` of an answer."""
        return {
            "cost": {
                "requestedQueryCost": asked,
                "actualQueryCost": actual,
                "throttleStatus": {
                    "maximumAvailable": float(MOST),
                    "currentlyAvailable": int(self._points),
                    "restoreRate": float(A_SECOND),
                },
            }
        }

    def _fill(self, now: datetime) -> None:
        seconds = max(0.0, (now - self._at).total_seconds())
        self._points = min(float(MOST), self._points + seconds * A_SECOND)
        self._at = now
