"""What should have been promised and kept, worked out again from the history alone.

Shares nothing with the desk's own arithmetic: minutes of open days, and the rules as docs/sla.md
tells them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from desk.kernel.clock import SHANGHAI
from tools.three_days.trail import Row

_OPENS, _CLOSES = time(9), time(22)
_NONE = timedelta()
_MINUTES = {
    "first": {"urgent": 15, "high": 60, "normal": 240},
    "next": {"urgent": 30, "high": 120, "normal": 240},
    "solution": {"urgent": 120, "high": 480, "normal": 1440},
}
_LEFT_AFTER_WARNING = 0.25
_ANSWERS = ("taken", "talked", "waiting_customer", "solved")
_FREED = ("returned", "given", "handed_over")


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise: what was left of it at `since`, when it is due, and when it was kept."""

    which: str
    within: timedelta
    left: timedelta
    since: datetime
    due: datetime
    paused: bool = False
    broken: bool = False
    act: datetime | None = None


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def _window(day: date) -> tuple[datetime, datetime]:
    return datetime.combine(day, _OPENS, SHANGHAI), datetime.combine(day, _CLOSES, SHANGHAI)


def _is_open(moment: datetime) -> bool:
    opens, closes = _window(_day(moment))
    return opens <= moment < closes


def _opening(moment: datetime) -> datetime:
    """This moment, where it is open, else the next opening."""
    if _is_open(moment):
        return moment
    opens, _ = _window(_day(moment))
    return opens if moment < opens else _window(_day(moment) + timedelta(days=1))[0]


def _ends(which: str, since: datetime, span: timedelta) -> datetime:
    """When so much has run."""
    if which == "solution":
        begins = _opening(since)
        ends = begins + span
        opens = _window(_day(ends))[0] if _is_open(ends) else _opening(ends)
        return ends if opens <= begins else max(ends, opens + timedelta(hours=1))
    day = _day(since)
    while True:
        opens, closes = _window(day)
        begins = max(opens, since)
        if begins < closes and begins + span <= closes:
            return begins + span
        span -= max(closes - begins, _NONE)
        day += timedelta(days=1)


def _ran(which: str, since: datetime, until: datetime) -> timedelta:
    """How much has run."""
    if which == "solution":
        return max(until - _opening(since), _NONE)
    ran, day = _NONE, _day(since)
    while day <= _day(until):
        opens, closes = _window(day)
        ran += max(min(closes, until) - max(opens, since), _NONE)
        day += timedelta(days=1)
    return ran


def open_time(since: datetime, until: datetime) -> timedelta:
    """How much of the open hours lies between two moments."""
    return _ran("first", since, until)


class Reckoner:
    """Goes through one ticket's history and keeps its promises beside it.

    `left` tells who was dismissed when.
    """

    def __init__(self, priority: str, left: Mapping[str, datetime]) -> None:
        self._left = left
        self.done: list[Promised] = []
        self._priority, self._owner = priority, ""
        self._live: dict[str, Promised] = {}
        self._waits_for_customer = False

    def goes_through(self, history: Sequence[Row]) -> list[Promised]:
        """All promises, kept, broken or still running."""
        for each in history:
            self._one(each["what"], each["actor"], each["happened_at"])
        return [*self.done, *self._live.values()]

    def _one(self, what: str, actor: str, at: datetime) -> None:
        if what in _ANSWERS:
            self._met(at, ("first", "next", "solution") if what == "solved" else ("first", "next"))
        self._whose(what, actor, at)
        match what:
            case "opened":
                self._begin(("first", "solution"), at)
            case "joined":
                self._spoken_of(at)
            case "waiting_customer":
                self._owner, self._waits_for_customer = self._owner or actor, True
                self._each(lambda one: self._paused(one, at))
            case "waiting_inside" | "resumed":
                self._goes_on(actor, what, at)
            case "reopened":
                self._begin(("next" if self._owner else "first", "solution"), at)
            case "solved":
                self._owner = self._owner or actor
            case _ if what.startswith("raised_"):
                self._priority = what.removeprefix("raised_")
                self._each(lambda one: self._hurried(one, at))

    def _whose(self, what: str, actor: str, at: datetime) -> None:
        """Who has it from then on; what is reopened is nobody's where its owner has left."""
        if what == "taken":
            self._owner = actor
        gone = what == "reopened" and self._left.get(self._owner, at) < at
        if what in _FREED or gone:
            self._owner = ""

    def _goes_on(self, actor: str, what: str, at: datetime) -> None:
        if self._waits_for_customer:
            self._each(lambda one: self._resumed(one, at))
        self._waits_for_customer = False
        if what == "resumed" and actor == "customer":
            self._spoken_of(at)
        if what == "waiting_inside":
            self._owner = self._owner or actor

    def _begin(self, names: tuple[str, ...], at: datetime) -> None:
        for which in names:
            within = timedelta(minutes=_MINUTES[which][self._priority])
            self._live[which] = Promised(which, within, within, at, _ends(which, at, within))

    def _spoken_of(self, at: datetime) -> None:
        if self._owner and not ({"first", "next"} & set(self._live)):
            self._begin(("next",), at)

    def _met(self, at: datetime, names: tuple[str, ...]) -> None:
        for which in names:
            if which in self._live:
                one = self._live.pop(which)
                late = one.broken or (not one.paused and one.due < at)
                self.done.append(replace(one, act=at, broken=late))

    def _each(self, then: Callable[[Promised], Promised]) -> None:
        self._live = {which: then(one) for which, one in self._live.items()}

    def _paused(self, one: Promised, at: datetime) -> Promised:
        if one.paused:
            return one
        left = one.left - _ran(one.which, one.since, at)
        return replace(one, left=left, since=at, paused=True, broken=one.broken or one.due < at)

    def _resumed(self, one: Promised, at: datetime) -> Promised:
        """What was left is left, and a pause takes nothing away."""
        going = replace(one, paused=False, since=at)
        if one.broken:
            return going
        return replace(going, due=max(_ends(one.which, at, max(one.left, _NONE)), one.due))

    def _hurried(self, one: Promised, at: datetime) -> Promised:
        """What has run counts; at least what a warning leaves, though never more than before."""
        if one.broken or (not one.paused and one.due < at):
            return one
        target = timedelta(minutes=_MINUTES[one.which][self._priority])
        left = one.left if one.paused else one.left - _ran(one.which, one.since, at)
        left = max(target - (one.within - left), target * _LEFT_AFTER_WARNING)
        if one.paused:
            return replace(one, within=target, left=left, due=_ends(one.which, one.since, left))
        due = min(_ends(one.which, at, left), one.due)
        return replace(one, within=target, left=left, since=at, due=due)
