"""What aliases need from a store."""

from typing import Protocol

from desk.aliases.model import Alias, Pick


class AliasReader(Protocol):
    """What may be asked about aliases."""

    async def taught(self) -> tuple[Alias, ...]:
        """All names that staff taught, in the order of the names."""

    async def picks(self, wording: str) -> tuple[Pick, ...]:
        """The last pick of each customer and product for a wording, newest first."""


class AliasStore(AliasReader, Protocol):
    """What may be written about aliases."""

    async def teach(self, alias: Alias) -> None:
        """Keep a name, in the place of what it meant before."""

    async def forget(self, name: str) -> None:
        """Drop a name."""

    async def pick(self, pick: Pick) -> None:
        """Keep a pick, in the place of the customer's earlier one of wording and product."""


class NothingTaught:
    """A merchant whose staff and customers taught nothing yet."""

    async def taught(self) -> tuple[Alias, ...]:
        """No names."""
        return ()

    async def picks(self, wording: str) -> tuple[Pick, ...]:
        """No picks."""
        del wording
        return ()
