"""/order: an order of any shop, its products, refunds and parcels."""

from bot.commands.base import Call, Misused, SlashCommand, answer
from bot.commands.product import reached
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.kernel.roles import Role
from desk.shops.answers import Answer
from desk.shops.port import Order, OrderLine, Parcel, Refund
from desk.tickets.cards import called


async def run(call: Call, desk: Desk) -> Outcome:
    """Answer with everything that shop and carrier tell."""
    if not call.words:
        raise Misused(phrase("cmd.order.which"))
    number = call.words[0].upper()
    found = await desk.shops.order(number)
    if found.value is None:
        key = "cmd.order.none" if found.is_known else "cmd.order.none_some_silent"
        return answer(Phrase(key, {"number": number, "shop": found.shop_name}))
    order = found.value
    parcels = await desk.shops.parcels(order)
    return answer(
        phrase(
            "cmd.order.card",
            shop=found.shop_name,
            number=order.number,
            status=status(order),
            reached=reached(found),
            payment=order.payment,
            created=order.created_at,
            lines=tuple(_line(each) for each in order.lines),
            refunds=tuple(_refund(each) for each in order.refunds),
            parcels=_parcels(parcels),
            tags=await _tags(desk, order),
            consult=await _consult(desk, order),
        )
    )


async def _tags(desk: Desk, order: Order) -> Phrase | str:
    booked = await desk.book.booked(order.shop, order.number)
    tags = tuple(dict.fromkeys((*(booked.tags if booked else ()), *order.marks)))
    return phrase("cmd.order.tags", tags="、".join(tags)) if tags else ""


async def _consult(desk: Desk, order: Order) -> Phrase | str:
    consult = await desk.sync.consult_of(order.shop, order.number)
    if consult is None:
        return ""
    customer = await desk.customers.get(consult.customer)
    name = called(customer.nickname) if customer else ""
    return phrase("cmd.order.consult", name=name, title=consult.title, at=consult.asked_at)


def status(order: Order) -> Phrase:
    """What an order's status is called."""
    return Phrase(f"order.status.{order.status}")


def _line(line: OrderLine) -> Phrase:
    name = " ".join(value for _, value in line.properties)
    title = f"{line.title} {name}".rstrip()
    return phrase("cmd.order.line", title=title, count=line.quantity, price=line.price)


def _refund(refund: Refund) -> Phrase:
    called = Phrase(f"refund.status.{refund.status}")
    return phrase("cmd.order.refund", amount=refund.amount, status=called, at=refund.updated_at)


def _parcels(answered: Answer[tuple[Parcel, ...]]) -> tuple[Phrase, ...]:
    if answered.value is None:
        return (phrase("cmd.order.parcels_silent", why=reached(answered)),)
    return tuple(_parcel(each) for each in answered.value)


def _parcel(parcel: Parcel) -> Phrase:
    last = parcel.scans[0] if parcel.scans else None
    scan = phrase("cmd.order.scan", at=last.at, text=last.text) if last else ""
    return phrase(
        "cmd.order.parcel",
        carrier=parcel.carrier,
        number=parcel.tracking_no,
        status=Phrase(f"parcel.status.{parcel.status}"),
        scan=scan,
    )


COMMAND = SlashCommand(
    name="order",
    aliases=("订单", "查单"),
    summary="cmd.order.summary",
    usage="cmd.order.usage",
    least=Role.AGENT,
    run=run,
)
