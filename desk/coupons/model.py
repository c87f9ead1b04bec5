"""The merchant's coupon policy, and grants under it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.kernel.ids import ConversationId, CustomerId, GrantId
from desk.kernel.money import Fen
from desk.shops.port import BuyerId


@dataclass(frozen=True, slots=True)
class CouponPolicy:
    """A coupon of a platform and the occasions on which the bot may give it (SHOPS_FILE).

    `threshold` 0 means no minimum. `link` is a page where anybody can take it, "" if none.
    """

    id: str
    shop: str
    platform_coupon_id: str
    title: str
    threshold: Fen
    value: Fen
    occasions: tuple[str, ...]
    link: str = ""


class GrantState(StrEnum):
    """Where a grant stands; ASKED means that the platform has not answered yet."""

    ASKED = "asked"
    ISSUED = "issued"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Grant:
    """A coupon given to a customer; unique per customer, policy and subject (order, day, …)."""

    id: GrantId
    customer: CustomerId
    conversation: ConversationId
    policy: str
    subject: str
    buyer: BuyerId
    state: GrantState
    code: str
    asked_at: datetime
