"""What may be done about tickets that have to do with each other. `by` is a userid."""

from dataclasses import dataclass

from desk.tickets.relations import How


@dataclass(frozen=True, slots=True)
class MergeTicket:
    """Let a ticket go on as part of another one; the customer has one number from then on.

    `sure`: also where their customers are not one person.
    """

    number: str
    into: str
    by: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class LinkTicket:
    """Say how a ticket has to do with another: CAUSE means that it is there because of `other`."""

    number: str
    other: str
    by: str
    how: How = How.RELATED


@dataclass(frozen=True, slots=True)
class UnlinkTicket:
    """They have nothing to do with each other."""

    number: str
    other: str
    by: str


OfKin = LinkTicket | MergeTicket | UnlinkTicket
