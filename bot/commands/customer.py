"""/customer: who somebody is, what they bought, what is open for them, who else they may be."""

from collections.abc import Sequence
from datetime import timedelta

from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.commands.customer_kin import KIN_VERBS
from bot.commands.customer_known import known_of, purchases_of, suggested
from bot.commands.customer_leader import is_leading, leading
from bot.commands.customer_timeline import is_timeline, timeline
from bot.commands.find import find_customer, shop_name
from bot.commands.leaders import served_by
from bot.commands.order import status
from desk.commands import Outcome
from desk.coupons.model import Grant
from desk.customers.model import Customer
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.shops.port import Order
from desk.tickets.cards import called, kind_phrase
from desk.tickets.model import Ticket

_LOOK_BACK = timedelta(days=90)
_SHOWN = 5
_TICKETS_READ = 20


async def run(call: Call, desk: Desk) -> Outcome:
    """Do what the first word says, tell the timeline, or show the customer."""
    if not call.words:
        raise Misused(phrase("cmd.customer.which"))
    verb = KIN_VERBS.get(call.words[0].lower())
    if verb is not None and len(call.words) > 1:
        return await verb(call, desk)
    if is_timeline(call.words):
        return await timeline(call, desk)
    if is_leading(call.words):
        return await leading(call, desk)
    return await _card(call, desk)


async def _card(call: Call, desk: Desk) -> Outcome:
    customer = (await find_customer(call.rest(0), call, desk)).customer
    tickets = await desk.tickets.of_customer(customer.id, _TICKETS_READ)
    grants = await desk.grants.of_customer(customer.id)
    open_ones = [each for each in tickets if not each.state.ended]
    viewed = customer.viewed[:1]
    return answer(
        phrase(
            "cmd.customer.card",
            name=called(customer.nickname),
            id=customer.external_userid,
            links=(
                *await _leads(customer, desk),
                *(known_of(customer, call, desk) or (phrase("cmd.customer.no_links"),)),
            ),
            purchases=await purchases_of(customer, desk),
            suggestions=await suggested(customer, desk),
            viewed=tuple(phrase("cmd.customer.viewed", title=v.title, at=v.at) for v in viewed),
            orders=await _orders(customer, call, desk),
            tickets=_some("cmd.customer.no_tickets", [_ticket(each) for each in open_ones]),
            coupons=_some("cmd.customer.no_coupons", [_coupon(each, desk) for each in grants]),
        )
    )


async def _leads(customer: Customer, desk: Desk) -> tuple[Phrase, ...]:
    leader = await desk.leaders.of(customer.id)
    return (phrase("leader.is", warehouse=served_by(leader, desk)),) if leader else ()


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
