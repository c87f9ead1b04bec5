"""Next year's holidays are announced in autumn: as long as they are not in, managers shall know."""

from datetime import datetime

from bot.sla.holidays import chinese_holidays
from desk.kernel.clock import SHANGHAI
from desk.sla.calendar import BusinessCalendar

ANNOUNCED, LAST_CALL = 10, 12
"""The months from which somebody who checks hears of it, and managers are told."""


def unknown_year(calendar: BusinessCalendar, now: datetime, month: int) -> int | None:
    """The next year, if from this month on its holidays matter to the house and nobody knows them.

    They matter where shifts differ on holidays or make-up workdays; the merchant's own special
    days of that year make up for what is missing.
    """
    here = now.astimezone(SHANGHAI)
    year = here.year + 1
    matters = calendar.on_holiday is not None or calendar.on_make_up is not None
    known = year in chinese_holidays().years or any(each.year == year for each in calendar.special)
    return year if here.month >= month and matters and not known else None
