"""JD's two kinds of refunds: applied for before sending (fen), and services after delivery."""

from datetime import datetime

from desk.kernel.money import Fen
from desk.shops.port import Refund, RefundStatus
from integrations.jd import status
from integrations.jd.wire import moment
from integrations.wild import Wild


def application(raw: Wild) -> Refund:
    """Read the refund of an order that was cancelled before it was sent; its sum is in fen."""
    applied = _date(raw["applyTime"])
    return Refund(
        id=raw["id"].id(),
        status=status.application_status(raw["status"].whole()),
        amount=raw["applyRefundSum"].fen(),
        updated_at=_date_or_none(raw["checkTime"]) or applied,
    )


def service_id(raw: Wild) -> str:
    """Read the number of a service."""
    return raw["sameOrderServiceBill"]["serviceId"].id()


def service_state(raw: Wild) -> RefundStatus:
    """Tell where the refund of a service stands."""
    approved = _date_or_none(raw["sameOrderServiceBill"]["approveDate"])
    state = None if raw["status"].is_null else raw["status"].whole()
    return status.service_status(state, is_approved=approved is not None)


def service_changed_at(raw: Wild) -> datetime:
    """Tell when a service changed last: when it was paid, approved or applied for."""
    bill = raw["sameOrderServiceBill"]
    ended = _date_or_none(raw["completeTime"])
    return ended or _date_or_none(bill["approveDate"]) or _date(bill["afsApplyTime"])


def service(raw: Wild, amount: Fen) -> Refund:
    """Read one service; the unit of its own `refoundAmount` is not documented."""
    return Refund(
        id=service_id(raw),
        status=service_state(raw),
        amount=amount,
        updated_at=service_changed_at(raw),
    )


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
