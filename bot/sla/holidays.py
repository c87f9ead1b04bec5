"""Chinese public holidays and make-up workdays, from the data that comes with the house."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import structlog
import yaml

from desk.sla.calendar import DayKind

log = structlog.get_logger()

DATA = Path(__file__).parent / "holidays.yml"


@dataclass(frozen=True, slots=True)
class ChineseHolidays:
    """Implements `desk.sla.calendar.Holidays`; a year that is not known yet is told once."""

    days: Mapping[date, DayKind]
    years: frozenset[int]

    def kind(self, day: date) -> DayKind | None:
        """What the state makes of a day in Asia/Shanghai; None where it leaves it alone."""
        if day.year not in self.years:
            _unknown(day.year)
        return self.days.get(day)


@cache
def _unknown(year: int) -> None:
    log.warning("holidays.year_unknown", year=year, help="bot/sla/holidays.yml, or sla.special")


@cache
def chinese_holidays() -> ChineseHolidays:
    """Read the data."""
    years = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    days = {
        day: kind
        for year in years.values()
        for name, kind in (("holidays", DayKind.HOLIDAY), ("make_up", DayKind.MAKE_UP))
        for entry in year[name]
        for day in _run(entry)
    }
    return ChineseHolidays(days, frozenset(years))


def _run(entry: str | date) -> Iterator[date]:
    """The days of `2026-10-01..2026-10-07`, or the one day that is written."""
    if isinstance(entry, date):
        yield entry
        return
    day, last = (date.fromisoformat(each) for each in entry.split(".."))
    while day <= last:
        yield day
        day += timedelta(days=1)
