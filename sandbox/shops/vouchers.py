"""Coupon activities and the coupons taken: a second take is a second coupon or a refusal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.merchant.vouchers import VoucherSeed


@dataclass(slots=True)
class Activity:
    """One activity; `left` shrinks with every take."""

    seed: VoucherSeed
    left: int
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Voucher:
    """One coupon in a buyer's pocket."""

    number: int
    activity: Activity
    buyer: str
    taken_at: datetime
    ends_at: datetime

    @property
    def code(self) -> str:
        """The twelve digits a cashier scans."""
        return f"{self.number * 7919 % 10**12:012d}"


class LimitReached(Exception):
    """The buyer already has as many of these as one person may take."""


class SoldOut(Exception):
    """No coupon of this activity is left."""


class UsedAlready(Exception):
    """The coupon was redeemed before."""


class Expired(Exception):
    """The coupon's days are over."""


class VoucherDesk:
    """Hands coupons out."""

    def __init__(self, seeds: list[VoucherSeed]) -> None:
        self._activities = {seed.id: Activity(seed, seed.stock) for seed in seeds}
        self._taken: list[Voucher] = []
        self._used: set[int] = set()

    def activities(self) -> list[Activity]:
        """Every activity of the shop."""
        return list(self._activities.values())

    def activity(self, activity_id: str) -> Activity | None:
        """The activity with that id."""
        return self._activities.get(activity_id)

    def held_by(self, buyer: str) -> list[Voucher]:
        """A buyer's coupons, newest first."""
        return [voucher for voucher in reversed(self._taken) if voucher.buyer == buyer]

    def voucher(self, number: str) -> Voucher | None:
        """The coupon with that number."""
        return next((each for each in self._taken if str(each.number) == number), None)

    def coded(self, code: str) -> Voucher | None:
        """The coupon with that code."""
        return next((each for each in self._taken if each.code == code), None)

    def is_used(self, voucher: Voucher) -> bool:
        """Whether a cashier has redeemed it."""
        return voucher.number in self._used

    def redeem(self, voucher: Voucher, now: datetime) -> None:
        """Use a coupon up. Raises UsedAlready, Expired."""
        if self.is_used(voucher):
            raise UsedAlready
        if voucher.ends_at <= now:
            raise Expired
        self._used.add(voucher.number)

    def take(self, activity: Activity, buyer: str, now: datetime) -> Voucher:
        """Give `buyer` one coupon. Raises LimitReached, SoldOut."""
        mine = sum(voucher.activity is activity for voucher in self.held_by(buyer))
        if mine >= activity.seed.per_person:
            raise LimitReached
        if activity.left <= 0:
            raise SoldOut
        activity.left -= 1
        activity.taken += 1
        ends = now + timedelta(days=activity.seed.days)
        voucher = Voucher(2592100001 + len(self._taken), activity, buyer, now, ends)
        self._taken.append(voucher)
        return voucher
