"""What proofs open: an order in the conversation it was proven in, for a while."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.customers.model import ProvenOrder
from desk.kernel.ids import ConversationId
from desk.shops.port import BuyerId

PROOF_HOLDS = timedelta(days=30)
"""How long an order stays open after its number and phone tail were told."""
ORDERS_OF_A_BUYER = 2
"""Who proves so many orders of one buyer in a conversation sees that buyer's orders there."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is open in one conversation now, to whoever writes in it."""

    orders: frozenset[tuple[str, str]]
    """(shop, order number)"""
    buyers: tuple[BuyerId, ...]


def opened(proofs: Sequence[ProvenOrder], conversation: ConversationId, now: datetime) -> Opened:
    """Find out what proofs open in a conversation."""
    here = [each for each in proofs if each.conversation == conversation and now < each.until]
    orders = {(each.shop, each.order_no): each.buyer for each in here}
    known = [buyer for buyer in orders.values() if buyer is not None]
    buyers = tuple(b for b in dict.fromkeys(known) if known.count(b) >= ORDERS_OF_A_BUYER)
    return Opened(frozenset(orders), buyers)


def plain_number(written: str) -> str:
    """The number of an order as shops know it: half-width, without blanks or #, in capitals.

    Tries are counted by this, so that another way of writing is no other number.
    """
    return "".join(unicodedata.normalize("NFKC", written).split()).upper().lstrip("#")
