"""What is usual on the routes, learnt now and then from the parcels that arrived last."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from desk.books import Books
from desk.parcels.model import FollowedParcel
from desk.shops.pace import Season
from desk.shops.routes import Route, RouteBook, Travelled, Usual, learn

_LEARN_EVERY = timedelta(hours=6)
_LEARN_FROM = 2000


class UsualWays:
    """The book of routes, kept in the process and learnt anew every few hours."""

    def __init__(self, seasons: tuple[Season, ...] = ()) -> None:
        self._seasons = seasons
        self._book = RouteBook()
        self._learnt_at: datetime | None = None

    async def refresh(self, books: Books, now: datetime) -> None:
        """Learn, where it is time."""
        if self._learnt_at is not None and now - self._learnt_at < _LEARN_EVERY:
            return
        self._book = learn(
            _travelled(await books.parcels.newly_arrived(_LEARN_FROM)), self._seasons
        )
        self._learnt_at = now

    def usual(self, parcel: FollowedParcel) -> Usual:
        """What is usual for a parcel, by as much of its route as is known."""
        return self._book.usual(_route(parcel))


def _travelled(parcels: Iterable[FollowedParcel]) -> Iterator[Travelled]:
    """Each parcel by its whole route, and by what was known of that while it was under way."""
    for each in parcels:
        route = _route(each)
        travelled = Travelled(route, each.parcel, each.shipped_at)
        yield travelled
        if route.destination is not None:
            yield replace(travelled, route=replace(route, destination=None))


def _route(parcel: FollowedParcel) -> Route:
    return Route(parcel.company, parcel.origin or None, parcel.destination or None)
