"""JD's two kinds of refunds: applied for before sending (fen), and services after delivery."""

from dataclasses import dataclass
from datetime import datetime

from desk.kernel.money import Fen
from desk.shops.port import Refund
from integrations.jd import status
from integrations.jd.wire import moment
from integrations.wild import Wild


@dataclass(frozen=True, slots=True)
class Service:
    """A service after delivery as its list shows it; what is given back is asked for apart."""

    id: str
    order_no: str
    refund: Refund


def application(raw: Wild) -> Refund:
    """Read the refund of an order that was cancelled before it was sent; its sum is in fen."""
    applied = _date(raw["applyTime"])
    return Refund(
        id=raw["id"].id(),
        status=status.application_status(raw["status"].whole()),
        amount=raw["applyRefundSum"].fen(),
        updated_at=_date_or_none(raw["checkTime"]) or applied,
    )


def service(raw: Wild) -> Service:
    """Read one service; the unit of its `refoundAmount` is not documented, so it is not used."""
    bill = raw["sameOrderServiceBill"]
    number = bill["serviceId"].id()
    approved = _date_or_none(bill["approveDate"])
    state = None if raw["status"].is_null else raw["status"].whole()
    refund = Refund(
        id=number,
        status=status.service_status(state, is_approved=approved is not None),
        amount=Fen(0),
        updated_at=_date_or_none(raw["completeTime"]) or approved or _date(bill["afsApplyTime"]),
    )
    return Service(number, bill["orderId"].id(), refund)


def service_amount(raw: Wild) -> Fen | None:
    """Read what was given back, or the most that can be while nothing was; yuan."""
    actual = raw["afsActualRefundDetail"]["actualRefundAmount"]
    most = raw["afsEstimateRefundDetail"]["maxRefundAmount"]
    known = most if actual.is_null else actual
    return None if known.is_null else known.yuan()


def _date(raw: Wild) -> datetime:
    """Read a Date: JD's gateway writes it as Unix milliseconds or as Beijing time."""
    return raw.millis() if raw.id().isdecimal() else raw.moment()


def _date_or_none(raw: Wild) -> datetime | None:
    if raw.is_null:
        return None
    return raw.millis() if raw.id().isdecimal() else moment(raw)
