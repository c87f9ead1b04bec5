"""Single orders of a shop on TOP, with their refunds."""

import asyncio
from dataclasses import replace

from desk.shops.port import Order, Refund
from integrations.taobao import wire
from integrations.taobao.client import TopClient, TopRefused

_MOST_DIGITS = 19


class Trades:
    """Reads single orders."""

    def __init__(self, shop: str, client: TopClient) -> None:
        self._shop = shop
        self._client = client

    async def one(self, order_no: str) -> wire.Trade | None:
        """Read an order with its refunds' ids; None for what cannot be an order's number."""
        if not (order_no.isdecimal() and len(order_no) <= _MOST_DIGITS):
            return None
        try:
            answer = await self._client.call(
                "taobao.trade.fullinfo.get", {"tid": order_no, "fields": wire.ORDER_FIELDS}
            )
        except TopRefused as error:
            if is_gone(error):
                return None
            raise
        return wire.trade(self._shop, answer["trade"]) if answer["trade"].is_object else None

    async def complete(self, trade: wire.Trade) -> Order:
        """Add the refunds; what changed last, the order or a refund, says when."""
        refunds = await asyncio.gather(*(self._refund(number) for number in trade.refund_ids))
        return replace(
            trade.order,
            refunds=tuple(refunds),
            updated_at=max(
                (
                    moment
                    for moment in (trade.order.updated_at, *(each.updated_at for each in refunds))
                    if moment is not None
                ),
                default=None,
            ),
        )

    async def _refund(self, refund_id: str) -> Refund:
        answer = await self._client.call(
            "taobao.refund.get", {"refund_id": refund_id, "fields": wire.REFUND_FIELDS}
        )
        return wire.refund(answer["refund"])


def is_gone(error: TopRefused) -> bool:
    """Tell whether TOP says that there is no such thing (isv.trade-not-exist, isv.item-not-…)."""
    return "not-exist" in error.sub_code or "not-found" in error.sub_code
