"""快递100's answers as frozen values; scans come newest first, in Beijing time."""

from datetime import datetime

from desk.shops.port import Parcel, ParcelStatus, Scan
from integrations.carriers.kuaidi100 import codes
from integrations.wild import Wild


def parcel(raw: Wild, number: str) -> Parcel:
    """Read where a parcel is, out of an answer or out of a push's `lastResult`."""
    scans = tuple(sorted((_scan(each) for each in raw["data"]), key=_at, reverse=True))
    company = raw["com"].text_or("")
    known = codes.CARRIER.get(company)
    return Parcel(
        carrier=known.chinese if known else company,
        tracking_no=number,
        status=_status(raw, has_scans=bool(scans)),
        scans=scans,
    )


def _status(raw: Wild, *, has_scans: bool) -> ParcelStatus:
    """Read the state, or where an old subscription is pushed without one that of its last scan."""
    if not raw["state"].is_null:
        return codes.parcel_status(raw["state"].id())
    if raw["ischeck"].id_or("0") == "1":
        return ParcelStatus.DELIVERED
    if not has_scans:
        return ParcelStatus.UNKNOWN
    newest = next(iter(raw["data"]))
    return codes.parcel_status(newest["statusCode"].id_or("0"))


def _scan(raw: Wild) -> Scan:
    written = raw["time"] if raw["ftime"].is_null else raw["ftime"]
    return Scan(written.moment(), raw["context"].text())


def _at(scan: Scan) -> datetime:
    return scan.at
