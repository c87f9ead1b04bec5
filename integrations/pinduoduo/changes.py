"""Which orders changed: asked in windows of half an hour, read from the last page backwards."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.pinduoduo import methods
from integrations.pinduoduo.client import PinduoduoClient
from integrations.wild import Wild
from integrations.windows import Window

LONGEST = timedelta(seconds=1799)
"""One question may span 1800 seconds; it is asked in whole ones, which may take one more."""


@dataclass(frozen=True, slots=True)
class ChangedOrders:
    """The platform's list of orders by time of change; it shows every row of a window."""

    client: PinduoduoClient
    party: str = "pinduoduo"
    page_size: int = 100
    most_rows: int = 1_000_000

    async def first(self, window: Window) -> tuple[tuple[Wild, ...], int]:
        """Read the first page and how many orders the window has."""
        answer = await self._ask(window, 1, "false")
        return tuple(answer["order_sn_list"]), answer["total_count"].whole()

    async def page(self, window: Window, number: int) -> tuple[Wild, ...]:
        """Read a page without having the orders counted; the first one is 1."""
        return tuple((await self._ask(window, number, "true"))["order_sn_list"])

    async def _ask(self, window: Window, number: int, use_has_next: str) -> Wild:
        """Ask for all seconds that a window touches; both ends count, 5 and 0 mean all kinds."""
        asked = {
            "start_updated_at": str(math.floor(window.start.timestamp())),
            "end_updated_at": str(math.ceil(window.end.timestamp())),
            "order_status": "5",
            "refund_status": "5",
            "is_lucky_flag": "0",
            "page": str(number),
            "page_size": str(self.page_size),
            "use_has_next": use_has_next,
        }
        return await self.client.call(methods.CHANGED_ORDERS, asked)


def is_within(changed_at: datetime | None, since: datetime, until: datetime) -> bool:
    """Tell whether a change, which is known to the second, may lie in [since, until)."""
    return changed_at is None or since - timedelta(seconds=1) < changed_at < until
