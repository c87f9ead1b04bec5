"""Walks a shop's changed orders past one that nobody can read, so that it stops no others."""

from collections.abc import AsyncIterator
from datetime import timedelta

import structlog
from prometheus_client import Counter

from desk.shops.port import Order
from desk.shops.powers import ListsChangedOrders
from integrations.wild import Unreadable
from integrations.windows import Window

log = structlog.get_logger()
PASSED_OVER = Counter(
    "zhanggui_shop_unreadable_windows_total", "Minutes with an order nobody can read", ["shop"]
)

SMALLEST = timedelta(minutes=1)
"""So little time is given up for an order that cannot be read."""
MOST = 3
"""So often in a window; more is the shop's trouble, and no single order's."""


async def walk(shop_id: str, shop: ListsChangedOrders, window: Window) -> AsyncIterator[Order]:
    """Tell the orders that changed in a window; some may come twice.

    Where the shop answers something unreadable the window is cut, until that is alone in a minute,
    which is passed over, counted and told.

    Raises:
        Unreadable: nothing of the window can be read, or too many pieces of it: then it is the
            shop, and not an order.
        Unavailable, AuthExpired, Refused: the shop does not tell.
    """
    pieces, readable, passed = [window], 0, 0
    broken: Unreadable | None = None
    while pieces:
        piece = pieces.pop(0)
        try:
            async for order in shop.changed_orders(piece.start, piece.end):
                yield order
            readable += 1
        except Unreadable as error:
            broken = error
            if piece.end - piece.start > SMALLEST:
                pieces[:0] = piece.halves()
                continue
            passed += 1
            if passed > MOST:
                raise
            _pass_over(shop_id, piece, error)
    if broken is not None and not readable:
        raise broken


def _pass_over(shop_id: str, piece: Window, error: Unreadable) -> None:
    PASSED_OVER.labels(shop_id).inc()
    log.error(
        "shop.order_unreadable",
        shop=shop_id,
        since=piece.start.isoformat(),
        until=piece.end.isoformat(),
        code=error.code,
        path=error.path,
    )
