"""What a message leads to."""

from dataclasses import dataclass

from desk.commands import Outcome
from desk.turns import Understanding


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be said and done about a message, and what it was understood as."""

    outcome: Outcome
    meant: Understanding


def noticed(name: str, outcome: Outcome | None = None) -> Decision:
    """A decision about what nobody had to understand."""
    return Decision(outcome or Outcome(), Understanding(name, 1.0, "signal"))
