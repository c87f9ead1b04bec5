"""When a fallen price is made good: days after payment or receipt, as the merchant states it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from desk.shops.port import Order, Parcel, ParcelStatus


class Since(StrEnum):
    """From when the days are counted."""

    PAID = "paid"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class PriceRule:
    """A shop's rule. `days` None: nobody has stated any, and a person decides each time.

    `net_of_coupons`: what coupons saved at the purchase counts as not paid. `service` is what the
    platform calls a service of its own that buyers use in its app, "" for none.
    """

    days: int | None = None
    since: Since = Since.PAID
    net_of_coupons: bool = True
    service: str = ""

    def ends_at(self, order: Order, received: datetime | None) -> datetime | None:
        """When it ends for an order; None where no end is known, or the days have not begun."""
        if self.days is None:
            return None
        start = received if self.since is Since.RECEIVED else order.paid_at or order.created_at
        return start + timedelta(days=self.days) if start is not None else None


@dataclass(frozen=True, slots=True)
class PriceRules:
    """The rules by shop id."""

    by_shop: Mapping[str, PriceRule] = field(default_factory=dict)

    def of(self, shop: str) -> PriceRule:
        """The rule of a shop."""
        return self.by_shop.get(shop, PriceRule())


def received_at(parcels: tuple[Parcel, ...]) -> datetime | None:
    """When the last parcel of an order was delivered; None while one is still on its way."""
    if not parcels or any(each.status is not ParcelStatus.DELIVERED for each in parcels):
        return None
    scans = [scan.at for each in parcels for scan in each.scans[:1]]
    return max(scans, default=None)
