"""The figures of a span of time, out of what is stored."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Float, Row, Select, and_, distinct, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.customers.model import EXTERNAL_USERID
from desk.insights.model import DigestFigures, LowRating
from desk.ratings.model import LOW
from desk.store.columns import Words
from desk.store.schema import (
    FROM_CUSTOMER,
    conversations,
    customers,
    grants,
    identities,
    inbox,
    outbox,
    ratings,
    turns,
)
from desk.store.schema_tickets import tickets
from desk.store.tickets import ticket_of
from desk.tickets.model import Ticket, TicketState

_ENDED = tuple(each.value for each in TicketState if each.ended)
_NOT_UNDERSTOOD = ("unsure", "none")
"""Sources of turns in which nobody could tell what the customer meant."""


class StoredInsights:
    """Implements `desk.insights.ports.InsightReader`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def figures(
        self, since: datetime, until: datetime, late_after: timedelta
    ) -> DigestFigures:
        """The figures of a span; `overdue` and `dead_letters` are as of `until`."""
        heard = await self._row(_heard(since, until))
        answers = await self._row(_answers(since, until, late_after))
        happened = await self._row(_happened(since, until))
        rated = await self._row(_rated(since, until))
        return DigestFigures(
            since=since,
            until=until,
            messages=heard.messages,
            customers=heard.customers,
            by_intent=await self._counted(_by_intent(since, until)),
            not_understood=heard.not_understood,
            first_response_median=answers.median,
            first_response_worst=answers.worst,
            answered_late=answers.late,
            tickets_opened=happened.opened,
            tickets_solved=happened.solved,
            overdue=await self._overdue(until),
            missing_products=await self._counted(_missing(since, until)),
            coupons_issued=happened.issued,
            handed_over=happened.handed_over,
            unroutable=happened.unroutable,
            dead_letters=happened.dead_in + happened.dead_out,
            ratings=rated.given,
            ratings_sum=rated.total or 0,
            low_ratings=await self._low_ratings(since, until),
        )

    async def _row(self, query: Select[Any]) -> Row[Any]:
        return (await self._connection.execute(query)).one()

    async def _counted(self, query: Select[Any]) -> tuple[tuple[str, int], ...]:
        found: Sequence[Row[Any]] = (await self._connection.execute(query)).all()
        return tuple((row[0], row[1]) for row in found)

    async def _low_ratings(self, since: datetime, until: datetime) -> tuple[LowRating, ...]:
        found = await self._connection.execute(
            select(
                customers.c.nickname,
                identities.c.value,
                ratings.c.servicer,
                ratings.c.score,
                ratings.c.words,
            )
            .select_from(ratings.join(customers).join(identities))
            .where(
                identities.c.namespace == EXTERNAL_USERID,
                _rated_within(since, until),
                ratings.c.score <= LOW,
            )
            .order_by(ratings.c.rated_at.desc())
        )
        return tuple(LowRating(*row) for row in found)

    async def _overdue(self, until: datetime) -> tuple[Ticket, ...]:
        found = await self._connection.execute(
            select(tickets)
            .where(
                tickets.c.due_at <= until,
                tickets.c.opened_at < until,
                or_(
                    tickets.c.state.not_in(_ENDED),
                    tickets.c.solved_at >= until,
                ),
            )
            .order_by(tickets.c.due_at, tickets.c.number)
        )
        return tuple(ticket_of(row) for row in found)


def _said(since: datetime, until: datetime) -> Any:  # noqa: ANN401  an SQL condition
    """What customers said in the span; history from before the house opened is left out."""
    return and_(text(FROM_CUSTOMER), inbox.c.sent_at >= since, inbox.c.sent_at < until)


def _heard(since: datetime, until: datetime) -> Select[Any]:
    unclear = turns.c.source.in_(_NOT_UNDERSTOOD)
    return (
        select(
            func.count().label("messages"),
            func.count(distinct(conversations.c.customer_id)).label("customers"),
            func.count().filter(unclear).label("not_understood"),
        )
        .select_from(inbox.join(conversations).outerjoin(turns))
        .where(_said(since, until))
    )


def _by_intent(since: datetime, until: datetime) -> Select[Any]:
    count = func.count()
    return (
        select(turns.c.intent, count)
        .select_from(turns.join(inbox))
        .where(_said(since, until), turns.c.source.not_in(_NOT_UNDERSTOOD))
        .group_by(turns.c.intent)
        .order_by(count.desc(), turns.c.intent)
    )


def _missing(since: datetime, until: datetime) -> Select[Any]:
    title = func.unnest(turns.c.missing, type_=Words).label("title")
    asked = select(title).select_from(turns.join(inbox)).where(_said(since, until)).subquery()
    count = func.count()
    return (
        select(asked.c.title, count).group_by(asked.c.title).order_by(count.desc(), asked.c.title)
    )


def _answers(since: datetime, until: datetime, late_after: timedelta) -> Select[Any]:
    """How long customers waited for the first reply to what they said, where one went out."""
    first = (
        select((func.min(outbox.c.finished_at) - inbox.c.sent_at).label("waited"))
        .select_from(inbox.join(outbox, outbox.c.cause == inbox.c.id))
        .where(
            _said(since, until),
            outbox.c.state == "sent",
            outbox.c.kind.in_(("say", "welcome")),
        )
        .group_by(inbox.c.id)
        .subquery()
    )
    # WeCom tells whole seconds, so that an answer can seem to come before its question.
    waited = func.greatest(first.c.waited, literal(timedelta()))
    return select(
        func.percentile_cont(literal(0.5, Float)).within_group(waited).label("median"),
        func.max(waited).label("worst"),
        func.count().filter(waited > literal(late_after)).label("late"),
    )


def _rated_within(since: datetime, until: datetime) -> Any:  # noqa: ANN401  an SQL condition
    return and_(
        ratings.c.rated_at >= since, ratings.c.rated_at < until, ratings.c.score.is_not(None)
    )


def _rated(since: datetime, until: datetime) -> Select[Any]:
    return select(func.count().label("given"), func.sum(ratings.c.score).label("total")).where(
        _rated_within(since, until)
    )


def _happened(since: datetime, until: datetime) -> Select[Any]:
    def count(*conditions: Any) -> Any:  # noqa: ANN401  SQL conditions
        return select(func.count()).where(*conditions).scalar_subquery()

    def within(column: Any) -> Any:  # noqa: ANN401  a column, a condition
        return and_(column >= since, column < until)

    return select(
        count(within(tickets.c.opened_at)).label("opened"),
        count(within(tickets.c.solved_at)).label("solved"),
        count(text("grants.state = 'issued'"), within(grants.c.settled_at)).label("issued"),
        count(text("outbox.kind = 'pass_to_person'"), within(outbox.c.created_at)).label(
            "handed_over"
        ),
        count(text("outbox.state = 'unroutable'"), within(outbox.c.finished_at)).label(
            "unroutable"
        ),
        count(text("inbox.state = 'dead'"), inbox.c.finished_at < until).label("dead_in"),
        count(text("outbox.state = 'dead'"), outbox.c.finished_at < until).label("dead_out"),
    )
