"""What may be done about coupons."""

from dataclasses import dataclass

from desk.kernel.ids import ConversationId, CustomerId, GrantId
from desk.shops.port import BuyerId
from desk.shops.powers import IssuedCoupon


@dataclass(frozen=True, slots=True)
class GrantCoupon:
    """Give a coupon of the policy; the same (customer, policy, subject) twice is one grant."""

    customer: CustomerId
    conversation: ConversationId
    policy: str
    subject: str
    buyer: BuyerId


@dataclass(frozen=True, slots=True)
class SettleGrant:
    """The platform answered about a grant."""

    grant: GrantId
    issued: IssuedCoupon
