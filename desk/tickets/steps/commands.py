"""What may be done about the step of a ticket."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepTicket:
    """Let a ticket go on to another step of its template, by the step's id or what it is called."""

    number: str
    by: str
    step: str
