"""What happened about customers."""

from dataclasses import dataclass

from desk.customers.commands import LinkBuyer
from desk.kernel.ids import ConversationId


@dataclass(frozen=True, slots=True)
class CustomerLinked:
    """A customer is held to be a buyer (or the owner of one order) from now on."""

    asked: LinkBuyer


@dataclass(frozen=True, slots=True)
class LinkRefused:
    """The buyer is linked to somebody else already; `conversation` is where the customer hears.

    Somebody else may have proven the order first, or one person writes from two accounts: only a
    member of staff can tell, so nothing is merged here.
    """

    asked: LinkBuyer
    conversation: ConversationId | None


CustomerEvent = CustomerLinked | LinkRefused
