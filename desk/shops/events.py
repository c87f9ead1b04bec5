"""What a shop tells us unasked: a hint to look again, never the truth itself."""

from dataclasses import dataclass, field

from desk.kernel.errors import Refused


class ForgedPush(Refused):
    """A push whose signature is missing or wrong."""

    def __init__(self, shop: str) -> None:
        super().__init__("shops.forged_push", "推送签名不对")
        self.shop = shop


@dataclass(frozen=True, slots=True)
class ShopEvent:
    """One push of a shop.

    `id` is the platform's id of the message, the same when it is sent again. `kind` is its own
    word (trade_TradeSellerShip). `subject_id` is the order's or refund's number. `version`: of two
    events on one subject the higher is the later. `raw` is the body as it came: it may hold
    personal data and is not for logs.
    """

    shop: str
    id: str
    kind: str
    subject_id: str
    version: int
    raw: str = field(repr=False)
    is_test: bool = False
