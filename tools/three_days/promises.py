"""The desk's deadlines as its rows tell them, one run after another, and whether they are right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tools.three_days.reckoning import Promised, Reckoner
from tools.three_days.trail import Row, Trail

_LOOK = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Run:
    """One deadline from its start until it was met (or the end), as the rows tell it."""

    ticket: str
    which: str
    begun: datetime
    due: datetime
    met: datetime | None
    breached: datetime | None
    paused: bool


def moment(value: object) -> datetime | None:
    """A moment out of a row of the trail."""
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def some_moment(value: object) -> datetime:
    """A moment that is there."""
    found = moment(value)
    assert found is not None
    return found


def runs(trail: Trail) -> dict[tuple[str, str], list[Run]]:
    """All deadlines by ticket and which: a new run begins after one that was met."""
    found: dict[tuple[str, str], list[list[Row]]] = {}
    for each in trail.of("ticket_deadlines"):
        known = found.setdefault((each.row["ticket_id"], each.row["which"]), [])
        begins = each.row["met_at"] is None
        if not known or (known[-1][-1]["met_at"] is not None and begins):
            known.append([])
        known[-1].append(each.row)
    return {key: [_run(*key, rows) for rows in known] for key, known in found.items()}


def _run(ticket: str, which: str, rows: list[Row]) -> Run:
    first, last = rows[0], rows[-1]
    return Run(
        ticket,
        which,
        some_moment(first["since"]),
        some_moment(last["due_at"]),
        moment(last["met_at"]),
        moment(last["breached_at"]),
        last["paused_at"] is not None,
    )


def reckoned(trail: Trail) -> dict[tuple[str, str], list[Promised]]:
    """The same, worked out again from the history."""
    priorities: dict[str, str] = {}
    for each in trail.of("tickets"):
        priorities.setdefault(each.row["id"], each.row["priority"])
    left = {
        each.row["userid"]: some_moment(each.row["since"])
        for each in trail.of("presences")
        if each.row["state"] == "left"
    }
    found: dict[tuple[str, str], list[Promised]] = {}
    for ticket, history in trail.history().items():
        for one in Reckoner(priorities[ticket], left).goes_through(history):
            found.setdefault((ticket, one.which), []).append(one)
    return found


def wrong_promises(trail: Trail) -> Iterator[str]:
    """Where the desk judged otherwise than by the moment of the act."""
    told, numbers, right = runs(trail), trail.numbers(), reckoned(trail)
    for key in sorted(set(told) | set(right), key=str):
        name = f"{numbers[key[0]]} {key[1]}"
        ours, theirs = right.get(key, []), told.get(key, [])
        if len(ours) != len(theirs):
            yield f"{name}: {len(theirs)} deadlines, of {len(ours)} that were promised"
            continue
        for mine, run in zip(ours, theirs, strict=True):
            yield from _differs(name, mine, run, trail)


def _differs(name: str, mine: Promised, run: Run, trail: Trail) -> Iterator[str]:
    if mine.act != run.met:
        yield f"{name}: met at {run.met}, the act was at {mine.act}"
    if abs(mine.due - run.due) > timedelta(milliseconds=1) and not mine.paused:
        yield f"{name}: due at {run.due}, promised was {mine.due}"
    late = mine.broken
    if mine.act is None and not mine.paused:
        if trail.ticks[-1] - _LOOK < mine.due <= trail.end:
            return  # Nobody has looked since.
        late = late or mine.due < trail.end
    if late != (run.breached is not None):
        yield f"{name}: broken {run.breached}, due at {mine.due}, act at {mine.act}"
    if run.breached is not None and run.breached != run.due:
        yield f"{name}: broken at {run.breached} and not when it was due, {run.due}"
