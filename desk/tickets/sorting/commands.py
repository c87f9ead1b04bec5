"""What may be done to sort tickets. `by` is a userid, "bot" or "rule:" with the rule's id."""

from dataclasses import dataclass

from desk.tickets.model import Priority


@dataclass(frozen=True, slots=True)
class TagTicket:
    """Put tags on a ticket and take others off; one that stands in both is taken off."""

    number: str
    by: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrioritiseTicket:
    """Let a ticket hurry more or less; its deadlines are measured by that from now on."""

    number: str
    by: str
    priority: Priority
    why: str = ""


@dataclass(frozen=True, slots=True)
class WatchTicket:
    """Let people (userids) hear what becomes of a ticket, or (`off`) no more."""

    number: str
    by: str
    who: tuple[str, ...]
    off: bool = False


@dataclass(frozen=True, slots=True)
class RouteTicket:
    """Offer a ticket anew: to those with a skill, or of a store; "" leaves that as it is.

    One that somebody has is taken from them only by themselves or a supervisor.
    """

    number: str
    by: str
    skill: str = ""
    store: str = ""


SortTicket = PrioritiseTicket | RouteTicket | TagTicket | WatchTicket
