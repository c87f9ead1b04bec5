"""What every tracker of parcels can be asked, and what it tells unasked."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from desk.shops.carriers import Carrier
from desk.shops.events import ShopEvent, Subject
from desk.shops.port import Parcel
from desk.shops.stored import Codec

WANTS_PHONE_TAIL = frozenset({Carrier.SHUNFENG, Carrier.SHUNFENG_FREIGHT, Carrier.ZHONGTONG})
"""Who tells where a parcel is only to those who know the phone on it."""


@dataclass(frozen=True, slots=True)
class TrackedParcel:
    """A parcel as it is asked for.

    `company` None: nobody knows it yet. `phone_tail`: the last four digits of the receiver's
    phone, "" where they are not known; of a virtual number the four digits behind the dash.
    Cities with their province (浙江省杭州市), "" where they are not known.
    """

    company: Carrier | None
    number: str
    phone_tail: str = field(default="", repr=False)
    from_city: str = ""
    to_city: str = ""

    @property
    def lacks_phone(self) -> bool:
        """Tell whether the carrier would turn the question down for want of the phone's tail."""
        return self.company in WANTS_PHONE_TAIL and not self.phone_tail


class SubscriptionResult(StrEnum):
    """What became of a subscription; ALREADY is as good as OK."""

    OK = "ok"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Subscription:
    """The answer to a subscription; `reason` is the tracker's own sentence on REFUSED."""

    result: SubscriptionResult
    reason: str = ""


class Watch(StrEnum):
    """Whether a tracker goes on watching: DONE at the door, GIVEN_UP where it saw nothing."""

    GOES_ON = "goes_on"
    DONE = "done"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class ParcelPush:
    """One parcel of one push.

    `id` is the same when the same push comes again. `company` None: a carrier that has no name
    here. `parcel` None: the tracker has seen nothing of it. On `watch` GIVEN_UP somebody may
    subscribe once more, at the earliest half an hour later.
    """

    tracker: str
    id: str
    number: str
    company: Carrier | None
    parcel: Parcel | None
    watch: Watch

    @property
    def ended(self) -> bool:
        """Tell whether no further push comes."""
        return self.watch is not Watch.GOES_ON


_PUSH = Codec(ParcelPush)
PARCEL_PUSH = "parcel."
"""How the kind of a kept push of a tracker begins: its `shop` is no shop."""


def push_as_event(push: ParcelPush) -> ShopEvent:
    """Write a push the way pushes of shops are kept; nothing has to be read again for it."""
    return ShopEvent(
        shop=push.tracker,
        id=push.id,
        kind=f"{PARCEL_PUSH}{push.watch.value}",
        about=Subject.OTHER,
        subject_id=push.number,
        order_no="",
        version=0,
        raw=json.dumps(_PUSH.write(push)),
    )


def event_as_push(event: ShopEvent) -> ParcelPush:
    """Read a push back.

    Raises:
        ValueError: it is no parcel's, or of a version with other fields.
    """
    return _PUSH.read(json.loads(event.raw))


class ParcelTracker(Protocol):
    """A service that knows the parcels of many carriers.

    Every method may raise `Unavailable`, `AuthExpired` or `Refused` (desk.kernel.errors).
    """

    @property
    def id(self) -> str:
        """The merchant's id of this tracker, as in SHOPS_FILE."""

    @property
    def name(self) -> str:
        """What people call it: 快递100."""

    def knows(self, company: Carrier) -> bool:
        """Tell whether it has a code for the carrier."""

    async def company_of(self, number: str) -> Carrier | None:
        """The carrier that a number most likely belongs to."""

    async def track(self, parcel: TrackedParcel) -> Parcel | None:
        """Where a parcel is; None: nothing seen yet. The company must be a known one."""

    async def subscribe(self, parcel: TrackedParcel, callback_url: str) -> Subscription:
        """Have every new scan pushed to the address until the parcel has arrived."""
