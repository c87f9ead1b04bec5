"""Carries out what POST _control asks: moods of the gateway and changes in the shop."""

from dataclasses import dataclass
from typing import Protocol

from sandbox.clock import Clock
from sandbox.shops.faults import Faults, PlannedFailure
from sandbox.shops.ledger import Ledger, Line, Order, Parcel, Refund, Scan
from sandbox.shops.shelf import Shelf
from sandbox.shops.wishes import AddScan, Control, SetOrder, SetRefund, SetStock, Ship


@dataclass(frozen=True, slots=True)
class StatusWords:
    """A platform's own words for an order's states, as far as the control has to know them.

    `refund_moves_order`: a refund's change is a change of its order too; false for a platform that
    promises no such thing.
    """

    paid: frozenset[str]
    sent: frozenset[str]
    done: frozenset[str]
    all_sent: str
    part_sent: str
    refunded: str = "SUCCESS"
    refund_moves_order: bool = True


class Controlled(Protocol):
    """A fake shop as the control API sees it."""

    clock: Clock
    faults: Faults
    shelf: Shelf
    ledger: Ledger
    words: StatusWords

    def reset(self) -> None:
        """Back to the seeds."""
        ...

    def expire_token(self, expired: bool) -> None:
        """Let the client's credentials be expired, or valid again."""
        ...


class NothingThere(Exception):
    """The control request names an item, order, parcel or case that does not exist."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the real platform would push: an order's or a refund's new state."""

    order: Order
    refund: Refund | None = None
    partly: bool = False


def carry_out(shop: Controlled, wish: Control) -> list[Change]:
    """Do all of `wish`; the changes that deserve a push. Raises NothingThere."""
    if wish.reset:
        shop.reset()
    _set_mood(shop, wish)
    changes = []
    if wish.stock:
        _set_stock(shop, wish.stock)
    if wish.order:
        changes.append(_set_order(shop, wish.order))
    if wish.ship:
        changes.append(_ship(shop, wish.ship))
    if wish.scan:
        _add_scan(shop, wish.scan)
    if wish.refund:
        changes.append(_set_refund(shop, wish.refund))
    return changes


def _set_mood(shop: Controlled, wish: Control) -> None:
    faults = shop.faults
    if wish.slow_ms is not None:
        faults.slow_ms = wish.slow_ms
    if wish.rate_limit is not None:
        faults.rate = wish.rate_limit
    if wish.down is not None:
        faults.down = wish.down
    if wish.break_body is not None:
        faults.broken_bodies = int(wish.break_body)
    if wish.fail:
        faults.planned.append(PlannedFailure(wish.fail.method, wish.fail.times, wish.fail.error))
    if wish.expire_token is not None:
        shop.expire_token(wish.expire_token)


def _set_stock(shop: Controlled, wish: SetStock) -> None:
    item = shop.shelf.item(str(wish.item))
    sku = item.sku(int(wish.sku)) if item else None
    if sku is None:
        raise NothingThere(f"no item {wish.item} with sku {wish.sku}")
    sku.quantity = wish.quantity


def _order(shop: Controlled, number: str) -> Order:
    order = shop.ledger.order(number)
    if order is None:
        raise NothingThere(f"no order {number}")
    return order


def _set_order(shop: Controlled, wish: SetOrder) -> Change:
    order = _order(shop, wish.number)
    _move(order, wish.status, shop)
    if wish.close_type is not None:
        order.close_type = wish.close_type
    if wish.refund_state is not None:
        order.refund_state = wish.refund_state
    return Change(order)


def _move(order: Order, status: str, shop: Controlled) -> None:
    words, now = shop.words, shop.clock.now()
    order.status, order.updated = status, now
    if status in words.paid and order.paid is None:
        order.paid = now
    if status in words.sent and order.shipped is None:
        order.shipped = now
    if status in words.done and order.success is None:
        order.success = now


def _unsent(order: Order) -> list[Line]:
    sent = {line.oid for parcel in order.parcels for line in parcel.lines}
    return [line for line in order.lines if line.oid not in sent]


def _ship(shop: Controlled, wish: Ship) -> Change:
    order, now = _order(shop, wish.number), shop.clock.now()
    lines = [line for line in _unsent(order) if wish.oids is None or line.oid in wish.oids]
    if not lines:
        raise NothingThere(f"nothing left to ship in {wish.number}")
    for line in lines:
        line.shipped = True
    order.parcels.append(
        Parcel(wish.company, wish.waybill, 1, lines, [Scan(now, "商家已发货，快件已揽收")])
    )
    partly = bool(_unsent(order))
    _move(order, shop.words.part_sent if partly else shop.words.all_sent, shop)
    order.shipped = order.shipped or now
    return Change(order, partly=partly)


def _add_scan(shop: Controlled, wish: AddScan) -> None:
    found = shop.ledger.parcel(wish.waybill)
    if found is None:
        raise NothingThere(f"no parcel {wish.waybill}")
    parcel = found[1]
    parcel.scans.append(Scan(shop.clock.now(), wish.text))
    if wish.state is not None:
        parcel.state = wish.state


def _set_refund(shop: Controlled, wish: SetRefund) -> Change:
    found = shop.ledger.refund(wish.refund_id)
    if found is None:
        raise NothingThere(f"no refund {wish.refund_id}")
    order, refund = found
    now = shop.clock.now()
    refund.status, refund.updated = wish.status, now
    if shop.words.refund_moves_order:
        order.updated = now
    refund.line.refund = wish.status
    if wish.status == shop.words.refunded:
        refund.money_back = now
    return Change(order, refund)
