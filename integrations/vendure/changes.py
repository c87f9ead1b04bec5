"""Which orders moved: Vendure cannot be asked that, so orders that still may move are looked at."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from integrations.vendure import queries, status
from integrations.vendure.client import VendureClient
from integrations.vendure.wire import changed_at, moment
from integrations.wild import Wild

_PAGE = 100
_RESOLUTION = timedelta(seconds=1)
"""Times of the log are cut to whole seconds on some databases."""
_UNDER_WAY = timedelta(days=60)
FINISHED = timedelta(days=15)
"""How long after it was placed a finished order is looked at, for deliveries and refunds."""


async def changed(
    client: VendureClient, since: datetime, until: datetime, finished: timedelta = FINISHED
) -> AsyncIterator[Wild]:
    """Find the orders that changed in [since, until), whole, the oldest first.

    `updatedAt` alone misses states and refunds (see `wire.changed_at`). So those are looked at,
    too, that are under way and at most 60 days old, or at most `finished` old.
    """
    since = since.replace(microsecond=0)
    moved: list[str] = []
    async for raw in _candidates(client, since, until, finished):
        if since <= changed_at(raw) < until + _RESOLUTION:
            moved.append(raw["id"].id())
        if len(moved) == _PAGE:
            for each in await _whole(client, moved):
                yield each
            moved.clear()
    for each in await _whole(client, moved):
        yield each


async def _candidates(
    client: VendureClient, since: datetime, until: datetime, finished: timedelta
) -> AsyncIterator[Wild]:
    """Walk by the time of creation, which never changes, from the last one seen on."""
    seen: set[str] = set()
    reached, skip = datetime(2000, 1, 1, tzinfo=UTC), 0
    while True:
        asked = _may_have_moved(since, until, finished) | {"createdAt": _between(reached, until)}
        data = await client.ask(queries.MOVES, filter=asked, take=_PAGE, skip=skip)
        rows = tuple(data["orders"]["items"])
        for row in rows:
            if row["id"].id() not in seen:
                seen.add(row["id"].id())
                yield row
        if len(rows) < _PAGE:
            return
        last = moment(rows[-1]["createdAt"])
        # A page of one and the same second is left by counting on.
        reached, skip = (last, 0) if last > reached else (reached, skip + _PAGE)


def _may_have_moved(since: datetime, until: datetime, finished: timedelta) -> dict[str, object]:
    return {
        "state": {"notIn": list(status.CARTS)},
        "_or": [
            {"updatedAt": _between(since, until)},
            # Two fields of one branch would be taken as "either".
            {
                "_and": [
                    {"state": {"in": list(status.UNDER_WAY)}},
                    {"createdAt": {"after": (since - _UNDER_WAY).isoformat()}},
                ]
            },
            {"orderPlacedAt": {"after": (since - finished).isoformat()}},
        ],
    }


def _between(start: datetime, end: datetime) -> dict[str, object]:
    """Ask for a second more on both sides: SQLite holds 08 to be before 08.000."""
    before, after = start - _RESOLUTION, end + _RESOLUTION
    return {"between": {"start": before.isoformat(), "end": after.isoformat()}}


async def _whole(client: VendureClient, ids: list[str]) -> tuple[Wild, ...]:
    if not ids:
        return ()
    data = await client.ask(queries.ORDERS, filter={"id": {"in": ids}}, take=_PAGE)
    return tuple(sorted(data["orders"]["items"], key=changed_at))
