"""Templates kept in memory, as the store keeps them."""

from dataclasses import dataclass, field, replace

from desk.templates.data import fingerprint
from desk.templates.model import Template
from desk.templates.versions import EVERYWHERE, Act, Change, InForce, Published, Stamp


@dataclass
class FakeTemplates:
    """Versions by template in order of their numbers; what is in force by template and store."""

    kept: dict[str, list[Published]] = field(default_factory=dict)
    holding: dict[tuple[str, str], InForce] = field(default_factory=dict)
    log: list[Change] = field(default_factory=list)

    async def in_force(self, template: str, store: str = "") -> Template | None:
        found = self.holding.get((template, store)) or self.holding.get((template, EVERYWHERE))
        return await self.version(template, found.version) if found else None

    async def version(self, template: str, version: int) -> Template | None:
        known = self.kept.get(template, ())
        return known[version - 1].template if 0 < version <= len(known) else None

    async def everything_in_force(self) -> tuple[InForce, ...]:
        return tuple(self.holding[name] for name in sorted(self.holding))

    async def history(self, template: str) -> tuple[Published, ...]:
        return tuple(self.kept.get(template, ())[::-1])

    async def changes(self, template: str, limit: int) -> tuple[Change, ...]:
        return tuple([each for each in self.log[::-1] if each.template == template][:limit])

    async def alone(self) -> None:
        """There is nobody else."""

    async def publish(self, template: Template, stamp: Stamp) -> Published:
        known, mark = self.kept.setdefault(template.id, []), fingerprint(template)
        there = next((each for each in known if each.fingerprint == mark), None)
        if there is not None:
            return there
        version = len(known) + 1
        known.append(Published(replace(template, version=version), mark, stamp))
        self.log.append(Change(Act.PUBLISHED, template.id, version, EVERYWHERE, stamp))
        return replace(known[-1], is_new=True)

    async def put_in_force(self, template: str, version: int, store: str, stamp: Stamp) -> bool:
        before = self.holding.get((template, store))
        if before is not None and before.version == version:
            return False
        self.holding[template, store] = InForce(template, version, store, stamp)
        self.log.append(Change(Act.PUT_IN_FORCE, template, version, store, stamp))
        return True

    async def end_own(self, template: str, stamp: Stamp) -> tuple[str, ...]:
        own = sorted(store for name, store in self.holding if name == template and store)
        for store in own:
            version = self.holding.pop((template, store)).version
            self.log.append(Change(Act.OWN_ENDED, template, version, store, stamp))
        return tuple(own)
