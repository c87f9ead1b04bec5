"""What became of a rule each time that it would have done something."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desk.kernel.ids import CustomerId
from desk.rules.happenings import On


class End(StrEnum):
    """How a run ended; names in phrases as rule.end.<value>."""

    DONE = "done"
    ONCE = "once"
    """It had run for this subject within its window."""
    DEPTH = "depth"
    """Rules followed from rules too often in a row."""
    CROWD = "crowd"
    """Too many rules ran in one piece of work."""
    UNTOLD = "untold"
    """Its condition could not be judged."""
    FAILED = "failed"
    """What it does could not be carried out: none of it was."""


@dataclass(frozen=True, slots=True)
class Did:
    """One thing that a run did; `what` names in phrases as rule.did.<value>, `about` what to."""

    what: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class RuleRun:
    """One line of the run log.

    `subject` is the number of the ticket or order that it is about, "" where there is none. `chain`
    counts the rules that followed from each other up to this one, `by` is the run before it.
    `note` tells more of the end: an error's code.
    """

    id: UUID
    rule: str
    on: On
    at: datetime
    subject: str
    customer: CustomerId | None
    end: End = End.DONE
    did: tuple[Did, ...] = ()
    note: str = ""
    chain: int = 1
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule did run, did not although it fitted, and failed; `last` is its last run."""

    done: int = 0
    skipped: int = 0
    failed: int = 0
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the house knows of a person: `paid` in a year (fen), the rest within 180 days.

    `risks` are the numbers of their risk tickets, newest first.
    """

    paid: int = 0
    complaints: int = 0
    refunds: int = 0
    risks: tuple[str, ...] = ()
    open_tickets: int = 0
