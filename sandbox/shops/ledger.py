"""One platform's orders with real moments, made from the seeds; the control API changes them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.merchant.orders import OrderSeed, ParcelSeed, RefundSeed
from sandbox.shops.shelf import Shelf, ShelfItem, ShelfSku


@dataclass(slots=True)
class Line:
    """One order line; `payment` in fen after its share of the order's discount."""

    oid: str
    item: ShelfItem
    sku: ShelfSku
    num: int
    payment: int
    shipped: bool
    refund: str

    @property
    def total(self) -> int:
        """Fen before any discount."""
        return self.sku.price * self.num


@dataclass(slots=True)
class Scan:
    """One line of a parcel's track."""

    at: datetime
    text: str


@dataclass(slots=True)
class Parcel:
    """One parcel; `state`: 0 moving, 1 collected, 2 in doubt, 3 signed, 5 out, 4 and 6 back."""

    company: str
    waybill: str
    state: int
    lines: list[Line]
    scans: list[Scan]


@dataclass(slots=True)
class Refund:
    """One after-sales case; `fee` in fen."""

    refund_id: str
    line: Line
    status: str
    fee: int
    reason: str
    reason_code: int
    created: datetime
    updated: datetime
    return_goods: bool
    money_back: datetime | None


@dataclass(slots=True)
class Order:
    """One order in the platform's own words for its status."""

    number: str
    buyer: str
    status: str
    created: datetime
    updated: datetime
    paid: datetime | None
    shipped: datetime | None
    success: datetime | None
    lines: list[Line]
    discount: int
    close_type: int
    refund_state: int
    memo: str
    message: str
    parcels: list[Parcel]
    refunds: list[Refund]
    kind: str = ""

    @property
    def total(self) -> int:
        """Fen before the discount."""
        return sum(line.total for line in self.lines)

    @property
    def payment(self) -> int:
        """Fen to be paid."""
        return self.total - self.discount


class Ledger:
    """All orders of one shop."""

    def __init__(self, seeds: list[OrderSeed], shelf: Shelf, now: datetime) -> None:
        self._orders = {seed.number: _order(seed, shelf, now) for seed in seeds}

    def all(self) -> list[Order]:
        """Every order."""
        return list(self._orders.values())

    def order(self, number: str) -> Order | None:
        """The order with that number."""
        return self._orders.get(number)

    def parcel(self, waybill: str) -> tuple[Order, Parcel] | None:
        """The parcel with that waybill and its order."""
        pairs = ((order, parcel) for order in self._orders.values() for parcel in order.parcels)
        return next((pair for pair in pairs if pair[1].waybill == waybill), None)

    def refund(self, refund_id: str) -> tuple[Order, Refund] | None:
        """The after-sales case and its order."""
        pairs = ((order, refund) for order in self._orders.values() for refund in order.refunds)
        return next((pair for pair in pairs if pair[1].refund_id == refund_id), None)


def _order(seed: OrderSeed, shelf: Shelf, now: datetime) -> Order:
    def moment(days: float | None) -> datetime | None:
        return None if days is None else now - timedelta(days=days)

    lines = _lines(seed, shelf)
    parcels = [_parcel(parcel, lines, now) for parcel in seed.parcels]
    refunds = [_refund(refund, lines, now) for refund in seed.refunds]
    last = min(
        days
        for days in (seed.created, seed.paid, seed.shipped, seed.success, seed.updated)
        if days is not None
    )
    return Order(
        seed.number,
        seed.buyer,
        seed.status,
        now - timedelta(days=seed.created),
        max([now - timedelta(days=last), *(refund.updated for refund in refunds)]),
        moment(seed.paid),
        moment(seed.shipped),
        moment(seed.success),
        lines,
        seed.discount,
        seed.close_type,
        seed.refund_state,
        seed.memo,
        seed.message,
        parcels,
        refunds,
        seed.kind,
    )


def _lines(seed: OrderSeed, shelf: Shelf) -> list[Line]:
    lines = []
    for index, line in enumerate(seed.lines):
        item = shelf.keyed(line.item)
        sku = item.labelled(line.sku)
        oid = str(seed.oid + index * 1000)
        lines.append(
            Line(oid, item, sku, line.num, sku.price * line.num, line.shipped, line.refund)
        )
    total = sum(each.total for each in lines)
    left = seed.discount
    for each in lines[1:]:
        share = seed.discount * each.total // total
        each.payment -= share
        left -= share
    lines[0].payment -= left
    return lines


def _parcel(seed: ParcelSeed, lines: list[Line], now: datetime) -> Parcel:
    inside = lines if seed.lines is None else [lines[index] for index in seed.lines]
    scans = [Scan(now - timedelta(days=days), text) for days, text in seed.scans]
    return Parcel(seed.company, seed.number, seed.state, inside, scans)


def _refund(seed: RefundSeed, lines: list[Line], now: datetime) -> Refund:
    return Refund(
        seed.id,
        lines[seed.line],
        seed.status,
        seed.fee,
        seed.reason,
        seed.reason_code,
        now - timedelta(days=seed.created),
        now - timedelta(days=seed.updated),
        seed.return_goods,
        None if seed.money_back is None else now - timedelta(days=seed.money_back),
    )
