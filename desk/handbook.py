"""What the merchant has laid down, for all who carry out work."""

from dataclasses import dataclass

from desk.coupons.model import CouponPolicy
from desk.sla.terms import Terms, plain_terms
from desk.staff.directory import StaffDirectory


@dataclass(frozen=True, slots=True)
class Handbook:
    """Who works here, which coupons there are, and what is promised by when."""

    staff: StaffDirectory
    policies: tuple[CouponPolicy, ...]
    terms: Terms


def plain_handbook(staff: StaffDirectory, policies: tuple[CouponPolicy, ...] = ()) -> Handbook:
    """Of a merchant who has said nothing but who works here and which coupons there are."""
    return Handbook(staff, policies, plain_terms(staff.hours))
