"""An order's four numbers: three stand in the seeds as "1/1/2", the fourth follows from cases.

"1/1/1/审核" is an order that the platform checks (risk_control_status 1).
"""

from dataclasses import dataclass
from itertools import product

from sandbox.shops.control import StatusWords
from sandbox.shops.ledger import Order, Refund

CHECKED = "/审核"
CLOSED = frozenset({0, 9, 11, 12, 13, 16, 17, 24, 25})
ON_ITS_WAY = frozenset({4, 5})
DONE = 10
EXCHANGE = frozenset({14, 15, 16, 17, 18})
REPAIR = frozenset({21, 22, 24, 25, 27})
RESEND = 32


@dataclass(frozen=True, slots=True)
class State:
    """confirm_status, group_status, order_status, and whether the order is being checked."""

    confirm: int
    group: int
    order: int
    is_checked: bool

    @property
    def is_to_be_sent(self) -> bool:
        """Whether the warehouse may pack it, which is when receivers are told (sealed)."""
        return (self.confirm, self.order) == (1, 1) and not self.is_checked


def state_of(order: Order) -> State:
    """Read the word of the seeds or the control. Raises ValueError for a wrong one."""
    confirm, group, sent = order.status.removesuffix(CHECKED).split("/")
    return State(int(confirm), int(group), int(sent), order.status.endswith(CHECKED))


def latest(order: Order) -> Refund | None:
    """The case that the order shows: the one that changed last."""
    return max(order.refunds, key=lambda refund: refund.updated, default=None)


def refund_figure(order: Order) -> int:
    """refund_status: 1 none or closed, 2 running, 3 refunding, 4 refunded."""
    case = latest(order)
    if case is None or int(case.status) in CLOSED:
        return 1
    if int(case.status) == DONE:
        return 4
    return 3 if int(case.status) in ON_ITS_WAY else 2


def case_type(refund: Refund) -> int:
    """after_sales_type: 2 money only, 3 money and goods, 4 exchange, 5 sent again, 6 repair."""
    status = int(refund.status)
    if status in EXCHANGE:
        return 4
    if status in REPAIR:
        return 6
    if status == RESEND:
        return 5
    return 3 if refund.return_goods else 2


def _words(orders: tuple[int, ...]) -> frozenset[str]:
    plain = {f"1/{group}/{order}" for group, order in product((0, 1, 2), orders)}
    return frozenset(plain | {word + CHECKED for word in plain})


WORDS = StatusWords(
    paid=_words((1, 2, 3)),
    sent=_words((2, 3)),
    done=_words((3,)),
    all_sent="1/1/2",
    # One parcel of several makes an order a sent one: there is no state between.
    part_sent="1/1/2",
    refunded=str(DONE),
)
