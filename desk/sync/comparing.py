"""The book against a shop, order by order: what differs, in words for people."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from desk.kernel.money import Fen
from desk.shops.port import Order, OrderStatus
from desk.sync.model import Difference, Flaw


def differences(
    shop: str,
    theirs: Mapping[str, Order],
    ours: Mapping[str, Order | None],
    now: datetime,
) -> Iterator[Difference]:
    """Tell where the book was wrong about the orders that the shop listed.

    `ours` has the booked order for each number of `theirs`, None where there is none. An order
    that the book has in a later state than the list is right: the shop has moved on meanwhile.
    """
    for number, told in theirs.items():
        booked = ours[number]
        if booked is None:
            yield Difference(shop, number, Flaw.MISSING, "", in_short(told), now)
        elif booked != told and not _is_later(booked, told):
            yield Difference(shop, number, Flaw.DIFFERENT, in_short(booked), in_short(told), now)


def gone(shop: str, booked: Order, now: datetime) -> Difference:
    """The book has an order that its shop does not know any more."""
    return Difference(shop, booked.number, Flaw.GONE, in_short(booked), "", now)


def in_short(order: Order) -> str:
    """What decides whether two tellings are alike: "state fen pieces", then refunds if any."""
    pieces = sum(line.quantity for line in order.lines)
    refunds = ",".join(f"{each.id}={each.status}" for each in order.refunds)
    return f"{order.status} {int(order.payment)} {pieces} {refunds}".rstrip()


def read_short(written: str) -> tuple[OrderStatus, Fen, int]:
    """Read the state, the payment and the pieces back."""
    status, payment, pieces = written.split(" ")[:3]
    return OrderStatus(status), Fen(int(payment)), int(pieces)


def _is_later(booked: Order, told: Order) -> bool:
    if booked.updated_at is None or told.updated_at is None:
        return False
    return booked.updated_at > told.updated_at
