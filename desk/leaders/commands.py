"""What may be done about group leaders. `by` is a userid."""

from dataclasses import dataclass

from desk.kernel.ids import CustomerId


@dataclass(frozen=True, slots=True)
class MarkLeader:
    """A customer is a group leader, served by a warehouse ("": by the nearest)."""

    customer: CustomerId
    warehouse: str
    by: str


@dataclass(frozen=True, slots=True)
class UnmarkLeader:
    """A customer is no group leader any more."""

    customer: CustomerId
    by: str


LeaderCommand = MarkLeader | UnmarkLeader
