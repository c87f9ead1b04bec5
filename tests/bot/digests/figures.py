"""A day with a bit of everything."""

from dataclasses import replace
from datetime import timedelta

from desk.insights.model import DigestFigures, LowRating
from desk.kernel.ids import CustomerId, TicketId, derived
from desk.tickets.model import Priority, Ticket, TicketKind, TicketState
from tests.clocks import NOON
from tests.fakes.insights import QUIET


def late_ticket(ordinal: int, owner: str = "") -> Ticket:
    """A ticket that should have been solved an hour before noon."""
    return Ticket(
        id=TicketId(derived("late", ordinal)),
        number=f"T-20261120-{ordinal:04d}",
        kind=TicketKind.LOGISTICS,
        priority=Priority.URGENT,
        state=TicketState.TAKEN if owner else TicketState.OPEN,
        customer=CustomerId(derived("somebody")),
        conversation=None,
        source=None,
        shop="",
        order_no="",
        summary="三天没有更新物流",
        owner=owner,
        opened_at=NOON - timedelta(hours=3),
        taken_at=None,
        solved_at=None,
        due_at=NOON - timedelta(hours=1),
        version=1,
    )


BUSY: DigestFigures = replace(
    QUIET,
    messages=128,
    customers=46,
    by_intent=(
        ("stock_check", 32),
        ("logistics_query", 21),
        ("greet", 18),
        ("coupon_query", 9),
    ),
    not_understood=3,
    first_response_median=timedelta(seconds=4),
    first_response_worst=timedelta(seconds=135),
    answered_late=2,
    tickets_opened=12,
    tickets_solved=9,
    overdue=(late_ticket(7, "amei"), late_ticket(9)),
    missing_products=(("软底学步鞋", 5), ("纯棉连体衣", 1)),
    coupons_issued=6,
    handed_over=4,
    unroutable=3,
    dead_letters=1,
    ratings=3,
    ratings_sum=11,
    low_ratings=(LowRating("咪咪妈", "wm-mimi", "amei", 1, "等太久了，打13812345678也没人"),),
)
