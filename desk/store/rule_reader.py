"""What is asked about rules, each question on a connection of its own."""

from collections.abc import Mapping
from datetime import datetime

from desk.kernel.ids import CustomerId
from desk.rules.runs import RuleCount, RuleRun, Standing
from desk.store.readers import Reading
from desk.store.rules import StoredRules


class Rules:
    """Implements `desk.rules.ports.RuleReader`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def of_rule(self, rule: str, limit: int) -> tuple[RuleRun, ...]:
        """The last runs of a rule, newest first."""
        async with self._reading() as connection:
            return await StoredRules(connection).of_rule(rule, limit)

    async def about(self, subject: str, limit: int) -> tuple[RuleRun, ...]:
        """The last runs about a ticket or order, newest first."""
        async with self._reading() as connection:
            return await StoredRules(connection).about(subject, limit)

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[RuleRun, ...]:
        """The last runs about a person, newest first."""
        async with self._reading() as connection:
            return await StoredRules(connection).of_customer(customer, limit)

    async def counts(self, since: datetime) -> Mapping[str, RuleCount]:
        """How often each rule ran since then; rules that did not are missing."""
        async with self._reading() as connection:
            return await StoredRules(connection).counts(since)

    async def claimed_until(self, rule: str, subject: str) -> datetime | None:
        """When a rule may run again for a subject; None where it never did."""
        async with self._reading() as connection:
            return await StoredRules(connection).claimed_until(rule, subject)

    async def standing(self, customer: CustomerId, now: datetime, *, paid: bool) -> Standing:
        """What the house knows of a person; what they `paid` only where that is asked."""
        async with self._reading() as connection:
            return await StoredRules(connection).standing(customer, now, paid=paid)
