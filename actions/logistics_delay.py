"""快递不动了: what is known of the parcel, an urgent ticket, and a coupon to make up for it."""

from collections.abc import Sequence

from actions.arrivals import still_travelling
from actions.asking import go, to_person
from actions.buyers import known_buyers
from actions.logistics_query import by_tracking_no
from actions.offer import offer
from actions.order_states import sent, waits_for_shipping
from actions.order_status import order_answer
from actions.own_order import Mine, Unnamed, order_or_none
from actions.parcels import all_arrived, last_news, quiet_for, whereabouts
from actions.tickets import Plan, about_order, noted, open_ticket
from actions.urge_order import urge
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.clock import SHANGHAI
from desk.kernel.messages import Phrase, Say, phrase
from desk.shops.port import Order, Parcel
from desk.tickets.model import Priority, TicketKind
from desk.turns import Action, Turn

PLAN = Plan(TicketKind.LOGISTICS, Priority.URGENT, "delay.noted", "物流延迟，催快递公司并回复顾客")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Tell what is known, have a person see to it, make up for it."""
    tracked = await by_tracking_no(turn, desk)
    likely = await still_travelling(turn, desk)
    found = tracked or await order_or_none(turn, desk, likely)
    match found:
        case Outcome():
            return found
        case Unnamed():
            kept = noted(turn, PLAN, None)
            return Outcome(kept.say, (*found.do, *kept.do))
        case Mine(order) if waits_for_shipping(order):
            urged = urge(turn, found)
            return Outcome(urged.say, (*found.do, *urged.do))
        case Mine(order) if not sent(order):
            return Outcome((Say(await order_answer(found, desk)),), found.do)
    return await _late(turn, desk, found)


async def _late(turn: Turn, desk: Desk, found: Mine) -> Outcome:
    order = found.order
    answer = await desk.shops.parcels(order)
    parcels = answer.value or ()
    about, where = about_order(order), whereabouts(order, answer)
    if all_arrived(parcels):
        said = phrase("delay.arrived", about=about, where=where)
        return Outcome((Say(said, (go("parcel_missing"), to_person())),), found.do)
    said = phrase("delay.answer", about=about, where=where, quiet=_quiet(turn, parcels))
    ticket = open_ticket(turn, PLAN, order, _fact(parcels), asks=False)
    sorry = await _make_up(turn, desk, order)
    return Outcome((Say(said), *sorry.say), (*found.do, ticket, *sorry.do))


def _quiet(turn: Turn, parcels: Sequence[Parcel]) -> Phrase:
    news = last_news(parcels)
    return quiet_for(news.at if news else None, turn.now)


def _fact(parcels: Sequence[Parcel]) -> str:
    """The last scan, for the agent who calls the carrier."""
    news = last_news(parcels)
    numbers = "、".join(f"{each.carrier} {each.tracking_no}".strip() for each in parcels)
    if news is None:
        return numbers
    return f"{numbers}，最后轨迹 {news.at.astimezone(SHANGHAI):%m-%d %H:%M} {news.text[:60]}"


async def _make_up(turn: Turn, desk: Desk, order: Order) -> Outcome:
    known = await known_buyers(turn, desk)
    shops = tuple(dict.fromkeys((order.shop, *(buyer.shop for buyer in known.buyers))))
    subject = f"delay:{order.number}"
    return await offer(
        turn, desk, "logistics_delay", shops, order.payment, subject, proven=order.buyer
    )


action = Action(intent="logistics_delay", run=run)
