"""What may be done to close tickets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CloseTicket:
    """Close a ticket for good; `by` "bot": it was solved long enough ago."""

    number: str
    by: str
    reason: str = ""
