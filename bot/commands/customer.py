"""/customer: who somebody is, what they bought, what is open for them."""

from collections.abc import Sequence
from datetime import timedelta

from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.commands.find import find_customer
from bot.commands.order import status
from desk.commands import Outcome
from desk.coupons.model import Grant
from desk.customers.model import Customer, Link
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.shops.port import Order
from desk.tickets.cards import called, kind_phrase
from desk.tickets.model import Ticket, TicketState

_LOOK_BACK = timedelta(days=90)
_SHOWN = 5
_TICKETS_READ = 20


async def run(call: Call, desk: Desk) -> Outcome:
    """Answer with links, last orders, open tickets and coupons."""
    if not call.words:
        raise Misused(phrase("cmd.customer.which"))
    customer = (await find_customer(call.rest(0), call, desk)).customer
    tickets = await desk.tickets.of_customer(customer.id, _TICKETS_READ)
    grants = await desk.grants.of_customer(customer.id)
    open_ones = [each for each in tickets if each.state is not TicketState.SOLVED]
    viewed = customer.viewed[:1]
    return answer(
        phrase(
            "cmd.customer.card",
            name=called(customer.nickname),
            id=customer.external_userid,
            links=_links(customer, desk),
            viewed=tuple(phrase("cmd.customer.viewed", title=v.title, at=v.at) for v in viewed),
            orders=await _orders(customer, call, desk),
            tickets=_some("cmd.customer.no_tickets", [_ticket(each) for each in open_ones]),
            coupons=_some("cmd.customer.no_coupons", [_coupon(each, desk) for each in grants]),
        )
    )


def shop_name(shop: str, desk: Desk) -> str:
    """What people call a shop."""
    known = desk.shops.shop(shop)
    return known.name if known else shop


def _links(customer: Customer, desk: Desk) -> tuple[Phrase, ...]:
    linked = [_link(each, desk) for each in customer.links]
    proven = [
        phrase("cmd.customer.proven", shop=shop_name(each.shop, desk), number=each.order_no)
        for each in customer.proven_orders[:_SHOWN]
    ]
    return _some("cmd.customer.no_links", [*linked, *proven])


def _link(link: Link, desk: Desk) -> Phrase:
    return phrase(
        "cmd.customer.link",
        shop=shop_name(link.buyer.shop, desk),
        evidence=Phrase(f"customer.evidence.{link.evidence}"),
        at=link.linked_at,
    )


async def _orders(customer: Customer, call: Call, desk: Desk) -> tuple[Phrase, ...]:
    answers = await desk.shops.orders_of(customer.buyers, call.now - _LOOK_BACK)
    orders = [order for each in answers for order in each.value or ()]
    orders.sort(key=lambda order: order.created_at, reverse=True)
    silent = [
        phrase("cmd.customer.orders_silent", shop=each.shop_name)
        for each in answers
        if each.value is None and not each.is_known
    ]
    shown = [_order(each, desk) for each in orders[:_SHOWN]]
    return _some("cmd.customer.no_orders", [*shown, *silent])


def _order(order: Order, desk: Desk) -> Phrase:
    return phrase(
        "cmd.customer.order",
        shop=shop_name(order.shop, desk),
        number=order.number,
        title=order.lines[0].title if order.lines else "",
        status=status(order),
        at=order.created_at,
    )


def _ticket(ticket: Ticket) -> Phrase:
    return phrase(
        "cmd.customer.ticket", number=ticket.number, kind=kind_phrase(ticket), due=ticket.due_at
    )


def _coupon(grant: Grant, desk: Desk) -> Phrase:
    titles = {policy.id: policy.title for policy in desk.policies}
    return phrase(
        "cmd.customer.coupon",
        title=titles.get(grant.policy, grant.policy),
        state=Phrase(f"coupon.state.{grant.state}"),
        at=grant.asked_at,
    )


def _some(otherwise: str, lines: Sequence[Phrase]) -> tuple[Phrase, ...]:
    return tuple(lines[:_SHOWN]) or (Phrase(otherwise),)


COMMAND = SlashCommand(
    name="customer",
    aliases=("顾客", "客户"),
    summary="cmd.customer.summary",
    usage="cmd.customer.usage",
    least=Role.AGENT,
    run=run,
)
