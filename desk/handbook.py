"""What the merchant has laid down, for all who carry out work."""

from dataclasses import dataclass, field

from desk.coupons.model import CouponPolicy
from desk.routing.model import Routing
from desk.rules.book import NO_RULES, RuleBook
from desk.rules.templates import NoTemplateRules, TemplateRules
from desk.sla.terms import Terms, plain_terms
from desk.staff.directory import StaffDirectory


@dataclass(frozen=True, slots=True)
class Handbook:
    """Who works here, which coupons there are, what is promised, which rules and routes hold."""

    staff: StaffDirectory
    policies: tuple[CouponPolicy, ...]
    terms: Terms
    rules: RuleBook = NO_RULES
    template_rules: TemplateRules = field(default_factory=NoTemplateRules)
    routing: Routing = field(default_factory=Routing)


def plain_handbook(staff: StaffDirectory, policies: tuple[CouponPolicy, ...] = ()) -> Handbook:
    """Of a merchant who has said nothing but who works here and which coupons there are."""
    return Handbook(staff, policies, plain_terms(staff.hours))
