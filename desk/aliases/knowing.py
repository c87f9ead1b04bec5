"""What was taught and learnt about the words of one question."""

from datetime import datetime

from desk.aliases.learning import learnt
from desk.aliases.ports import AliasReader
from desk.kernel.ids import CustomerId
from desk.shops.port import ItemId
from desk.shops.taught import Taught
from desk.shops.wish import wording_of


async def known_of(
    query: str, customer: CustomerId | None, aliases: AliasReader, now: datetime
) -> Taught:
    """Gather it for finding; `customer` None is a member of staff."""
    names = await aliases.taught()
    wording = wording_of(query)
    picks = await aliases.picks(wording) if wording else ()
    return Taught(
        aliases={each.name: (each.meaning,) for each in names if isinstance(each.meaning, str)},
        own={each.name: each.meaning for each in names if isinstance(each.meaning, ItemId)},
        learnt=learnt(picks, customer, now),
    )
