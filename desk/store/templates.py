"""Templates: versions that never change, what is in force where, and the log."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.store.schema_templates import template_changes, template_versions, templates_in_force
from desk.templates.data import as_data, fingerprint, of_data
from desk.templates.model import Template
from desk.templates.versions import EVERYWHERE, Act, Change, InForce, Published, Stamp

Known = dict[tuple[str, int, str], Template]
"""Versions that this process has read, by template, version and fingerprint."""

_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended("templates are published", 0)))
_VERSIONS, _IN = template_versions.c, templates_in_force.c
_THIS = (_VERSIONS.template == bindparam("of")) & (_VERSIONS.version == bindparam("number"))
_MARK = select(_VERSIONS.version, _VERSIONS.fingerprint)
_IN_FORCE = (
    _MARK.join(
        templates_in_force,
        (_IN.template == _VERSIONS.template) & (_IN.version == _VERSIONS.version),
    )
    .where(_IN.template == bindparam("of"), _IN.store.in_((bindparam("at_store"), EVERYWHERE)))
    # A store's own comes before what is for all.
    .order_by(_IN.store.desc())
    .limit(1)
)
_ONE = _MARK.where(_THIS)
_CONTENT = select(_VERSIONS.content).where(_THIS)


class StoredTemplates:
    """Implements `desk.templates.ports.TemplateStore`."""

    def __init__(self, connection: AsyncConnection, known: Known) -> None:
        self._connection, self._known = connection, known

    async def in_force(self, template: str, store: str = "") -> Template | None:
        """The version that new tickets of a store follow."""
        values = {"of": template, "at_store": store}
        return await self._read(
            template, (await self._connection.execute(_IN_FORCE, values)).first()
        )

    async def version(self, template: str, version: int) -> Template | None:
        """A version that was once published."""
        values = {"of": template, "number": version}
        found = await self._connection.execute(_ONE, values)
        return await self._read(template, found.first())

    async def everything_in_force(self) -> tuple[InForce, ...]:
        """What is in force where, by template and store."""
        table = templates_in_force
        found = await self._connection.execute(
            select(table).order_by(table.c.template, table.c.store)
        )
        return tuple(
            InForce(row.template, row.version, row.store, Stamp(row.since_by, row.since, row.note))
            for row in found
        )

    async def history(self, template: str) -> tuple[Published, ...]:
        """All versions of a template, the newest first."""
        table = template_versions
        found = await self._connection.execute(
            select(table).where(table.c.template == template).order_by(table.c.version.desc())
        )
        return tuple(_published(row) for row in found)

    async def changes(self, template: str, limit: int) -> tuple[Change, ...]:
        """The last lines of a template's log, the newest first."""
        table = template_changes
        found = await self._connection.execute(
            select(table)
            .where(table.c.template == template)
            .order_by(table.c.id.desc())
            .limit(limit)
        )
        return tuple(_change(row) for row in found)

    async def alone(self) -> None:
        """From here to the end of the transaction nobody else publishes."""
        await self._connection.execute(_LOCK)

    async def publish(self, template: Template, stamp: Stamp) -> Published:
        """Keep a version under the next number; known content keeps the number that it has."""
        await self.alone()
        table, mark = template_versions, fingerprint(template)
        there = await self._connection.execute(
            select(table).where(table.c.template == template.id, table.c.fingerprint == mark)
        )
        if (row := there.first()) is not None:
            return _published(row)
        newest = select(func.coalesce(func.max(table.c.version), 0) + 1).where(
            table.c.template == template.id
        )
        version = int((await self._connection.execute(newest)).scalar_one())
        added = await self._connection.execute(
            insert(table)
            .values(
                template=template.id,
                version=version,
                fingerprint=mark,
                content=as_data(template),
                published_by=stamp.by,
                published_at=stamp.at,
                note=stamp.note,
            )
            .returning(*table.c)
        )
        await self._log(Change(Act.PUBLISHED, template.id, version, EVERYWHERE, stamp))
        return replace(_published(added.one()), is_new=True)

    async def put_in_force(self, template: str, version: int, store: str, stamp: Stamp) -> bool:
        """New tickets of a store follow a version; False: they did already."""
        table = templates_in_force
        values = {
            "version": version,
            "since_by": stamp.by,
            "since": stamp.at,
            "note": stamp.note,
        }
        done = await self._connection.execute(
            upsert(table)
            .values(template=template, store=store, **values)
            .on_conflict_do_update(
                index_elements=["template", "store"],
                set_=values,
                where=table.c.version != version,
            )
        )
        if done.rowcount:
            await self._log(Change(Act.PUT_IN_FORCE, template, version, store, stamp))
        return bool(done.rowcount)

    async def end_own(self, template: str, stamp: Stamp) -> tuple[str, ...]:
        """No store has this template of its own any more; the stores that had."""
        table = templates_in_force
        gone = await self._connection.execute(
            delete(table)
            .where(table.c.template == template, table.c.store != EVERYWHERE)
            .returning(table.c.store, table.c.version)
        )
        ended = sorted((row.store, row.version) for row in gone)
        for store, version in ended:
            await self._log(Change(Act.OWN_ENDED, template, version, store, stamp))
        return tuple(store for store, _ in ended)

    async def _read(self, template: str, mark: Row[Any] | None) -> Template | None:
        if mark is None:
            return None
        name = (template, int(mark.version), str(mark.fingerprint))
        if name not in self._known:
            values = {"of": template, "number": mark.version}
            content = (await self._connection.execute(_CONTENT, values)).scalar_one()
            self._known[name] = _template(content, mark.version)
        return self._known[name]

    async def _log(self, change: Change) -> None:
        await self._connection.execute(
            insert(template_changes).values(
                act=change.act.value,
                template=change.template,
                version=change.version,
                store=change.store,
                done_by=change.stamp.by,
                done_at=change.stamp.at,
                note=change.stamp.note,
            )
        )


def _template(content: Mapping[str, Any], version: int) -> Template:
    return of_data(content, version)


def _published(row: Row[Any]) -> Published:
    stamp = Stamp(row.published_by, row.published_at, row.note)
    return Published(_template(row.content, row.version), row.fingerprint, stamp)


def _change(row: Row[Any]) -> Change:
    stamp = Stamp(row.done_by, row.done_at, row.note)
    return Change(Act(row.act), row.template, row.version, row.store, stamp)
