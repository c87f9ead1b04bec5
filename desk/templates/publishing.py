"""Publishes templates and puts them back, all of one command or nothing."""

from collections.abc import Sequence
from datetime import datetime

from desk.shops.stores import Store
from desk.templates.commands import BEFORE, PublishTemplates, PutBackTemplate, TemplateCommand
from desk.templates.events import NotPutBack, Placed, TemplateHappening, TemplatesPlaced
from desk.templates.model import Template
from desk.templates.ports import TemplateStore
from desk.templates.versions import Act, Stamp

_LOOKED_AT = 1000
"""Lines of a template's log, for what was in force before."""


class Publishing:
    """The templates' side of one piece of work."""

    def __init__(self, store: TemplateStore, places: Sequence[Store], now: datetime) -> None:
        self._store, self._now = store, now
        self._names = {each.id: each.name for each in places}

    async def carry_out(self, command: TemplateCommand) -> tuple[TemplateHappening, ...]:
        """Do one thing and tell what happened."""
        await self._store.alone()
        stamp = Stamp(command.by, self._now, command.note)
        if isinstance(command, PutBackTemplate):
            return (await self._put_back(command, stamp),)
        placed = [await self._publish(each, command, stamp) for each in command.templates]
        return (TemplatesPlaced(tuple(placed), command.by, self._names),)

    async def _publish(self, draft: Template, asked: PublishTemplates, stamp: Stamp) -> Placed:
        before = await self._store.in_force(draft.id, asked.stores[0])
        published = await self._store.publish(draft, stamp)
        ended = await self._store.end_own(draft.id, stamp) if asked.replace else ()
        stores = await self._place(published.template, asked.stores, stamp)
        return Placed(published.template, published.is_new, stores, tuple(ended), before)

    async def _put_back(self, asked: PutBackTemplate, stamp: Stamp) -> TemplateHappening:
        found: dict[str, Template] = {}
        for store in asked.stores:
            number = asked.version or await self._number_before(asked.template, store)
            template = await self._store.version(asked.template, number)
            if template is None:
                known = await self._store.in_force(asked.template, store)
                name = known.name if known else asked.template
                return NotPutBack(asked.template, asked.version, store, asked.by, name)
            found[store] = template
        placed = []
        for store, template in found.items():
            before = await self._store.in_force(asked.template, store)
            stores = await self._place(template, (store,), stamp)
            placed.append(Placed(template, False, stores, before=before))
        return TemplatesPlaced(tuple(placed), asked.by, self._names)

    async def _place(
        self, template: Template, stores: tuple[str, ...], stamp: Stamp
    ) -> tuple[str, ...]:
        return tuple(
            [
                store
                for store in stores
                if await self._store.put_in_force(template.id, template.version, store, stamp)
            ]
        )

    async def _number_before(self, template: str, store: str) -> int:
        """The last other version that was put in force there; `BEFORE` where there was none."""
        lines = await self._store.changes(template, _LOOKED_AT)
        here = [each for each in lines if each.store == store and each.act is Act.PUT_IN_FORCE]
        others = (each.version for each in here if each.version != here[0].version)
        return next(others, BEFORE)
