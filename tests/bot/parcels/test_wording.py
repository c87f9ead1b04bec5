"""How long a parcel is stuck reads as people say it."""

import pytest

from bot.parcels.wording import _span


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (0, "1小时"),
        (1, "1小时"),
        (48, "48小时"),
        (49, "2天1小时"),
        (72, "3天"),
        (105, "4天9小时"),
    ],
)
def test_beyond_two_days_hours_are_told_in_days(hours: int, told: str) -> None:
    assert _span(hours) == told
