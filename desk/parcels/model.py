"""A parcel that is followed, and the silence of it that somebody was told of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.carriers import Carrier
from desk.shops.port import Parcel, Scan
from desk.shops.stuck import StuckWhy

FOLLOWED_FOR = timedelta(days=60)
"""A parcel that has not arrived after so long is followed no further."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What was found wrong with a parcel, once: no news since `since`, acted on at `found_at`.

    `told_in`: the conversation in which the customer was told, None where nobody could be.
    `noted`: the ticket says that it is over. Times are aware UTC.
    """

    why: StuckWhy
    since: datetime
    found_at: datetime
    told_in: ConversationId | None = None
    told_customer: CustomerId | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True)
class FollowedParcel:
    """A parcel of an order as it is known, with the moments of what is done about it next.

    `number` in capitals. `origin` and `destination` are provinces, "" where not known. `tracker`
    pushes its scans, "" where none does. At `subscribe_at` a tracker is asked to watch it, at
    `look_at` it is asked for, at `check_at` it is judged; None: that is not due any more.
    """

    shop: str
    order_no: str
    number: str
    parcel: Parcel
    company: Carrier | None
    shipped_at: datetime | None
    seen_at: datetime
    followed_until: datetime
    origin: str = ""
    destination: str = ""
    tracker: str = ""
    subscriptions: int = 0
    subscribed_at: datetime | None = None
    subscribe_at: datetime | None = None
    look_at: datetime | None = None
    check_at: datetime | None = None
    silence: Silence | None = None
    delivered_at: datetime | None = None

    @property
    def last(self) -> Scan | None:
        """The newest scan."""
        return newest(self.parcel)


@dataclass(frozen=True, slots=True)
class SentOrder:
    """An order that was sent, whose parcels its shop has not been asked for yet."""

    shop: str
    number: str
    shipped_at: datetime | None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class ParcelCounts:
    """How many parcels are under way, are stuck now, and whose customers were told of late."""

    followed: int
    stuck: int
    told: int


def newest(parcel: Parcel) -> Scan | None:
    """The newest scan of a parcel, whatever their order."""
    return max(parcel.scans, key=lambda scan: scan.at, default=None)


def plain_tracking_no(written: str) -> str:
    """The number by which a parcel is kept: trackers do not agree on the case of letters."""
    return "".join(written.split()).upper()
