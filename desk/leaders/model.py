"""A group leader."""

from dataclasses import dataclass
from datetime import datetime

from desk.kernel.ids import CustomerId


@dataclass(frozen=True, slots=True)
class Leader:
    """A customer who is a group leader; all who are one person with them are it too.

    `warehouse` is the id of the one that always serves them, "" where the nearest does. `by` is
    the userid of whoever marked them.
    """

    customer: CustomerId
    nickname: str
    external_userid: str
    warehouse: str
    since: datetime
    by: str
