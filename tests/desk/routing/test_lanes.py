"""Which of the tickets that wait come first."""

from datetime import timedelta

from desk.routing.lanes import lane_of, looked_at
from desk.tickets.model import TicketKind
from tests.clocks import NOON
from tests.desk.routing.house import LANES


def test_the_first_lane_that_fits_counts_and_after_all_lanes_comes_the_rest() -> None:
    assert lane_of(LANES, TicketKind.RETURN, "数学", "") == 0
    assert lane_of(LANES, TicketKind.CONSULT, "数学", "") == 1
    assert lane_of(LANES, TicketKind.CONSULT, "", "") == 2
    assert lane_of((), TicketKind.RETURN, "", "") == 0


def test_those_that_wait_are_looked_at_at_the_same_minutes() -> None:
    assert looked_at(NOON + timedelta(seconds=50)) == looked_at(NOON) == NOON
