"""Runs and windows of rules on PostgreSQL, and what rules ask about a person."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, Uuid, any_, delete, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from desk.kernel.ids import CustomerId
from desk.rules.happenings import On
from desk.rules.runs import Did, End, RuleCount, RuleRun, Standing
from desk.store.assignment_facts import YEAR, paid_in_a_year
from desk.store.persons import person
from desk.store.schema_rules import ABOUT_SOMETHING, rule_runs, rule_windows
from desk.store.schema_tickets import UNSOLVED, tickets
from desk.tickets.model import TicketKind

_LATELY = timedelta(days=180)
_RETURNS = (TicketKind.REFUND, TicketKind.RETURN)
_SKIPPED = (End.ONCE, End.UNTOLD)


class StoredRules:
    """Implements `desk.rules.ports.RuleStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_rule(self, rule: str, limit: int) -> tuple[RuleRun, ...]:
        """The last runs of a rule, newest first."""
        return await self._runs(select(rule_runs).where(rule_runs.c.rule == rule), limit)

    async def about(self, subject: str, limit: int) -> tuple[RuleRun, ...]:
        """The last runs about a ticket or order, newest first."""
        its = select(rule_runs).where(rule_runs.c.subject == subject, text(ABOUT_SOMETHING))
        return await self._runs(its, limit)

    async def of_customer(self, customer: CustomerId, limit: int) -> tuple[RuleRun, ...]:
        """The last runs about a person, newest first."""
        theirs = select(rule_runs).where(rule_runs.c.customer_id.in_(person(customer)))
        return await self._runs(theirs, limit)

    async def _runs(self, which: Select[Any], limit: int) -> tuple[RuleRun, ...]:
        newest = which.order_by(rule_runs.c.ran_at.desc(), rule_runs.c.chain.desc()).limit(limit)
        return tuple(map(_run, await self._connection.execute(newest)))

    async def counts(self, since: datetime) -> Mapping[str, RuleCount]:
        """How often each rule ran since then; rules that did not are missing."""
        ended = rule_runs.c.ended
        done, skipped = ended == End.DONE, ended.in_(_SKIPPED)
        counted = select(
            rule_runs.c.rule,
            func.count().filter(done).label("done"),
            func.count().filter(skipped).label("skipped"),
            func.count().filter(~done & ~skipped).label("failed"),
            func.max(rule_runs.c.ran_at).filter(done).label("last"),
        )
        lately = counted.where(rule_runs.c.ran_at >= since).group_by(rule_runs.c.rule)
        rows = await self._connection.execute(lately)
        return {row.rule: RuleCount(row.done, row.skipped, row.failed, row.last) for row in rows}

    async def claimed_until(self, rule: str, subject: str) -> datetime | None:
        """When a rule may run again for a subject; None where it never did."""
        its = (rule_windows.c.rule == rule) & (rule_windows.c.subject == subject)
        return await self._connection.scalar(select(rule_windows.c.ends_at).where(its))

    async def standing(self, customer: CustomerId, now: datetime, *, paid: bool) -> Standing:
        """What the house knows of a person; what they `paid` only where that is asked."""
        asked = _standing(customer, now, paid_in_a_year() if paid else literal(0))
        about = {"customer": customer, "year": now - YEAR} if paid else {}
        row = (await self._connection.execute(asked, about)).one()
        return Standing(
            paid=int(row.paid or 0),
            complaints=row.complaints,
            refunds=row.refunds,
            risks=tuple(row.risks or ()),
            open_tickets=row.open_tickets,
        )

    async def claim(self, rule: str, subject: str, now: datetime, until: datetime) -> bool:
        """Take a rule's window for a subject; False where it is taken, until it ends."""
        put = insert(rule_windows).values(rule=rule, subject=subject, ends_at=until)
        taken = put.on_conflict_do_update(
            index_elements=[rule_windows.c.rule, rule_windows.c.subject],
            set_={"ends_at": put.excluded.ends_at},
            where=rule_windows.c.ends_at <= now,
        )
        return await self._connection.scalar(taken.returning(rule_windows.c.rule)) is not None

    async def begin(self, run: RuleRun) -> bool:
        """Write a run down; False where the same (by its id) was written before."""
        put = insert(rule_runs).values(**_row(run)).on_conflict_do_nothing()
        return await self._connection.scalar(put.returning(rule_runs.c.id)) is not None

    async def keep(self, run: RuleRun) -> None:
        """Write down how a run ended, in place of how it stands."""
        put = insert(rule_runs).values(**_row(run))
        ended = {name: put.excluded[name] for name in ("ended", "did", "note", "subject")}
        await self._connection.execute(
            put.on_conflict_do_update(index_elements=[rule_runs.c.id], set_=ended)
        )

    async def prune(self, before: datetime, most: int) -> int:
        """Delete some runs from before then and windows that ended before then; count them."""
        old = select(rule_runs.c.id).where(rule_runs.c.ran_at < before).limit(most)
        runs = await self._connection.execute(delete(rule_runs).where(rule_runs.c.id.in_(old)))
        over = delete(rule_windows).where(rule_windows.c.ends_at < before)
        windows = await self._connection.execute(over)
        return int(runs.rowcount) + int(windows.rowcount)


def _standing(customer: CustomerId, now: datetime, paid: ColumnElement[Any]) -> Select[Any]:
    """One row: what was paid in a year, and the person's tickets counted by kind."""
    kind, lately = tickets.c.kind, tickets.c.opened_at > now - _LATELY
    risk = kind == TicketKind.RISK
    by_age = aggregate_order_by(tickets.c.number, tickets.c.opened_at.desc())
    newest = func.array_agg(by_age).filter(risk & lately)
    unsolved = func.count().filter(text(UNSOLVED), ~risk)
    return select(
        paid.label("paid"),
        func.count().filter(kind == TicketKind.COMPLAINT, lately).label("complaints"),
        func.count().filter(kind.in_(_RETURNS), lately).label("refunds"),
        newest.label("risks"),
        unsolved.label("open_tickets"),
    ).where(tickets.c.customer_id == any_(_people(customer)))


def _people(customer: CustomerId) -> ColumnElement[Any]:
    return func.array(person(customer).scalar_subquery(), type_=ARRAY(Uuid))


def _row(run: RuleRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "rule": run.rule,
        "happening": run.on.value,
        "ran_at": run.at,
        "subject": run.subject,
        "customer_id": run.customer,
        "ended": run.end.value,
        "did": [asdict(each) for each in run.did],
        "note": run.note,
        "chain": run.chain,
        "caused_by": run.by,
    }


def _run(row: Row[Any]) -> RuleRun:
    return RuleRun(
        id=row.id,
        rule=row.rule,
        on=On(row.happening),
        at=row.ran_at,
        subject=row.subject,
        customer=None if row.customer_id is None else CustomerId(row.customer_id),
        end=End(row.ended),
        did=tuple(Did(**each) for each in row.did),
        note=row.note,
        chain=row.chain,
        by=row.caused_by,
    )
