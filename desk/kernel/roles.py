"""Who may do what: roles of the people in the chat, from least to most."""

from enum import IntEnum


class Role(IntEnum):
    """A person's role; a higher one may do all that a lower one may."""

    CUSTOMER = 0
    AGENT = 1
    SUPERVISOR = 2
    MANAGER = 3
    ADMIN = 4
