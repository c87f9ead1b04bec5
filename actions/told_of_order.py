"""What a customer remembers of an order, held against it for the colleague who checks it."""

import re
from datetime import datetime

from actions.order_days import days_meant
from desk.front import Desk
from desk.shops.port import Order

_PARTS = re.compile(r"[，,。；;、\s]+|(?:买|拍|下单?)的?")
"""A day beside the name of a product would be searched for in the titles, too."""


def matches(told: str, order: Order | None, desk: Desk, now: datetime) -> str:
    """Tell staff, in Chinese, whether what was bought and the day fit; never for the customer."""
    if order is None:
        return "店铺里没有查到这个订单号"
    titles = tuple(line.title for line in order.lines)
    parts = filter(None, _PARTS.split(told))
    bought = any(any(desk.shops.names_one_of(part, titles)) for part in parts)
    days = days_meant(told, now) or days_meant(f"{told}买的", now)
    if days is None:
        day = "没说哪天下单"
    else:
        day = "下单日期对得上" if days.holds(order.created_at) else "下单日期对不上"
    return f"{'商品对得上' if bought else '商品对不上'}，{day}"
