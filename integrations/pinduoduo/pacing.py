"""Two limits for one call: that of the method, and that of the app, which all its calls share."""

from integrations.http import HttpClient
from integrations.platform import ShopEntry, Surroundings, bucket_of
from integrations.rate import Buckets, Rate


class _WithinTheApp:
    """Buckets of methods whose calls count for the app's own bucket too."""

    def __init__(self, buckets: Buckets, app_key: str, app_rate: Rate) -> None:
        self._buckets = buckets
        self._app_key, self._app_rate = app_key, app_rate

    async def take(self, key: str, rate: Rate, *, patient: bool = False) -> float:
        """Take one token of each: the seconds to wait before calling, 0 for now.

        The method's goes first: where a patient caller waits, it mostly waits for that one.
        """
        wait = await self._buckets.take(key, rate, patient=patient)
        if patient and wait:
            return wait
        return max(wait, await self._buckets.take(self._app_key, self._app_rate, patient=patient))


def paced(entry: ShopEntry, around: Surroundings, app: Rate, method: str, own: Rate) -> HttpClient:
    """Make the client for a method that may be called less often than others."""
    key = bucket_of(entry)
    return HttpClient(
        around.session,
        "pinduoduo",
        rate=own,
        buckets=_WithinTheApp(around.buckets, key, entry.rate(app)),
        key=f"{key}:{method}",
    )
