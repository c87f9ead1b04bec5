"""The checks see what is wrong: days that were tampered with do not pass."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tools.three_days.checks import wrong
from tools.three_days.trail import Line, Row, Trail

pytestmark = pytest.mark.timeout(600)
"""The first test waits until the days are played."""


def _lines(trail: Trail, change: Callable[[Line], Row | None]) -> Trail:
    """The trail with the first line changed that `change` changes."""
    lines, done = [], False
    for each in trail.lines:
        row = None if done else change(each)
        done = done or row is not None
        lines.append(each if row is None else replace(each, row=row))
    assert done
    return replace(trail, lines=lines)


def _other_owner(line: Line) -> Row | None:
    solved = line.table == "tickets" and line.row["state"] == "solved"
    return {**line.row, "owner": "manyun"} if solved else None


def _met_in_time(line: Line) -> Row | None:
    late = line.table == "ticket_deadlines" and line.row["met_at"] and line.row["breached_at"]
    return {**line.row, "breached_at": None} if late else None


def _met_too_late(line: Line) -> Row | None:
    row = line.row
    kept = line.table == "ticket_deadlines" and row["met_at"] and not row["breached_at"]
    return {**row, "breached_at": row["due_at"]} if kept else None


def _due_later(line: Line) -> Row | None:
    kept = line.table == "ticket_deadlines" and line.row["met_at"] and not line.row["breached_at"]
    return {**line.row, "due_at": "2026-12-01T00:00:00+00:00"} if kept else None


def _struck_for_nothing(line: Line) -> Row | None:
    busy = line.table == "presences" and line.row["set_by"] == "dazhi"
    return {**line.row, "set_by": "bot"} if busy else None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_other_owner, "without being anybody's"),
        (_met_in_time, "broken None"),
        (_met_too_late, "act at"),
        (_due_later, "promised was"),
        (_struck_for_nothing, "was set busy without"),
    ],
)
def test_a_row_that_was_changed_is_seen(
    two_days: Trail, change: Callable[[Line], Row | None], said: str
) -> None:
    assert any(said in each for each in wrong(_lines(two_days, change)))


def test_a_step_that_was_told_twice_or_never_is_seen(two_days: Trail) -> None:
    steps = [each for each in two_days.events if each["note"].startswith("first_breach#1")]
    assert steps
    twice = replace(two_days, events=[*two_days.events, steps[0]])
    assert any("told 2 times" in each for each in wrong(twice))
    never = replace(two_days, events=[each for each in two_days.events if each is not steps[0]])
    assert any("told 0 times, not 1" in each for each in wrong(never))


def test_a_card_under_a_name_that_was_used_is_seen(two_days: Trail) -> None:
    cards = [each for each in two_days.outbox if "task" in each["body"].get("reply", {})]
    again = replace(two_days, outbox=[*two_days.outbox, cards[0]])
    assert any("went out 2 times" in each for each in wrong(again))


def test_a_ticket_that_is_looked_at_no_more_is_seen(two_days: Trail) -> None:
    last = {each.row["id"]: each for each in two_days.of("tickets")}
    kept = [each for each in last.values() if each.row["state"] != "solved"]
    assert kept
    named = kept[0].row
    forgotten = [each for each in two_days.lines if each.row.get("ticket_id") != named["id"]]
    found = wrong(replace(two_days, lines=forgotten))
    assert any(named["number"] in each and "will not be looked at" in each for each in found)


def test_hands_that_are_too_full_are_seen(two_days: Trail) -> None:
    asked = next(each for each in two_days.of("ticket_offers") if each.row["state"] == "asked")
    more = [
        replace(asked, seq=asked.seq, row={**asked.row, "id": str(n), "ticket_id": str(n)})
        for n in range(31)
    ]
    place = list(two_days.lines).index(asked)
    lines = [*two_days.lines[:place], *more, *two_days.lines[place:]]
    names = {str(n): f"T-{n}" for n in range(31)}
    tickets = [
        Line(0, "tickets", {**_ticket(two_days), "id": n, "number": names[n]}) for n in names
    ]
    found = wrong(replace(two_days, lines=[*tickets, *lines]))
    assert any("in hand" in each for each in found)


def _ticket(trail: Trail) -> Row:
    return next(each.row for each in trail.of("tickets") if each.row["state"] == "open")
