"""Names that staff taught, and what customers picked for a wording."""

from typing import Any

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.aliases.model import Alias, Pick
from desk.kernel.ids import CustomerId
from desk.shops.port import ItemId
from desk.store.schema import product_aliases, product_picks

_MOST_PICKS = 200
_TAUGHT = select(product_aliases).order_by(product_aliases.c.name)
_PICKS = (
    select(product_picks)
    .where(product_picks.c.wording == bindparam("wording"))
    .order_by(product_picks.c.picked_at.desc(), product_picks.c.customer_id)
    .limit(_MOST_PICKS)
)


class StoredAliases:
    """Implements `desk.aliases.ports.AliasStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def taught(self) -> tuple[Alias, ...]:
        """All names that staff taught, in the order of the names."""
        return tuple(_alias(row) for row in await self._connection.execute(_TAUGHT))

    async def picks(self, wording: str) -> tuple[Pick, ...]:
        """The last pick of each customer and product for a wording, newest first."""
        found = await self._connection.execute(_PICKS, {"wording": wording})
        return tuple(_pick(row) for row in found)

    async def teach(self, alias: Alias) -> None:
        """Keep a name, in the place of what it meant before."""
        item = alias.meaning if isinstance(alias.meaning, ItemId) else ItemId("", "")
        values = {
            "words": alias.meaning if isinstance(alias.meaning, str) else "",
            "shop": item.shop,
            "item": item.item,
            "taught_by": alias.by,
            "taught_at": alias.at,
        }
        await self._connection.execute(
            insert(product_aliases)
            .values(name=alias.name, **values)
            .on_conflict_do_update(index_elements=["name"], set_=values)
        )

    async def forget(self, name: str) -> None:
        """Drop a name."""
        await self._connection.execute(
            delete(product_aliases).where(product_aliases.c.name == name)
        )

    async def pick(self, pick: Pick) -> None:
        """Keep a pick, in the place of the customer's earlier one of wording and product."""
        values = {"meant": pick.meant, "picked_at": pick.at}
        await self._connection.execute(
            insert(product_picks)
            .values(
                customer_id=pick.customer,
                wording=pick.wording,
                shop=pick.item.shop,
                item=pick.item.item,
                **values,
            )
            .on_conflict_do_update(
                index_elements=["wording", "customer_id", "shop", "item"], set_=values
            )
        )


def _alias(row: Row[Any]) -> Alias:
    meaning = ItemId(row.shop, row.item) if row.shop else row.words
    return Alias(row.name, meaning, row.taught_by, row.taught_at)


def _pick(row: Row[Any]) -> Pick:
    item = ItemId(row.shop, row.item)
    return Pick(CustomerId(row.customer_id), row.wording, item, row.meant, row.picked_at)
