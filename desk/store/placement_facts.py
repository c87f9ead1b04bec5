"""What is known when a ticket is placed: words, place, order, focus, what was paid, who leads."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.money import Fen
from desk.routing.placed import Known
from desk.shops.port import ItemId, Order, read_item
from desk.shops.stored import Codec
from desk.store.assignment_facts import (
    PLACE_FOR,
    YEAR,
    paid_in_a_year,
    read_place,
    written_from,
)
from desk.store.codecs import UNREADABLE, read_dialogue
from desk.store.columns import AT
from desk.store.persons import person
from desk.store.schema import SAID, conversations, inbox
from desk.store.schema_places import LEADS, group_leaders
from desk.store.schema_shops import shop_orders
from desk.store.schema_tickets import tickets
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind

_ORDER = Codec(Order)
Goods = tuple[tuple[str, ...], tuple[ItemId, ...]]
"""Titles and items."""
_WORDS_FOR = timedelta(minutes=30)
"""A store that was named longer ago is another matter."""
_FOCUS_FOR = timedelta(hours=2)
_VISIT_FOR = timedelta(days=30)
_MOST_WORDS = 10
_CONVERSATION = bindparam("conversation", type_=Uuid())

_SAID = (
    select(inbox.c.content)
    .where(
        inbox.c.conversation_id == _CONVERSATION,
        text(SAID),
        inbox.c.sent_at > bindparam("since", type_=AT),
    )
    .order_by(inbox.c.sent_at.desc(), inbox.c.sequence.desc())
    .limit(_MOST_WORDS)
)


def _known() -> Any:  # noqa: ANN401  a row of named columns
    order = select(shop_orders.c.content).where(
        shop_orders.c.shop == bindparam("shop", type_=Text()),
        shop_orders.c.number == bindparam("order_no", type_=Text()),
    )
    dialogue = select(conversations.c.dialogue).where(conversations.c.id == _CONVERSATION)
    leads = select(group_leaders.c.warehouse).where(
        group_leaders.c.customer_id.in_(person(bindparam("customer", type_=Uuid()))), text(LEADS)
    )
    newest = leads.order_by(group_leaders.c.marked_at.desc()).limit(1)
    visits = select(tickets.c.store).where(
        tickets.c.customer_id.in_(person(bindparam("customer", type_=Uuid()))),
        tickets.c.kind == TicketKind.APPOINTMENT.value,
        tickets.c.store != "",
        tickets.c.opened_at > bindparam("visited_since", type_=AT),
    )
    last_visit = visits.order_by(tickets.c.opened_at.desc()).limit(1)
    return select(
        paid_in_a_year().label("paid"),
        written_from().label("place"),
        order.scalar_subquery().label("bought"),
        dialogue.scalar_subquery().label("dialogue"),
        newest.scalar_subquery().label("warehouse"),
        last_visit.scalar_subquery().label("visited"),
    )


_KNOWN = _known()
"""Made once: putting it together costs more than asking."""


async def read_known(connection: AsyncConnection, asked: OpenTicket, now: datetime) -> Known:
    """What is known of customer, order and place when a ticket is opened."""
    about = {
        "customer": asked.customer,
        "conversation": asked.conversation,
        "shop": asked.shop,
        "order_no": asked.order_no,
        "year": now - YEAR,
        "place_since": now - PLACE_FOR,
        "visited_since": now - _VISIT_FOR,
    }
    row = (await connection.execute(_KNOWN, about)).one()
    bought = _bought(row.bought) or _talked_of(asked, row.dialogue, now)
    return Known(
        words=await _words(connection, asked, now),
        place=read_place(row.place),
        paid=Fen(row.paid or 0),
        titles=bought[0],
        items=bought[1],
        leader=row.warehouse is not None,
        warehouse=row.warehouse or "",
        visited=row.visited or "",
    )


async def _words(connection: AsyncConnection, asked: OpenTicket, now: datetime) -> tuple[str, ...]:
    if asked.conversation is None:
        return ()
    about = {"conversation": asked.conversation, "since": now - _WORDS_FOR}
    found = await connection.scalars(_SAID, about)
    texts = (each.get("text") for each in found if isinstance(each, dict))
    return tuple(each for each in texts if isinstance(each, str) and each)


def _bought(content: Any) -> Goods | None:  # noqa: ANN401  JSON has no narrower type
    """Titles and items of an order; what cannot be read any more is as if it were not there."""
    try:
        lines = _ORDER.read(content).lines
    except UNREADABLE:
        return None
    return tuple(each.title for each in lines), tuple(each.item for each in lines)


def _talked_of(
    asked: OpenTicket,
    dialogue: Any,  # noqa: ANN401  JSON has no narrower type
    now: datetime,
) -> Goods:
    """The product that is talked about; of an order that is not in the book, the summary tells."""
    if asked.order_no:
        return (asked.summary,), ()
    if dialogue is None:
        return (), ()
    kept = read_dialogue(dialogue)
    if kept.focus_at is None or kept.focus_at < now - _FOCUS_FOR:
        return (), ()
    title, item = kept.focus.get("product", ""), kept.focus.get("item", "")
    return (title,) if title else (), (read_item(item),) if item else ()
