"""What a customer reads when something is back, and the task of a colleague who shall tell."""

from collections.abc import Sequence

from actions.naming import called
from actions.offer import fitting
from bot.wishes.choosing import Handed
from desk.coupons.model import CouponPolicy
from desk.coupons.wording import terms
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.money import Fen
from desk.shops.port import ItemId
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, TicketKind
from desk.wishes.firing import Met
from desk.wishes.model import Wish

LISTED = 6
"""So many customers stand in one ticket, so that all are read on its card (512 bytes)."""


def news(met: Met, shop: str, link: str, policies: Sequence[CouponPolicy]) -> Say:
    """It is back: what, where, how many, for how much, and where to buy it."""
    price = Fen(min(sku.price for sku in met.skus))
    told = phrase(
        "restock.back",
        what=what_of(met.wish),
        shop=shop,
        count=met.pieces,
        price=price,
        link=link,
        coupon=_coupon(policies, met.skus[0].item.shop, price),
    )
    return Say(told)


def what_of(wish: Wish) -> str:
    """The product and the kind, in a few words."""
    return " ".join((called(wish.title), *wish.wanted))


def batches(handed: Sequence[Handed]) -> list[Sequence[Handed]]:
    """The customers of one ticket each."""
    return [handed[at : at + LISTED] for at in range(0, len(handed), LISTED)]


def task(item: ItemId, shop: str, handed: Sequence[Handed]) -> OpenTicket:
    """The ticket of the colleague who shall tell these customers (at least one)."""
    title = called(handed[0].met.wish.title)
    names = "、".join(map(_name, handed))
    summary = (
        f"到货转告：{title}（{shop}）有货了。系统现在不能给这{len(handed)}位等货的顾客发消息，"
        f"请您转告：{names}"
    )
    return OpenTicket(
        kind=TicketKind.CONSULT,
        priority=Priority.NORMAL,
        summary=summary,
        customer=None,
        conversation=None,
        shop=item.shop,
    )


def _name(handed: Handed) -> str:
    wanted = " ".join(handed.met.wish.wanted) or "不限规格"
    return f"{handed.name}（{wanted}）"


def _coupon(policies: Sequence[CouponPolicy], shop: str, price: Fen) -> Phrase | str:
    """A coupon that the price reaches and that everybody can take by themselves."""
    for policy in fitting(policies, "stock_answer", (shop,), price):
        if policy.threshold <= price and policy.link:
            return phrase(
                "restock.coupon", title=policy.title, terms=terms(policy), link=policy.link
            )
    return ""
