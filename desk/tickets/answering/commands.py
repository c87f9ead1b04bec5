"""What a colleague writes to a customer in the session itself."""

from dataclasses import dataclass
from datetime import datetime

from desk.kernel.ids import CustomerId


@dataclass(frozen=True, slots=True)
class AnswerInSession:
    """A colleague wrote to the customer in WeCom, at a moment (aware); what they wrote is theirs.

    All that the customer waits for counts as answered at that moment.
    """

    customer: CustomerId
    by: str
    at: datetime
