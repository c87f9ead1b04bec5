"""Coupon activity seeds of both platforms."""

from dataclasses import dataclass

from pydantic import ConfigDict

from sandbox.merchant.reading import read


@dataclass(frozen=True, slots=True)
class VoucherSeed:
    """One activity: `value` and `threshold` in fen, `days` of validity after taking."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    title: str
    value: int
    threshold: int
    per_person: int
    stock: int
    days: int
    summary: str


@dataclass(frozen=True, slots=True)
class Vouchers:
    """Both platforms' activities."""

    youzan: list[VoucherSeed]
    tmall: list[VoucherSeed]


def load_vouchers() -> Vouchers:
    """Both platforms' coupon activities."""
    return read("vouchers.yml", Vouchers)
