"""The order that a parcel belongs to: found among the customer's own, by the parcel's number."""

import re
from collections.abc import Sequence

from actions.order_states import sent
from desk.front import Desk
from desk.shops.port import Order

_MOST_ORDERS = 5
_EITHER = re.compile(r"\d{11,15}")


def may_be_either(number: str) -> bool:
    """Whether a number may be an order's as well as a parcel's: JD's have a parcel's length."""
    return _EITHER.fullmatch(number) is not None


async def order_of_parcel(desk: Desk, orders: Sequence[Order], number: str) -> Order | None:
    """The one of the customer's latest orders that the parcel of this number is for."""
    for order in [each for each in orders if sent(each)][:_MOST_ORDERS]:
        parcels = (await desk.shops.parcels(order)).value or ()
        if any(parcel.tracking_no.upper() == number for parcel in parcels):
            return order
    return None
