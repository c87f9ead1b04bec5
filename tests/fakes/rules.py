"""Runs of rules kept in memory, for tests of what reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk.kernel.ids import CustomerId
from desk.rules.runs import End, RuleCount, RuleRun, Standing


@dataclass
class FakeRules:
    """Implements `desk.rules.ports.RuleReader`: runs in the order they ended, and windows."""

    runs: list[RuleRun] = field(default_factory=list)
    windows: dict[tuple[str, str], datetime] = field(default_factory=dict)
    standings: dict[CustomerId, Standing] = field(default_factory=dict)

    async def of_rule(self, rule: str, limit: int) -> tuple[RuleRun, ...]:
        return tuple([each for each in self.runs if each.rule == rule][::-1][:limit])

    async def about(self, subject: str, limit: int) -> tuple[RuleRun, ...]:
        return tuple([each for each in self.runs if each.subject == subject][::-1][:limit])

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[RuleRun, ...]:
        return tuple([each for each in self.runs if each.customer == customer][::-1][:limit])

    async def counts(self, since: datetime) -> Mapping[str, RuleCount]:
        counted: dict[str, RuleCount] = {}
        for rule in {each.rule for each in self.runs}:
            theirs = [each for each in self.runs if each.rule == rule and each.at >= since]
            done = [each for each in theirs if each.end is End.DONE]
            skipped = sum(each.end in (End.ONCE, End.UNTOLD) for each in theirs)
            last = max((each.at for each in done), default=None)
            failed = len(theirs) - len(done) - skipped
            counted[rule] = RuleCount(len(done), skipped, failed, last)
        return counted

    async def claimed_until(self, rule: str, subject: str) -> datetime | None:
        return self.windows.get((rule, subject))

    async def standing(self, customer: CustomerId, now: datetime, *, paid: bool) -> Standing:
        return self.standings.get(customer, Standing())
