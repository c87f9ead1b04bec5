"""What the merchant has laid down, for all who carry out work."""

from dataclasses import dataclass

from desk.coupons.model import CouponPolicy
from desk.rules.book import NO_RULES, RuleBook
from desk.sla.terms import Terms, plain_terms
from desk.staff.directory import StaffDirectory


@dataclass(frozen=True, slots=True)
class Handbook:
    """Who works here, which coupons there are, what is promised by when, which rules hold."""

    staff: StaffDirectory
    policies: tuple[CouponPolicy, ...]
    terms: Terms
    rules: RuleBook = NO_RULES


def plain_handbook(staff: StaffDirectory, policies: tuple[CouponPolicy, ...] = ()) -> Handbook:
    """Of a merchant who has said nothing but who works here and which coupons there are."""
    return Handbook(staff, policies, plain_terms(staff.hours))
