"""Orders of a Douyin shop, made complete with what other methods tell of them."""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import replace

from desk.kernel.clock import Clock
from desk.kernel.errors import Refused
from desk.shops.port import Order, Refund, RefundStatus
from integrations.douyin import wire
from integrations.douyin.client import DouyinClient, DouyinRefused
from integrations.phones import masked_tail

BATCH = 50
"""How many phones may be asked for at once."""

_A_PAGE = 100
_MOST_DIGITS = 19
_NO_ORDER = frozenset(
    {"isv.parameter-invalid:20001", "isv.parameter-invalid:20014", "isv.business-failed:20015"}
)


class Trades:
    """Reads orders one by one, and completes those that were read from a list."""

    def __init__(self, shop: str, client: DouyinClient, clock: Clock) -> None:
        self._shop = shop
        self._client = client
        self._clock = clock

    async def find(self, order_no: str) -> wire.Trade | None:
        """An order by its number, the parent's: the number of a line is none."""
        if not is_number(order_no):
            return None
        try:
            data = await self._client.call("order.orderDetail", {"shop_order_id": order_no})
        except DouyinRefused as error:
            if error.sub_code in _NO_ORDER:
                return None
            raise
        return wire.trade(self._shop, data["shop_order_detail"])

    async def order(self, order_no: str) -> Order | None:
        """A complete order by its number."""
        trade = await self.find(order_no)
        return (await self.complete([trade]))[0] if trade is not None else None

    async def complete(self, trades: Sequence[wire.Trade]) -> list[Order]:
        """Put in the ends of hidden phones (of `BATCH` orders at most), and after-sales."""
        tails, refunds = await asyncio.gather(
            self._phone_tails(trades), asyncio.gather(*(self._refunds(each) for each in trades))
        )
        return [
            _completed(trade.order, tails.get(trade.order.number), found)
            for trade, found in zip(trades, refunds, strict=True)
        ]

    async def _phone_tails(self, trades: Sequence[wire.Trade]) -> dict[str, str | None]:
        """Ask for masked phones; a merchant without that permission simply shows none."""
        asked = [
            {"auth_id": trade.order.number, "cipher_text": trade.sealed_phone}
            for trade in trades
            if trade.sealed_phone
        ]
        if not asked:
            return {}
        try:
            data = await self._client.call("order.batchSensitive", {"cipher_infos": asked})
        except Refused:
            return {}
        return {
            each["auth_id"].id(): masked_tail(each["decrypt_text"])
            for each in data["decrypt_infos"]
        }

    async def _refunds(self, trade: wire.Trade) -> tuple[Refund, ...]:
        """Without a start, only after-sales of the last half year would be told."""
        if not trade.has_after_sales:
            return ()
        asked = {
            "order_id": trade.order.number,
            "start_time": int(trade.order.created_at.timestamp()),
            "end_time": math.ceil(self._clock.now().timestamp()),
            "page": 0,
            "size": _A_PAGE,
        }
        data = await self._client.call("afterSale.List", asked)
        refunds = (wire.refund(raw) for raw in data["items"])
        return tuple(await asyncio.gather(*(self._settled(refund) for refund in refunds)))

    async def _settled(self, refund: Refund) -> Refund:
        """Put in what really went back; lists tell what was applied for."""
        if refund.status is not RefundStatus.REFUNDED:
            return refund
        data = await self._client.call("afterSale.Detail", {"after_sale_id": refund.id})
        return replace(refund, amount=wire.paid_back(data))


def _completed(order: Order, tail: str | None, refunds: tuple[Refund, ...]) -> Order:
    """An after-sale does not change its order in Douyin's eyes; for us it does."""
    moments = [refund.updated_at for refund in refunds]
    changed = max([*([order.updated_at] if order.updated_at else []), *moments], default=None)
    return replace(order, phone_tail=order.phone_tail or tail, refunds=refunds, updated_at=changed)


def is_number(text: str) -> bool:
    """Tell whether a text may be one of Douyin's ids."""
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
