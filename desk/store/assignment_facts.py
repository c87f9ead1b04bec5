"""The facts that assignment decides by, in two statements."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import column

from desk.assignment.model import Around, Place, Presence, Seen
from desk.customers.model import SHOP
from desk.kernel.money import Fen
from desk.ratings.model import FAIR
from desk.store.persons import person
from desk.store.schema import UNSOLVED, conversations, identities, inbox, ratings, tickets
from desk.store.schema_assignment import LET_GO, OFFERED, SURGING, presences, surges, ticket_offers
from desk.store.schema_shops import shop_orders
from desk.tickets.model import Ticket

_YEAR = timedelta(days=365)
_LATELY = timedelta(days=1)
_PLACE_FOR = timedelta(days=7)
"""Where somebody wrote from a week ago tells little of where they are."""


async def read_around(
    connection: AsyncConnection, ticket: Ticket, userids: Sequence[str], now: datetime
) -> Around:
    """What is known around a ticket, and of these members with regard to it."""
    row = (await connection.execute(_around(ticket, now))).one()
    members = await connection.execute(_members(ticket, userids, now))
    seen = {
        each.userid: Seen(
            presence=Presence(each.presence or Presence.ON_DUTY),
            load=each.load,
            served=each.served,
            complaints=each.complaints,
            lately=each.lately,
            gave_back=each.gave_back,
        )
        for each in members
    }
    return Around(
        value=Fen(row.value or 0),
        paid=Fen(row.paid or 0),
        place=_place(row.place),
        surge=row.surge,
        offers=row.offers,
        offered=row.offered,
        skill=row.skill or "",
        seen=seen,
    )


def _around(ticket: Ticket, now: datetime) -> Any:  # noqa: ANN401  a row of named columns
    value = select(func.max(shop_orders.c.payment)).where(
        shop_orders.c.shop == ticket.shop, shop_orders.c.number == ticket.order_no
    )
    its_own = ticket_offers.c.ticket_id == ticket.id
    offers = select(func.count()).select_from(ticket_offers).where(its_own)
    offered = select(ticket_offers.c.id).where(its_own, text(OFFERED)).exists()
    skill = select(ticket_offers.c.skill).where(its_own)
    skill = skill.order_by(ticket_offers.c.sequence.desc()).limit(1)
    surge = select(literal(1)).select_from(surges).where(text(SURGING)).exists()
    return select(
        value.scalar_subquery().label("value"),
        _paid(ticket, now).label("paid"),
        _written_from(ticket, now).label("place"),
        offers.scalar_subquery().label("offers"),
        offered.label("offered"),
        skill.scalar_subquery().label("skill"),
        surge.label("surge"),
    )


def _paid(ticket: Ticket, now: datetime) -> ColumnElement[Any]:
    """What the person paid in a year, in every shop where they are known."""
    if ticket.customer is None:
        return literal(0)
    return (
        select(func.sum(shop_orders.c.payment))
        .join(
            identities,
            # The shop out of the name, not the name out of the shop: so an index finds orders.
            (shop_orders.c.shop == func.substring(identities.c.namespace, len(SHOP) + 1))
            & (shop_orders.c.buyer == identities.c.value),
        )
        .where(
            identities.c.customer_id.in_(person(ticket.customer)),
            identities.c.namespace.startswith(SHOP),
            text("shop_orders.buyer <> ''"),
            shop_orders.c.created_at > now - _YEAR,
        )
        .scalar_subquery()
    )


def _written_from(ticket: Ticket, now: datetime) -> ColumnElement[Any]:
    """The last place that the customer sent in this conversation."""
    return (
        select(inbox.c.content)
        .join(conversations, conversations.c.id == inbox.c.conversation_id)
        .where(
            inbox.c.conversation_id == ticket.conversation,
            text("inbox.kind IN ('text', 'media')"),
            inbox.c.sent_at > now - _PLACE_FOR,
            inbox.c.content.op("->>")("kind") == "location",
        )
        .order_by(inbox.c.sent_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def _place(content: Any) -> Place | None:  # noqa: ANN401  JSON has no narrower type
    """Read it from what an inbox row holds; what a customer sent may be anything."""
    try:
        fields = content["fields"]["value"]
        place = Place(float(fields["latitude"]), float(fields["longitude"]))
    except (KeyError, TypeError, ValueError):
        return None
    return place if abs(place.latitude) <= 90 and abs(place.longitude) <= 180 else None


def _members(ticket: Ticket, userids: Sequence[str], now: datetime) -> Any:  # noqa: ANN401
    asked = func.unnest(bindparam("userids", list(userids), ARRAY(Text)))
    who = asked.table_valued(column("userid", Text)).render_derived().alias("who")
    userid = who.c.userid
    theirs = ticket_offers.c.userid == userid
    let_go = text(LET_GO)
    return select(
        userid,
        presences.c.state.label("presence"),
        (
            _count(tickets, tickets.c.owner == userid, text(UNSOLVED))
            + _count(ticket_offers, theirs, text("ticket_offers.state = 'asked'"))
        ).label("load"),
        _served(ticket, userid).label("served"),
        _complaints(ticket, userid).label("complaints"),
        _count(ticket_offers, theirs, let_go, ticket_offers.c.settled_at > now - _LATELY).label(
            "lately"
        ),
        (_count(ticket_offers, theirs, let_go, ticket_offers.c.ticket_id == ticket.id) > 0).label(
            "gave_back"
        ),
    ).select_from(who.outerjoin(presences, presences.c.userid == userid))


def _served(ticket: Ticket, userid: ColumnElement[str]) -> ColumnElement[int]:
    if ticket.customer is None:
        return literal(0)
    theirs = tickets.c.customer_id.in_(person(ticket.customer))
    return _count(tickets, theirs, tickets.c.owner == userid, tickets.c.id != ticket.id)


def _complaints(ticket: Ticket, userid: ColumnElement[str]) -> ColumnElement[int]:
    """How often this customer was dissatisfied with them: bad ratings."""
    if ticket.customer is None:
        return literal(0)
    talks = select(conversations.c.id).where(
        conversations.c.customer_id.in_(person(ticket.customer))
    )
    theirs = ratings.c.conversation_id.in_(talks)
    return _count(ratings, theirs, func.lower(ratings.c.servicer) == userid, ratings.c.score < FAIR)


def _count(table: Any, *where: Any) -> ColumnElement[int]:  # noqa: ANN401  what select takes
    return select(func.count()).select_from(table).where(*where).scalar_subquery()
