"""What a manager wants to know of the days, worked out of the rows."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tools.three_days.checks import loads
from tools.three_days.people import Crew
from tools.three_days.promises import Run, moment, runs, some_moment
from tools.three_days.reckoning import open_time
from tools.three_days.trail import Row, Trail

_STEP = timedelta(minutes=15)
_PRIORITIES = ("urgent", "high", "normal")
_WHICH = ("first", "next", "solution")
_ANSWERS = ("taken", "talked", "waiting_customer", "solved")
_MOVED = ("timed_out", "returned", "busy", "went", "left", "given")


def figures(trail: Trail) -> dict[str, Any]:
    """Everything that the report and the picture show; moments as hours since the beginning."""
    last = {each.row["id"]: each.row for each in trail.of("tickets")}
    return {
        "tickets": len(last),
        "hours": (trail.end - trail.begin) // timedelta(hours=1),
        "begin": trail.begin.isoformat(),
        "solved": sum(row["state"] == "solved" for row in last.values()),
        "reopened": _count(trail, "reopened"),
        "deadlines": _deadlines(trail),
        "escalations": _escalations(trail),
        "moved": _moved(trail),
        "struck": _presences(trail, lambda row: row["set_by"] == "bot"),
        "busy": _presences(trail, lambda row: row["state"] == "busy" and row["set_by"] != "bot"),
        "left": _presences(trail, lambda row: row["state"] == "left"),
        "surges": _surges(trail),
        "pause": tuple(_hours(trail, each) for each in trail.pause),
        "response": _responses(trail),
        "hourly": {"opened": _hourly(trail, "opened"), "solved": _hourly(trail, "solved")},
        "every_hours": _STEP / timedelta(hours=1),
        "queue": _queue(trail),
        "load": _load(trail),
        "people": _people(),
        "decisions": len(trail.decisions),
        "letters": len(trail.outbox),
    }


def _hours(trail: Trail, at: datetime) -> float:
    return round((at - trail.begin) / timedelta(hours=1), 4)


def _count(trail: Trail, what: str) -> int:
    return sum(each["what"] == what for each in trail.events)


def _deadlines(trail: Trail) -> dict[str, dict[str, int]]:
    """Kept, broken and still running, by kind of deadline."""
    found = {which: {"kept": 0, "broken": 0, "running": 0} for which in _WHICH}
    for (_, which), each in runs(trail).items():
        for run in each:
            found[which][_how(run)] += 1
    return found


def _how(run: Run) -> str:
    if run.breached is not None:
        return "broken"
    return "running" if run.met is None else "kept"


def _escalations(trail: Trail) -> dict[str, int]:
    """How often each step of each ladder was told."""
    notes = (each["note"] for each in trail.events if each["what"] == "escalated")
    return dict(sorted(Counter(note.split("：")[0] for note in notes).items()))


def _moved(trail: Trail) -> dict[str, int]:
    """How often somebody else had to be looked for, by cause."""
    causes = Counter(each["cause"] for each in trail.decisions)
    return {each: causes[each] for each in _MOVED if causes[each]}


def _presences(trail: Trail, fits: Callable[[Row], bool]) -> list[tuple[str, float]]:
    return [
        (each.row["userid"], _hours(trail, some_moment(each.row["since"])))
        for each in trail.of("presences")
        if fits(each.row)
    ]


def _surges(trail: Trail) -> list[tuple[float, float]]:
    """From when to when there was a surge."""
    last = {each.row["id"]: each.row for each in trail.of("surges")}
    return [
        (
            _hours(trail, some_moment(row["started_at"])),
            _hours(trail, moment(row["ended_at"]) or trail.end),
        )
        for row in last.values()
    ]


def _responses(trail: Trail) -> dict[str, dict[str, float]]:
    """Minutes of open hours from opening to the first answer, by the first priority."""
    opened_as: dict[str, str] = {}
    for each in trail.of("tickets"):
        opened_as.setdefault(each.row["id"], each.row["priority"])
    took: dict[str, list[float]] = defaultdict(list)
    for ticket, history in trail.history().items():
        answers = (each["happened_at"] for each in history if each["what"] in _ANSWERS)
        if (answered := next(answers, None)) is not None:
            span = open_time(history[0]["happened_at"], answered)
            took[opened_as[ticket]].append(span / timedelta(minutes=1))
    return {each: _percentiles(sorted(took[each])) for each in _PRIORITIES if took[each]}


def _percentiles(took: Sequence[float]) -> dict[str, float]:
    def at(share: float) -> float:
        return round(took[min(len(took) - 1, int(share * len(took)))], 1)

    return {"count": len(took), "p50": at(0.5), "p90": at(0.9), "p95": at(0.95)}


def _hourly(trail: Trail, what: str) -> list[int]:
    found = Counter(
        int(_hours(trail, each["happened_at"])) for each in trail.events if each["what"] == what
    )
    return [found[hour] for hour in range((trail.end - trail.begin) // timedelta(hours=1))]


def _queue(trail: Trail) -> dict[str, list[int]]:
    """How unsolved tickets stand at each quarter of an hour."""
    tickets: dict[str, Row] = {}
    asked: dict[str, bool] = {}
    found: dict[str, list[int]] = {name: [] for name in ("nobody", "asked", "at_work", "waits")}

    def sample() -> None:
        count = Counter(_stands(row, asked.get(key, False)) for key, row in tickets.items())
        for name, series in found.items():
            series.append(count[name])

    def line(table: str, row: Row) -> None:
        if table == "tickets":
            tickets[row["id"]] = row
        elif table == "ticket_offers" and row["state"] in ("asked", "waiting"):
            asked[row["ticket_id"]] = row["state"] == "asked"

    _sampled(trail, line, sample)
    return found


def _stands(row: Row, asked: bool) -> str:
    match row["state"]:
        case "solved" | "closed":
            return "ended"
        case "open":
            return "asked" if asked else "nobody"
        case "taken":
            return "at_work"
        case _:
            return "waits"


def _load(trail: Trail) -> dict[str, list[int]]:
    """What everybody has in hand or is asked to take, at each quarter of an hour."""
    by_line = {(seq, userid): load for seq, userid, load, _ in loads(trail)}
    now: dict[str, int] = {each.userid: 0 for each in Crew().people}
    found: dict[str, list[int]] = {userid: [] for userid in now}
    changes = sorted(by_line.items())
    places = [seq for (seq, _), _ in changes]
    done = 0
    for until in _last_lines(trail):
        upto = bisect_left(places, until + 1)
        for (_, userid), load in changes[done:upto]:
            now[userid] = load
        done = upto
        for userid, series in found.items():
            series.append(now[userid])
    return found


def _last_lines(trail: Trail) -> list[int]:
    """The number of the last line at each quarter of an hour."""
    found, at, newest, place = [], trail.begin, 0, 0
    while at <= trail.end:
        while place < len(trail.moments) and trail.moments[place][1] <= at:
            newest = trail.moments[place][0]
            place += 1
        found.append(newest)
        at += _STEP
    return found


def _sampled(trail: Trail, line: Callable[[str, Row], None], sample: Callable[[], None]) -> None:
    done = 0
    for until in _last_lines(trail):
        while done < len(trail.lines) and trail.lines[done].seq <= until:
            line(trail.lines[done].table, trail.lines[done].row)
            done += 1
        sample()


def _people() -> dict[str, Mapping[str, Any]]:
    return {
        each.userid: {
            "name": each.name,
            "capacity": each.capacity,
            "shifts": [(shift.since / 60, shift.until / 60) for shift in each.shifts],
        }
        for each in Crew().people
        if each.shifts
    }
