"""One deadline of a ticket: it runs, is paused, warns, is met, or is broken."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk.kernel.ids import TicketId
from desk.sla.calendar import BusinessCalendar
from desk.sla.counting import due, ran
from desk.sla.policy import Counting, Target, Which


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline. `left` is what was left of `within` when it last began to run, at `since`.

    `due_at` and `warn_at` hold while it runs; `breached_at` is the moment it was due, whenever
    that was noticed. All moments are aware, in UTC.
    """

    ticket: TicketId
    which: Which
    counting: Counting
    within: timedelta
    left: timedelta
    since: datetime
    due_at: datetime
    warn_at: datetime
    paused_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    met_at: datetime | None = None

    @property
    def runs(self) -> bool:
        """Tell whether time counts against it."""
        return self.met_at is None and self.paused_at is None

    @property
    def looked_at(self) -> datetime | None:
        """When somebody has to look at it next; None: never again, as it stands."""
        if not self.runs or self.breached_at is not None:
            return None
        return self.due_at if self.warned_at is not None else min(self.warn_at, self.due_at)


@dataclass(frozen=True, slots=True)
class Measure:
    """What deadlines are measured with; `warn_share` of the time passes before the warning."""

    calendar: BusinessCalendar
    warn_share: float = 0.75

    def begin(self, ticket: TicketId, which: Which, target: Target, now: datetime) -> Deadline:
        """A deadline that starts to run."""
        return self._running(
            Deadline(ticket, which, target.counting, target.within, target.within, now, now, now),
            target.within,
            now,
        )

    def pause(self, deadline: Deadline, now: datetime) -> Deadline:
        """Stop its clock; what was broken stays broken."""
        if not deadline.runs:
            return deadline
        left = self.left(deadline, now)
        return replace(judged(deadline, now), left=left, paused_at=now)

    def resume(self, deadline: Deadline, now: datetime) -> Deadline:
        """Let its clock run on with what was left; it is never due earlier than before the pause.

        (Attended time that goes on at night begins at the opening, without the hour that it was
        given where it ended before that.)
        """
        if deadline.paused_at is None or deadline.met_at is not None:
            return deadline
        going = replace(deadline, paused_at=None)
        if going.breached_at is not None:
            return replace(going, since=now)
        running = self._running(going, going.left, now)
        return replace(running, due_at=max(running.due_at, deadline.due_at))

    def retarget(self, deadline: Deadline, target: Target, now: datetime) -> Deadline:
        """Measure it by another target, in mid-flight: what has run counts.

        Who has to hurry now keeps the time that a warning leaves, though never more than before.
        """
        if deadline.met_at is not None or deadline.breached_at is not None:
            return deadline
        used = deadline.within - self.left(deadline, now)
        floor = target.within * (1 - self.warn_share)
        left = max(target.within - used, floor)
        changed = replace(deadline, within=target.within, counting=target.counting, left=left)
        if deadline.paused_at is not None:
            ends = due(deadline.paused_at, left, target.counting, self.calendar)
            return replace(changed, due_at=ends)
        running = self._running(replace(changed, warned_at=None), left, now)
        if target.within > deadline.within or running.due_at <= deadline.due_at:
            return running
        kept = deadline.due_at
        return replace(running, due_at=kept, warn_at=min(running.warn_at, kept))

    def left(self, deadline: Deadline, now: datetime) -> timedelta:
        """What is left of it; less than nothing once it is overdue."""
        if deadline.paused_at is not None:
            return deadline.left
        return deadline.left - ran(deadline.since, now, deadline.counting, self.calendar)

    def _running(self, deadline: Deadline, left: timedelta, now: datetime) -> Deadline:
        counting, calendar = deadline.counting, self.calendar
        before = max(left - deadline.within * (1 - self.warn_share), timedelta())
        due_at = due(now, left, counting, calendar)
        # What ends before the opening is given an hour, which may end after what is due by then.
        warn_at = min(due(now, before, counting, calendar), due_at)
        return replace(deadline, left=left, since=now, due_at=due_at, warn_at=warn_at)


def judged(deadline: Deadline, at: datetime) -> Deadline:
    """Broken, if it was due before a moment and still ran then."""
    late = deadline.runs and deadline.breached_at is None and deadline.due_at < at
    return replace(deadline, breached_at=deadline.due_at) if late else deadline


def met(deadline: Deadline, at: datetime) -> Deadline:
    """Done, at the time of the act; an act after it was due leaves it broken.

    Where a sweep was faster than an act that came in time, the act counts.
    """
    if deadline.met_at is not None:
        return deadline
    seen = judged(deadline, at)
    in_time = seen.breached_at is not None and at <= seen.breached_at
    return replace(seen, met_at=at, breached_at=None if in_time else seen.breached_at)


def sooner(deadline: Deadline, other: Deadline | None) -> Deadline:
    """The deadline, or another ticket's in its place where both run and that one is due before."""
    if other is None or other.due_at >= deadline.due_at:
        return deadline
    if not all(each.runs and each.breached_at is None for each in (deadline, other)):
        return deadline
    return replace(other, ticket=deadline.ticket)
