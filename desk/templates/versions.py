"""What was published when by whom, and what is in force where."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.templates.model import Template

EVERYWHERE = ""
"""In the place of a store's id: all stores that have nothing of their own."""
HOUSE = "house"
"""Who publishes what is shipped with the house."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did something when, and why; `by` is a userid, `HOUSE`, or a user of the system."""

    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A version; it never changes and never goes. `is_new`: there was none of its content."""

    template: Template
    fingerprint: str
    stamp: Stamp
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be published: shipped with the house, or the merchant's own."""

    template: Template
    is_own: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """What new tickets of a store follow; `store` is an id, or `EVERYWHERE`."""

    template: str
    version: int
    store: str
    stamp: Stamp


class Act(StrEnum):
    """What is done about templates."""

    PUBLISHED = "published"
    PUT_IN_FORCE = "put_in_force"
    OWN_ENDED = "own_ended"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log of templates; `store` as in `InForce`, "" too for a publication.

    `OWN_ENDED`: what the store had of its own is not in force there any more.
    """

    act: Act
    template: str
    version: int
    store: str
    stamp: Stamp
