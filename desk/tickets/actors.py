"""Who does things to tickets without being a member of staff."""

BOT = "bot"
"""The actor of what nobody in particular did."""
CUSTOMER = "customer"
"""The actor of what the customer did."""
RULE = "rule:"
"""What the actor of a merchant's rule begins with; its id follows."""


def is_person(actor: str) -> bool:
    """Tell whether this is the userid of a member, who hears what came of what they did."""
    return actor not in ("", BOT, CUSTOMER) and not actor.startswith(RULE)
