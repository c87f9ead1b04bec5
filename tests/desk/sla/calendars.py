"""Calendars that the arithmetic is tried on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from desk.kernel.clock import SHANGHAI
from desk.sla.calendar import BusinessCalendar, DayKind, Shift

NINE_TO_SIX = Shift(9 * 60, 18 * 60)
OFFICE = ((NINE_TO_SIX,),) * 5 + ((), ())
NIGHT = ((Shift(20 * 60, 26 * 60),),) * 7


@dataclass(frozen=True)
class Named:
    """Holidays by date."""

    days: Mapping[date, DayKind] = field(default_factory=dict)

    def kind(self, day: date) -> DayKind | None:
        return self.days.get(day)


NATIONAL_DAY = Named(
    {
        **{date(2026, 10, day): DayKind.HOLIDAY for day in range(1, 8)},
        date(2026, 9, 20): DayKind.MAKE_UP,
        date(2026, 10, 10): DayKind.MAKE_UP,
    }
)
CHINESE_OFFICE = BusinessCalendar(OFFICE, NATIONAL_DAY, (), (NINE_TO_SIX,))


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


shifts = st.builds(
    lambda since, length: Shift(since, since + length),
    st.integers(0, 1439),
    st.integers(30, 1440),
)
days = st.lists(shifts, max_size=3).map(tuple)
weeks = st.lists(days, min_size=7, max_size=7).map(tuple).filter(any)
calendars = st.builds(
    BusinessCalendar,
    weeks,
    st.just(NATIONAL_DAY),
    st.one_of(st.none(), days),
    st.one_of(st.none(), days),
    st.dictionaries(st.dates(date(2026, 9, 1), date(2026, 10, 31)), days, max_size=3),
)
moments = st.timedeltas(timedelta(), timedelta(days=61)).map(lambda later: at(9, 1, 0) + later)
spans = st.timedeltas(timedelta(), timedelta(days=4))
