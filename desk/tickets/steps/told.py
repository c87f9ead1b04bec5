"""What a customer reads of a step: the merchant's text with its blanks filled."""

import re

from desk.tickets.model import Ticket

BLANKS = ("number", "order", "owner")
"""What may stand in braces: the ticket's number, its order's, and who takes care of it."""
_BLANK = re.compile(r"\{(\w+)\}")
_SOMEBODY = "同事"


def filled(text: str, ticket: Ticket, owner_name: str) -> str:
    """The text with its blanks filled; what is no blank stands as it was written."""
    words = {
        "number": ticket.number,
        "order": ticket.order_no,
        "owner": owner_name or _SOMEBODY,
    }
    return _BLANK.sub(lambda found: words.get(found[1], found[0]), text)
