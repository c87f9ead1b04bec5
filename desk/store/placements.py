"""What tickets are placed by, and where they were put."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.ids import TicketId
from desk.kernel.money import Fen
from desk.routing.placed import By, Found, Known, Placed
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
from desk.store.readers import Reading
from desk.store.schema import SAID, conversations, inbox
from desk.store.schema_places import LEADS, group_leaders, ticket_placements
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
_THINGS = ("store", "region", "goods", "warehouse")
_OTHERS = ("tier", "route", "line", "lane", "skill", "leader")
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


def _keep() -> Any:  # noqa: ANN401  an insert
    new = insert(ticket_placements)
    changed = [each.name for each in ticket_placements.c if each.name != "ticket_id"]
    return new.on_conflict_do_update(
        index_elements=["ticket_id"], set_={name: new.excluded[name] for name in changed}
    )


_KNOWN, _KEEP = _known(), _keep()
"""Made once: putting them together costs more than asking."""
_ITS_OWN = select(ticket_placements).where(
    ticket_placements.c.ticket_id == bindparam("ticket", type_=Uuid())
)


class StoredPlacements:
    """Implements `desk.routing.ports.PlacementStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self, asked: OpenTicket, now: datetime) -> Known:
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
        row = (await self._connection.execute(_KNOWN, about)).one()
        bought = _bought(row.bought) or _talked_of(asked, row.dialogue, now)
        return Known(
            words=await self._words(asked, now),
            place=read_place(row.place),
            paid=Fen(row.paid or 0),
            titles=bought[0],
            items=bought[1],
            leader=row.warehouse is not None,
            warehouse=row.warehouse or "",
            visited=row.visited or "",
        )

    async def keep(self, ticket: TicketId, placed: Placed, now: datetime) -> None:
        """Write down where a ticket was put; what was written before is replaced."""
        found: dict[str, object] = {"ticket_id": ticket, "placed_at": now}
        for thing in _THINGS:
            one: Found = getattr(placed, thing)
            found |= {
                thing: one.value,
                f"{thing}_by": one.by.value,
                f"{thing}_km": one.km,
                f"{thing}_word": one.word,
            }
        others = {name: getattr(placed, name) for name in _OTHERS}
        await self._connection.execute(_KEEP, found | others)

    async def of(self, ticket: TicketId) -> Placed | None:
        """Where a ticket was put when it was opened; None where nothing decided about it."""
        row = (await self._connection.execute(_ITS_OWN, {"ticket": ticket})).one_or_none()
        return None if row is None else _placed(row._mapping)

    async def _words(self, asked: OpenTicket, now: datetime) -> tuple[str, ...]:
        if asked.conversation is None:
            return ()
        about = {"conversation": asked.conversation, "since": now - _WORDS_FOR}
        found = await self._connection.scalars(_SAID, about)
        texts = (each.get("text") for each in found if isinstance(each, dict))
        return tuple(each for each in texts if isinstance(each, str) and each)


class Placements:
    """Implements `desk.routing.ports.PlacementReader`, each question on its own connection."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def of(self, ticket: TicketId) -> Placed | None:
        """Where a ticket was put when it was opened; None where nothing decided about it."""
        async with self._reading() as connection:
            return await StoredPlacements(connection).of(ticket)


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


def _placed(row: Any) -> Placed:  # noqa: ANN401  a row of named columns
    return Placed(
        store=_found(row, "store"),
        region=_found(row, "region"),
        goods=_found(row, "goods"),
        warehouse=_found(row, "warehouse"),
        **{name: row[name] for name in _OTHERS},
    )


def _found(row: Any, thing: str) -> Found:  # noqa: ANN401  a row of named columns
    return Found(row[thing], By(row[f"{thing}_by"]), row[f"{thing}_km"], row[f"{thing}_word"])
