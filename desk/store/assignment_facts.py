"""The facts that assignment decides by, in two statements."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, Text, TextClause, Uuid, bindparam, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement, FromClause
from sqlalchemy.sql.expression import column

from desk.assignment.model import Around, Presence, Seen
from desk.customers.model import SHOP
from desk.kernel.money import Fen
from desk.kernel.places import Place
from desk.ratings.model import FAIR
from desk.store.columns import AT
from desk.store.persons import person
from desk.store.schema import conversations, identities, inbox, ratings
from desk.store.schema_assignment import LET_GO, OFFERED, SURGING, presences, surges, ticket_offers
from desk.store.schema_shops import shop_orders
from desk.store.schema_tickets import UNSOLVED, tickets
from desk.tickets.model import Ticket

YEAR = timedelta(days=365)
_LATELY = timedelta(days=1)
PLACE_FOR = timedelta(days=7)
"""Where somebody wrote from a week ago tells little of where they are."""
_TICKET = bindparam("ticket", type_=Uuid())
_CUSTOMER = bindparam("customer", type_=Uuid())
_CONVERSATION = bindparam("conversation", type_=Uuid())
_SHOP, _ORDER_NO = bindparam("shop", type_=Text()), bindparam("order_no", type_=Text())
_EVERYBODY = bindparam("userids", type_=ARRAY(Text))


async def read_around(
    connection: AsyncConnection, ticket: Ticket, userids: Sequence[str], now: datetime
) -> Around:
    """What is known around a ticket, and of these members with regard to it."""
    known = {
        "ticket": ticket.id,
        "shop": ticket.shop,
        "order_no": ticket.order_no,
        "customer": ticket.customer,
        "conversation": ticket.conversation,
        "year": now - YEAR,
        "place_since": now - PLACE_FOR,
        "lately": now - _LATELY,
        "userids": list(userids),
    }
    row = (await connection.execute(_AROUND, known)).one()
    members = await connection.execute(_MEMBERS, known)
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
        place=read_place(row.place),
        surge=row.surge,
        offers=row.offers,
        offered=row.offered,
        skill=row.skill or "",
        seen=seen,
    )


def read_place(content: Any) -> Place | None:  # noqa: ANN401  JSON has no narrower type
    """Read it from what an inbox row holds; what a customer sent may be anything."""
    try:
        fields = content["fields"]["value"]
        place = Place(float(fields["latitude"]), float(fields["longitude"]))
    except (KeyError, TypeError, ValueError):
        return None
    return place if abs(place.latitude) <= 90 and abs(place.longitude) <= 180 else None


def _around() -> Any:  # noqa: ANN401  a row of named columns
    value = select(func.max(shop_orders.c.payment)).where(
        shop_orders.c.shop == _SHOP, shop_orders.c.number == _ORDER_NO
    )
    its_own = ticket_offers.c.ticket_id == _TICKET
    offers = select(func.count()).select_from(ticket_offers).where(its_own)
    offered = select(ticket_offers.c.id).where(its_own, text(OFFERED)).exists()
    skill = select(ticket_offers.c.skill).where(its_own)
    skill = skill.order_by(ticket_offers.c.sequence.desc()).limit(1)
    surge = select(literal(1)).select_from(surges).where(text(SURGING)).exists()
    return select(
        value.scalar_subquery().label("value"),
        paid_in_a_year().label("paid"),
        written_from().label("place"),
        offers.scalar_subquery().label("offers"),
        offered.label("offered"),
        skill.scalar_subquery().label("skill"),
        surge.label("surge"),
    )


def paid_in_a_year() -> ColumnElement[Any]:
    """What the person (`customer`) paid since `year`, in every shop where they are known."""
    return (
        select(func.sum(shop_orders.c.payment))
        .join(
            identities,
            # The shop out of the name, not the name out of the shop: so an index finds orders.
            (shop_orders.c.shop == func.substring(identities.c.namespace, len(SHOP) + 1))
            & (shop_orders.c.buyer == identities.c.value),
        )
        .where(
            identities.c.customer_id.in_(person(_CUSTOMER)),
            identities.c.namespace.startswith(SHOP),
            text("shop_orders.buyer <> ''"),
            shop_orders.c.created_at > bindparam("year", type_=AT),
        )
        .scalar_subquery()
    )


def written_from() -> ColumnElement[Any]:
    """The last place that the customer sent in a `conversation` since `place_since`."""
    return (
        select(inbox.c.content)
        .join(conversations, conversations.c.id == inbox.c.conversation_id)
        .where(
            inbox.c.conversation_id == _CONVERSATION,
            text("inbox.kind IN ('text', 'media')"),
            inbox.c.sent_at > bindparam("place_since", type_=AT),
            inbox.c.content.op("->>")("kind") == "location",
        )
        .order_by(inbox.c.sent_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def _members() -> Any:  # noqa: ANN401  a row of named columns
    """A row for each member; every fact is counted for all of them at once."""
    asked = func.unnest(_EVERYBODY).table_valued(column("userid", Text)).render_derived()
    who = asked.alias("who")
    owner, theirs = tickets.c.owner, ticket_offers.c.userid
    owned = _counted(owner, owner == func.any(_EVERYBODY), text(UNSOLVED))
    open_ones = text("ticket_offers.state = 'asked'")
    put_before = _counted(theirs, theirs == func.any(_EVERYBODY), open_ones)
    recent = ticket_offers.c.settled_at > bindparam("lately", type_=AT)
    lately = _counted(theirs, theirs == func.any(_EVERYBODY), text(LET_GO), recent)
    gave_back = _counted(theirs, ticket_offers.c.ticket_id == _TICKET, text(LET_GO))
    facts = (owned, put_before, lately, gave_back, served := _served(), complaints := _complaints())
    joined = who.outerjoin(presences, presences.c.userid == who.c.userid)
    for each in facts:
        joined = joined.outerjoin(each, each.c.userid == who.c.userid)
    return select(
        who.c.userid,
        presences.c.state.label("presence"),
        (_none_is_0(owned) + _none_is_0(put_before)).label("load"),
        _none_is_0(lately).label("lately"),
        (_none_is_0(gave_back) > 0).label("gave_back"),
        _none_is_0(served).label("served"),
        _none_is_0(complaints).label("complaints"),
    ).select_from(joined)


def _served() -> FromClause:
    """How many tickets of this customer each has or had."""
    mine = tickets.c.customer_id.in_(person(_CUSTOMER))
    return _counted(tickets.c.owner, mine, tickets.c.id != _TICKET, tickets.c.owner != "")


def _complaints() -> FromClause:
    """How often this customer was dissatisfied with each: bad ratings."""
    talks = select(conversations.c.id).where(conversations.c.customer_id.in_(person(_CUSTOMER)))
    bad = ratings.c.score < FAIR
    return _counted(func.lower(ratings.c.servicer), ratings.c.conversation_id.in_(talks), bad)


def _counted(userid: ColumnElement[str], *where: ColumnElement[bool] | TextClause) -> FromClause:
    """Rows that fit, counted by member."""
    counted = select(userid.label("userid"), func.count().label("count")).where(*where)
    return counted.group_by(userid).subquery()


def _none_is_0(counted: FromClause) -> ColumnElement[int]:
    return func.coalesce(counted.c.count, 0)


_AROUND, _MEMBERS = _around(), _members()
"""Made once: putting them together costs more than asking."""
