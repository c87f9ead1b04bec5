"""What happened about group leaders. `by` is a userid."""

from dataclasses import dataclass

from desk.kernel.ids import CustomerId
from desk.leaders.model import Leader


@dataclass(frozen=True, slots=True)
class LeaderMarked:
    """A customer is a group leader from now on, or is served by another warehouse than `before`."""

    leader: Leader
    before: Leader | None


@dataclass(frozen=True, slots=True)
class LeaderUnmarked:
    """A customer is no group leader any more; `leader` is how it was."""

    leader: Leader
    by: str


@dataclass(frozen=True, slots=True)
class NoLeader:
    """The customer was none."""

    customer: CustomerId
    by: str


LeaderEvent = LeaderMarked | LeaderUnmarked | NoLeader
