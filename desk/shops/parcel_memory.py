"""What is known of parcels, and when which tracker was asked: the reason not to ask again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from desk.kernel.clock import Clock
from desk.shops.answers import Why
from desk.shops.cache import Json, Kept, MemoryCache, ShopCache
from desk.shops.carriers import Carrier
from desk.shops.port import Parcel
from desk.shops.stored import Codec

POLITE = timedelta(minutes=30)
"""Who asks for one number more often than this is locked out (kuaidi100's manual)."""

_REMEMBERED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Tracked:
    """Where a parcel is, as far as is known.

    `as_of` (aware UTC): when that was true, None where nobody has ever told anything. `why`: what
    kept a tracker from a fresh answer, None where it gave one or was asked a moment ago.
    """

    parcel: Parcel | None
    as_of: datetime | None
    tracker: str = ""
    why: Why | None = None

    def age(self, now: datetime) -> timedelta:
        """How old the knowledge is; zero where there is none."""
        return now - self.as_of if self.as_of is not None else timedelta()


class End(StrEnum):
    """What came of one question to one tracker."""

    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class _Known:
    parcel: Parcel
    tracker: str


_KNOWN = Codec(_Known)


class ParcelMemory:
    """One memory for all processes; while its server is away, each process is by itself."""

    def __init__(self, shared: ShopCache, clock: Clock) -> None:
        self._memories = (shared, MemoryCache(clock))
        self._clock = clock

    async def recall(self, number: str) -> Tracked:
        """What is known of a parcel."""
        kept = await self._get("known", number)
        if kept is None:
            return Tracked(None, None)
        try:
            known = _KNOWN.read(kept.value)
        except ValueError:
            return Tracked(None, None)
        return Tracked(known.parcel, kept.stored_at, known.tracker)

    async def remember(self, number: str, parcel: Parcel, tracker: str) -> Tracked:
        """Keep what a tracker told just now."""
        kept = await self._put("known", number, _KNOWN.write(_Known(parcel, tracker)), _REMEMBERED)
        return Tracked(parcel, kept.stored_at, tracker)

    async def is_news(self, number: str, parcel: Parcel) -> bool:
        """Tell whether nothing later is known already."""
        known = (await self.recall(number)).parcel
        return known is None or _newest(known) <= _newest(parcel)

    async def asked_lately(self, tracker: str, number: str) -> End | None:
        """What came of the last question, None where it is time for the next."""
        asked = await self._get(f"asked:{tracker}", number)
        if asked is None or self._clock.now() - asked.stored_at >= POLITE:
            return None
        return next((end for end in End if end.value == asked.value), None)

    async def mark_asked(self, tracker: str, number: str, end: End) -> None:
        """Note a question; FAILED before it, as one that was lost may have been counted."""
        await self._put(f"asked:{tracker}", number, end.value, POLITE)

    async def company(self, number: str) -> Carrier | None:
        """The carrier that a tracker found by the number."""
        kept = await self._get("company", number)
        return next((each for each in Carrier if kept and each.value == kept.value), None)

    async def remember_company(self, number: str, company: Carrier) -> None:
        """Keep the carrier of a number, which never changes."""
        await self._put("company", number, company.value, _REMEMBERED)

    async def _get(self, what: str, number: str) -> Kept | None:
        """The youngest of both memories: after an outage the shared one is behind."""
        found = [await memory.get(_key(what, number)) for memory in self._memories]
        known = [kept for kept in found if kept is not None]
        return max(known, key=lambda kept: kept.stored_at, default=None)

    async def _put(self, what: str, number: str, value: Json, ttl: timedelta) -> Kept:
        kept = Kept(value, self._clock.now())
        for memory in self._memories:
            await memory.put(_key(what, number), kept, ttl)
        return kept


def _key(what: str, number: str) -> str:
    """Trackers do not agree on the case of a number's letters."""
    return f"parcel:{what}:{number.strip().upper()}"


def _newest(parcel: Parcel) -> datetime:
    return max((scan.at for scan in parcel.scans), default=datetime.min.replace(tzinfo=UTC))
