"""快递鸟's answers as frozen values; scans come oldest first, in Beijing time."""

from datetime import datetime

from desk.shops.port import Parcel, Scan
from integrations.carriers.kdniao import codes
from integrations.wild import Wild


def parcel(raw: Wild, number: str) -> Parcel:
    """Read where a parcel is, out of an answer or out of one line of a push."""
    company = raw["ShipperCode"].text_or("")
    known = codes.CARRIER.get(company)
    oldest_first = sorted((_scan(each) for each in raw["Traces"]), key=_at)
    return Parcel(
        carrier=known.chinese if known else company,
        tracking_no=number,
        status=codes.parcel_status(raw["State"].id_or(""), raw["StateEx"].id_or("")),
        scans=tuple(reversed(oldest_first)),
    )


def _scan(raw: Wild) -> Scan:
    """The manual writes 2014/06/25 where the service mostly writes 2014-06-25."""
    moment = raw["AcceptTime"]
    written = Wild(raw.party, moment.text().replace("/", "-"), moment.path)
    return Scan(written.moment(), raw["AcceptStation"].text())


def _at(scan: Scan) -> datetime:
    return scan.at
