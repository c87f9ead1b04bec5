"""Lanes (通道): which of the tickets that wait are offered first."""

from datetime import datetime

from desk.routing.model import Lane
from desk.tickets.model import Priority, Ticket, TicketKind


def lane_of(lanes: tuple[Lane, ...], kind: TicketKind, goods: str, shop: str) -> int:
    """The number of the first lane that a ticket fits, from 0; after all of them where none."""
    for at, lane in enumerate(lanes):
        of_kind = not lane.kinds or kind in lane.kinds
        of_goods = not lane.goods or goods in lane.goods
        if of_kind and of_goods and (not lane.shops or shop in lane.shops):
            return at
    return len(lanes)


def place_in_line(lanes: tuple[Lane, ...], ticket: Ticket) -> int:
    """Where a waiting ticket stands: by its lane, within that by how much it hurries."""
    lane = lane_of(lanes, ticket.kind, ticket.product_type, ticket.shop)
    return lane * len(Priority) + tuple(Priority).index(ticket.priority)


def looked_at(at: datetime) -> datetime:
    """When one that waits is looked at: all of them at whole minutes, so that they queue."""
    return at.replace(second=0, microsecond=0)
