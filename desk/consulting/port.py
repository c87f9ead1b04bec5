"""Who may be asked about a product beyond what is written word for word."""

from collections.abc import Sequence
from typing import Protocol

from desk.consulting.model import Advice, Fact


class Consultant(Protocol):
    """Answers freely, out of given facts only."""

    async def advise(self, question: str, facts: Sequence[Fact]) -> Advice | None:
        """Answer a question from these facts; None where they do not tell, or nobody can.

        Never raises for an outside party that is away: a person answers then.
        """


class NoConsultant:
    """Nobody is connected: what is not written down goes to a person."""

    async def advise(self, question: str, facts: Sequence[Fact]) -> Advice | None:
        """Return None."""
        del question, facts
        return None
