"""Which customers are one person: a tree of customers merged into each other, undone without loss.

Nothing of a customer is moved by a merge. It keeps what was written with it and points at another
one; who reads about a person reads all customers of the tree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.customers.model import Evidence
from desk.kernel.ids import CustomerId


@dataclass(frozen=True, slots=True)
class Kin:
    """A person: each of their customers with the one it is merged into (None for the head)."""

    parents: Mapping[CustomerId, CustomerId | None]

    @property
    def head(self) -> CustomerId:
        """The customer that all others lead to."""
        return next(each for each, parent in self.parents.items() if parent is None)

    @property
    def members(self) -> frozenset[CustomerId]:
        """All customers of the person."""
        return frozenset(self.parents)


@dataclass(frozen=True, slots=True)
class Merge:
    """A customer (`child`, then head of a person) was taken for the person of `parent`.

    `by` is the userid of a member of staff, "" where strong evidence did it. An undone merge stays
    on record.
    """

    child: CustomerId
    parent: CustomerId
    evidence: Evidence
    why: str
    by: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """Staff know that these two are not one person; no merge may bring them together."""

    one: CustomerId
    other: CustomerId
    by: str
    why: str
    at: datetime


def pair(one: CustomerId, other: CustomerId) -> tuple[CustomerId, CustomerId]:
    """Two customers in the one order in which a pair is kept."""
    return (one, other) if one.int < other.int else (other, one)


def to_undo(customer: CustomerId, standing: Sequence[Merge]) -> Merge | None:
    """The merge that splits a customer off; None where it is merged with nobody.

    `standing` are the merges of the person that were not undone, oldest first. A customer that
    points at another lets go of it; the head lets go of the one that came to it last.
    """
    own = [each for each in standing if each.child == customer]
    into = [each for each in standing if each.parent == customer]
    return next(iter((*own, *reversed(into))), None)
