"""What a shop tells us unasked: a hint to look again, never the truth itself."""

from dataclasses import dataclass, field
from enum import StrEnum

from desk.kernel.errors import Refused


class ForgedPush(Refused):
    """A push whose signature is missing or wrong."""

    def __init__(self, shop: str) -> None:
        super().__init__("shops.forged_push", "推送签名不对")
        self.shop = shop


class Subject(StrEnum):
    """What a push is about, which says what has to be read again."""

    ORDER = "order"
    REFUND = "refund"
    STOCK = "stock"
    ITEM = "item"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ShopEvent:
    """One push of a shop.

    `id` is the platform's id of the message, the same when it is sent again. `kind` is its own
    word (trade_TradeSellerShip). `subject_id` is the number of the order, refund or item that the
    push is `about`; `order_no` the order of a refund, "" where the push does not name it.
    `version`: of two events on one subject the higher is the later. `raw` is the body as it came:
    it may hold personal data and is not for logs. `is_test` is a try from the platform's console.
    """

    shop: str
    id: str
    kind: str
    about: Subject
    subject_id: str
    order_no: str
    version: int
    raw: str = field(repr=False)
    is_test: bool = False
