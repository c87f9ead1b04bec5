"""Where the parcels are: those of the shops' ledgers, and those that the control sends."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.clock import Clock
from sandbox.shops.ledger import Scan
from sandbox.shops.senders import Sender


@dataclass(slots=True)
class Waybill:
    """One parcel; `company` by its name, `state`: 0 moving, 1 collected, 3 signed, 5 out…"""

    company: str
    number: str
    phone: str
    state: int
    scans: list[Scan] = field(default_factory=list)


class NothingThere(Exception):
    """The control names a parcel that does not exist."""


class Yard:
    """One for both trackers, so that they tell the same."""

    def __init__(self, clock: Clock, senders: Sequence[Sender]) -> None:
        self.clock = clock
        self._senders = tuple(senders)
        self._own: dict[str, Waybill] = {}

    def find(self, number: str) -> Waybill | None:
        """The parcel with that number, its scans as they were added."""
        if number in self._own:
            return self._own[number]
        for sender in self._senders:
            found = sender.ledger.parcel(number)
            if found is not None:
                order, parcel = found
                phone = sender.buyer(order.buyer).mobile
                return Waybill(parcel.company, number, phone, parcel.state, parcel.scans)
        return None

    def send(self, waybill: Waybill) -> None:
        """A parcel of nobody's shop."""
        self._own[waybill.number] = waybill

    def scan(self, number: str, text: str, state: int | None, at: datetime) -> None:
        """A new line in the track, which the shop shows too. Raises NothingThere."""
        if number in self._own:
            self._own[number].scans.append(Scan(at, text))
            self._own[number].state = self._own[number].state if state is None else state
            return
        for sender in self._senders:
            found = sender.ledger.parcel(number)
            if found is not None:
                found[1].scans.append(Scan(at, text))
                found[1].state = found[1].state if state is None else state
                return
        raise NothingThere(f"no parcel {number}")

    def forget(self) -> None:
        """No more parcels but the shops' own."""
        self._own.clear()
