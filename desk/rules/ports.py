"""What rules need from a store, and from whatever checks conditions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from desk.kernel.ids import CustomerId
from desk.rules.runs import RuleCount, RuleRun, Standing


class RuleReader(Protocol):
    """What may be asked about rules and what they judge by."""

    async def of_rule(self, rule: str, limit: int) -> tuple[RuleRun, ...]:
        """The last runs of a rule, newest first."""

    async def about(self, subject: str, limit: int) -> tuple[RuleRun, ...]:
        """The last runs about a ticket or order, newest first."""

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[RuleRun, ...]:
        """The last runs about a person, newest first."""

    async def counts(self, since: datetime) -> Mapping[str, RuleCount]:
        """How often each rule ran since then; rules that did not are missing."""

    async def claimed_until(self, rule: str, subject: str) -> datetime | None:
        """When a rule may run again for a subject; None where it never did."""

    async def standing(self, customer: CustomerId, now: datetime, *, paid: bool) -> Standing:
        """What the house knows of a person; what they `paid` only where that is asked."""


class RuleStore(RuleReader, Protocol):
    """What may be written about rules."""

    async def claim(self, rule: str, subject: str, now: datetime, until: datetime) -> bool:
        """Take a rule's window for a subject; False where it is taken, until it ends.

        Whoever else claims the same waits until this transaction ends.
        """

    async def begin(self, run: RuleRun) -> bool:
        """Write a run down; False where the same (by its id) was written before."""

    async def keep(self, run: RuleRun) -> None:
        """Write down how a run ended, in place of how it stands."""

    async def prune(self, before: datetime, most: int) -> int:
        """Delete some runs from before then and windows that ended before then; count them."""


class NoRuns:
    """The runs of a house without rules."""

    async def of_rule(self, rule: str, limit: int) -> tuple[RuleRun, ...]:
        """None."""
        return ()

    async def about(self, subject: str, limit: int) -> tuple[RuleRun, ...]:
        """None."""
        return ()

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[RuleRun, ...]:
        """None."""
        return ()

    async def counts(self, since: datetime) -> Mapping[str, RuleCount]:
        """None."""
        return {}

    async def claimed_until(self, rule: str, subject: str) -> datetime | None:
        """Never."""
        return None

    async def standing(self, customer: CustomerId, now: datetime, *, paid: bool) -> Standing:
        """Nothing."""
        return Standing()
