"""Moments as people say them: today, yesterday, or by date, in the merchant's time zone."""

from datetime import datetime

from desk.kernel.clock import SHANGHAI

_NEAR = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}


def tell_time(at: datetime, now: datetime) -> str:
    """Write a moment relative to now, in Asia/Shanghai: 今天 14:03, 11月18日 14:03."""
    there, here = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    days = (there.date() - here.date()).days
    if days in _NEAR:
        return f"{_NEAR[days]} {there:%H:%M}"
    year = "" if there.year == here.year else f"{there.year}年"
    return f"{year}{there.month}月{there.day}日 {there:%H:%M}"
