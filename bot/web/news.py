"""The last scans of an order's parcels, without what is private in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.kernel.messages import Phrase, phrase
from desk.kernel.private import hidden
from desk.parcels.model import FollowedParcel
from desk.shops.port import Scan

MOST_PARCELS = 3
_MOST_SCANS = 4
_TAIL = 4


@dataclass(frozen=True, slots=True)
class News:
    """One parcel: carrier and the number's last digits, where it is, its newest scans first."""

    title: Phrase
    stands: Phrase
    scans: tuple[Scan, ...]


def news_of(parcels: Sequence[FollowedParcel]) -> tuple[News, ...]:
    """What is known of the first parcels; a number is told by its tail only."""
    return tuple(_news(each) for each in parcels[:MOST_PARCELS])


def _news(followed: FollowedParcel) -> News:
    parcel = followed.parcel
    carrier = followed.company.chinese if followed.company else parcel.carrier
    title = phrase(
        "page.parcel",
        carrier=carrier or phrase("parcel.some_carrier"),
        tail=followed.number[-_TAIL:],
    )
    newest = sorted(parcel.scans, key=lambda scan: scan.at, reverse=True)[:_MOST_SCANS]
    scans = tuple(Scan(scan.at, hidden(scan.text)) for scan in newest)
    return News(title, phrase(f"parcel.status.{parcel.status}"), scans)
