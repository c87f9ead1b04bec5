"""Whatever people do or leave undone at the desk: what is promised of it holds, day after day."""

import pytest

from tests.scenario.conftest import Play
from tools.three_days.checks import wrong
from tools.three_days.days import Script
from tools.three_days.figures import figures
from tools.three_days.trail import Trail

pytestmark = pytest.mark.timeout(600)
"""Days take seconds, though many on a machine that others use as well."""


async def test_two_days_leave_nothing_wrong(two_days: Trail) -> None:
    assert wrong(two_days) == ()
    shown = figures(two_days)
    assert shown["tickets"] == 60
    assert shown["deadlines"]["first"]["kept"] > 30
    assert shown["moved"]["timed_out"] > 0


async def test_the_same_dice_give_the_same_days(play: Play, two_days: Trail) -> None:
    again = await play(Script(seed=7, hours=48, tickets=60))
    assert figures(again) == figures(two_days)


async def test_other_dice_leave_nothing_wrong_either(play: Play) -> None:
    trail = await play(Script(seed=8, hours=30, tickets=50))
    assert wrong(trail) == ()


async def test_seventy_two_hours_of_a_desk_leave_nothing_wrong(play: Play) -> None:
    trail = await play(Script())
    assert wrong(trail) == ()
    shown = figures(trail)
    assert (shown["tickets"], shown["hours"]) == (200, 72)
    assert [userid for userid, _ in shown["left"]] == ["xiaolu"]
    assert [userid for userid, _ in shown["busy"]] == ["dazhi"]
    assert set(shown["moved"]) >= {"timed_out", "returned", "left", "busy"}
    assert shown["escalations"]["solution_breach#1"] == shown["deadlines"]["solution"]["broken"]
