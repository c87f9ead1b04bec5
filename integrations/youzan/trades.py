"""Single orders of a Youzan shop, with refunds and, where asked for, the phone's last digits."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace

from desk.kernel.errors import Refused
from desk.shops.port import Order, Refund
from integrations.phones import masked_tail
from integrations.youzan import wire
from integrations.youzan.client import YouzanClient, YouzanRefused

_NOT_THERE = ("不存在", "未找到", "找不到", "没有找到")


class Trades:
    """Reads single orders."""

    def __init__(self, shop: str, client: YouzanClient) -> None:
        self._shop = shop
        self._client = client

    async def one(self, order_no: str) -> wire.Trade | None:
        """Read an order with its refunds' ids and its packages."""
        try:
            data = await self._client.call("youzan.trade.get", "4.0.2", {"tid": order_no})
        except YouzanRefused as error:
            if is_gone(error):
                return None
            raise
        return wire.trade(self._shop, data) if data["full_order_info"].is_object else None

    async def complete(self, trade: wire.Trade, phone_tail: str | None) -> Order:
        """Add the refunds and the phone's last digits; what changed last says when."""
        refunds = await asyncio.gather(*(self._refund(number) for number in trade.refund_ids))
        return replace(
            trade.order,
            phone_tail=phone_tail,
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

    async def with_refunds(self, trade: wire.Trade) -> Order:
        """Complete an order of a list: lists carry no refunds, only that there are some."""
        if not trade.has_refunds:
            return trade.order
        whole = await self.one(trade.order.number)
        return trade.order if whole is None else await self.complete(whole, phone_tail=None)

    async def phone_tail(self, sealed: str) -> str | None:
        """Ask for the masked phone; a merchant without that permission simply shows none."""
        if not sealed:
            return None
        try:
            data = await self._client.call(
                "youzan.cloud.secret.decryptmask.single",
                "1.0.0",
                {"source": sealed},
            )
        except Refused:
            return None
        return masked_tail(data["decrypt_data"] if data.is_object else data)

    async def phone_tails(self, sealed: Iterable[str]) -> Mapping[str, str | None]:
        """Ask for many at once: each opening is metered and audited."""
        sources = sorted({each for each in sealed if each})
        if not sources:
            return {}
        try:
            data = await self._client.call(
                "youzan.cloud.secret.decryptmask.batch", "1.0.0", {"sources": sources}
            )
        except Refused:
            return {}
        return {source: masked_tail(data[source]) for source in sources}

    async def _refund(self, refund_id: str) -> Refund:
        data = await self._client.call("youzan.trade.refund.get", "3.0.1", {"refund_id": refund_id})
        return wire.refund(data)


def is_gone(error: YouzanRefused) -> bool:
    """Youzan has one code per area for "there is none"; its sentence is the same everywhere."""
    return any(word in error.reason for word in _NOT_THERE)
