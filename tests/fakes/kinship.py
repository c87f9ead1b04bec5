"""Who is one person with whom, kept in memory."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime

from desk.customers.kinship import Apart, Kin, Merge, pair
from desk.customers.suggestions import Suggestion, SuggestionState
from desk.kernel.ids import CustomerId


@dataclass
class FakeKinship:
    """Merges in the order they were made, pairs kept apart, suggestions by number."""

    merges: list[Merge] = field(default_factory=list)
    parents: dict[CustomerId, CustomerId] = field(default_factory=dict)
    apart_ones: dict[tuple[CustomerId, CustomerId], Apart] = field(default_factory=dict)
    suggested: dict[int, Suggestion] = field(default_factory=dict)

    async def lock(self) -> None:
        """Nobody else is here."""

    async def kin(self, customer: CustomerId) -> Kin:
        head = self.head(customer)
        known = {customer, *self.parents, *self.parents.values()}
        return Kin({each: self.parents.get(each) for each in known if self.head(each) == head})

    def head(self, customer: CustomerId) -> CustomerId:
        """The customer that this one leads to; never ends in a circle."""
        for _ in range(len(self.parents) + 1):
            if customer not in self.parents:
                return customer
            customer = self.parents[customer]
        raise AssertionError("merged in a circle")

    async def standing(self, kin: Kin) -> tuple[Merge, ...]:
        return tuple(m for m in self.merges if m.child in kin.members and m.undone_at is None)

    async def merge(self, merge: Merge) -> None:
        assert merge.child not in self.parents, "points at somebody already"
        self.merges.append(merge)
        self.parents[merge.child] = merge.parent

    async def undo(self, merge: Merge, by: str, at: datetime) -> None:
        place = self.merges.index(merge)
        self.merges[place] = replace(merge, undone_at=at, undone_by=by)
        del self.parents[merge.child]

    async def apart(
        self, some: AbstractSet[CustomerId], others: AbstractSet[CustomerId]
    ) -> Apart | None:
        for one, other in sorted(self.apart_ones):
            if (one in some and other in others) or (one in others and other in some):
                return self.apart_ones[one, other]
        return None

    async def keep_apart(self, apart: Apart) -> None:
        self.apart_ones.setdefault(pair(apart.one, apart.other), apart)

    async def lift(
        self,
        some: AbstractSet[CustomerId],
        others: AbstractSet[CustomerId],
        by: str,
        at: datetime,
    ) -> int:
        before = len(self.apart_ones)
        while apart := await self.apart(some, others):
            del self.apart_ones[pair(apart.one, apart.other)]
        return before - len(self.apart_ones)

    async def suggest(self, suggestion: Suggestion) -> bool:
        known = self.suggested.values()
        if any(
            (each.customer, each.like) == (suggestion.customer, suggestion.like) for each in known
        ):
            return False
        number = len(self.suggested) + 1
        self.suggested[number] = replace(suggestion, number=number)
        return True

    async def suggestion(self, number: int) -> Suggestion | None:
        return self.suggested.get(number)

    async def settle(self, number: int, state: SuggestionState, by: str, at: datetime) -> None:
        self.suggested[number] = replace(self.suggested[number], state=state, by=by)
