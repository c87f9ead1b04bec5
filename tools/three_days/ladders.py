"""Each step of a ladder is told once, and none that had no reason."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tools.three_days.promises import runs
from tools.three_days.trail import Row, Trail

_STEPS = {
    "first": (timedelta(), timedelta(hours=1)),
    "next": (timedelta(), timedelta(hours=2)),
    "solution": (timedelta(), timedelta(hours=4)),
}
"""As docs/sla.md tells them."""
_STOP = ("acknowledged", "taken", "solved", "waiting_customer")


def told(history: Sequence[Row]) -> Counter[tuple[str, datetime]]:
    """How often each step was told, by its name (ladder#step) and moment."""
    return Counter(
        (each["note"].split("：")[0], each["happened_at"])
        for each in history
        if each["what"] == "escalated"
    )


def wrong_steps(trail: Trail) -> Iterator[str]:
    """Steps after a breach that were told not at all, twice, or without a reason."""
    numbers, histories = trail.numbers(), trail.history()
    for ticket, history in histories.items():
        for step, count in told(history).items():
            if count > 1:
                yield f"{numbers[ticket]}: {step[0]} was told {count} times at {step[1]}"
    for (ticket, which), each in runs(trail).items():
        for run in each:
            if run.breached is not None:
                yield from _climbed(trail, histories[ticket], numbers[ticket], which, run.breached)


def _climbed(
    trail: Trail, history: Sequence[Row], number: str, which: str, breached: datetime
) -> Iterator[str]:
    noticed = next(
        (
            each["happened_at"]
            for each in history
            if each["what"] == f"breached_{which}" and each["happened_at"] >= breached
        ),
        trail.end,
    )
    ends = min(
        (
            each["happened_at"]
            for each in history
            if each["what"] in (*_STOP, "reopened", f"breached_{which}")
            and each["happened_at"] > breached
            and each["happened_at"] != noticed
        ),
        default=trail.end,
    )
    steps = told(history)
    for place, after in enumerate(_STEPS[which], 1):
        due = max(breached + after, noticed)
        look = next((tick for tick in trail.ticks if tick >= due), trail.end)
        expected = int(look < ends)
        name = f"{which}_breach#{place}"
        count = sum(
            times for (step, at), times in steps.items() if step == name and breached <= at < ends
        )
        if count != expected:
            yield f"{number}: {name} told {count} times, not {expected}; broken at {breached}"
