"""What proves an order beside its number; it follows from how the number looks, and nothing else.

Whether an order was found plays no part in what is asked, so that nobody learns of it.
"""

import re
from enum import StrEnum

_PINDUODUO = re.compile(r"\d{6}-\d{15}")
_SHOWN = re.compile(r"[^67]\d{17,18}")
"""Taobao and WeChat Store; Douyin's nineteen digits begin with 6 or 7."""
_COUNTED = re.compile(r"\d{1,10}")
"""Shopify, WooCommerce: whoever knows one of these knows the next, and prices are public."""


class Factor(StrEnum):
    """Something about an order that its buyer knows; also the slot that it is told in."""

    PHONE_TAIL = "phone_tail"
    """The last four digits of the receiver's phone."""
    PAID_AMOUNT = "paid_amount"
    """What was paid, in yuan."""


def factors_for(number: str) -> tuple[Factor, ...]:
    """What may prove an order of this number, the one to ask for first.

    Pinduoduo's masks hide the end of the phone (1*********8). On the other platforms there are
    orders without it: behind a virtual number (JD), or where the shop may not open it (Youzan,
    Douyin). There an amount given with the number will do.
    """
    if _PINDUODUO.fullmatch(number):
        return (Factor.PAID_AMOUNT,)
    if _SHOWN.fullmatch(number) or _COUNTED.fullmatch(number):
        return (Factor.PHONE_TAIL,)
    return (Factor.PHONE_TAIL, Factor.PAID_AMOUNT)
