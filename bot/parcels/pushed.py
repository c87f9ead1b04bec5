"""Trackers' pushes are kept and taken in by one commit, before they are thanked for."""

from desk.books import Books, Library
from desk.kernel.clock import Clock
from desk.parcels.following import given_up, seen
from desk.parcels.model import plain_tracking_no
from desk.shops.events import ShopEvent
from desk.shops.powers import Keep
from desk.shops.tracking import ParcelPush, Watch, event_as_push


def keep_and_take_in(library: Library, clock: Clock) -> Keep:
    """Where pushes go: those that are new to us, and come in any order."""

    async def keep(events: tuple[ShopEvent, ...]) -> None:
        now = clock.now()
        async with library.open() as books:
            for event in events:
                if await books.pushes.keep((event,), now):
                    await take_in(books, event_as_push(event), clock)

    return keep


async def take_in(books: Books, push: ParcelPush, clock: Clock) -> None:
    """Change every followed parcel that the push is about; of strangers it is kept all the same."""
    now = clock.now()
    for known in await books.parcels.of_number(plain_tracking_no(push.number)):
        heard = seen(known, push.parcel, now) if push.parcel is not None else known
        if push.watch is Watch.GIVEN_UP:
            heard = given_up(heard, now)
        if heard != known:
            await books.parcels.put(heard)
