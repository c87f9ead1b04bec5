"""What an order would cost less now: per line, what was paid against the present price."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.kernel.money import Fen
from desk.shops.port import ItemId, Order, OrderLine

PresentPrices = Mapping[tuple[ItemId, str], Fen]
"""The price of one piece now, in fen, by item and SKU; what is not sold any more is left out."""


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A line of an order: `paid` for all its pieces, `now` for as many today, in fen."""

    line: OrderLine
    paid: Fen
    now: Fen

    @property
    def amount(self) -> Fen:
        """How much less it is now; 0 where the price did not fall."""
        return Fen(max(0, self.paid - self.now))

    @property
    def each(self) -> Fen | None:
        """The difference of one piece; None where it does not come to whole fen."""
        amount, rest = divmod(self.amount, self.line.quantity)
        return None if rest else Fen(amount)


def differences(
    order: Order, prices: PresentPrices, *, net_of_coupons: bool
) -> tuple[LineDifference, ...]:
    """Compare the lines that have a present price.

    `net_of_coupons`: what a coupon on the whole order saved is taken off its lines, each by its
    share, before they are compared.
    """
    return tuple(
        LineDifference(line, paid, Fen(prices[line.item, line.sku] * line.quantity))
        for line, paid in zip(order.lines, _paid(order, net=net_of_coupons), strict=True)
        if (line.item, line.sku) in prices and line.quantity > 0
    )


def _paid(order: Order, *, net: bool) -> tuple[Fen, ...]:
    """What was paid for each line; a share is rounded up, so by less than a fen too much."""
    total = sum(line.price for line in order.lines)
    if not net or order.payment >= total:
        return tuple(line.price for line in order.lines)
    return tuple(Fen(-(-line.price * order.payment // total)) for line in order.lines)
