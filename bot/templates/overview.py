"""What is in force where and what could be published, for the chat and the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.kernel.messages import Phrase, phrase
from desk.templates.data import fingerprint
from desk.templates.model import Template
from desk.templates.ports import Drafts, TemplateReader
from desk.templates.versions import EVERYWHERE, HOUSE, Change, Draft, InForce, Published

LOGGED = 30
"""So many lines of a template's log are shown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one template stands: its draft, what is in force where, all its versions newest first.

    `draft` None: its file is gone, the versions stay.
    """

    id: str
    draft: Draft | None
    in_force: tuple[InForce, ...]
    versions: tuple[Published, ...]

    @property
    def is_fresh(self) -> bool:
        """Tell whether the draft has a content that was never published."""
        if self.draft is None:
            return False
        return fingerprint(self.draft.template) not in {each.fingerprint for each in self.versions}

    @property
    def everywhere(self) -> Template | None:
        """The version that is in force for all; None where none is."""
        return self._version(next((each for each in self.in_force if not each.store), None))

    @property
    def shown(self) -> Template | None:
        """The version in force for all; else the newest, else the draft."""
        if self.everywhere or self.versions:
            return self.everywhere or self.versions[0].template
        return self.draft.template if self.draft else None

    def at(self, store: str) -> Template | None:
        """The version that a store follows."""
        own = next((each for each in self.in_force if each.store == store), None)
        return self._version(own) or self.everywhere

    def version(self, number: int) -> Template | None:
        """A version by its number."""
        found = (each.template for each in self.versions)
        return next((each for each in found if each.version == number), None)

    def _version(self, at: InForce | None) -> Template | None:
        return self.version(at.version) if at else None


async def standings(reader: TemplateReader, drafts: Drafts) -> tuple[Standing, ...]:
    """All templates that are in force or could be, in the order of the ids.

    Raises:
        DeskError: a file of the merchant is wrong.
    """
    at_hand = {each.template.id: each for each in await drafts.read()}
    holding: dict[str, list[InForce]] = {}
    for each in await reader.everything_in_force():
        holding.setdefault(each.template, []).append(each)
    return tuple(
        [
            Standing(
                name,
                at_hand.get(name),
                tuple(holding.get(name, ())),
                tuple(await reader.history(name)),
            )
            for name in sorted({*at_hand, *holding})
        ]
    )


def line_of(standing: Standing, names: Mapping[str, str]) -> Phrase:
    """One line for a template, with a line each for stores of their own."""
    fresh = phrase("template.fresh") if standing.is_fresh else ""
    shown, everywhere = standing.shown, standing.everywhere
    own = tuple(
        phrase("template.own_line", store=names.get(each.store, each.store), version=each.version)
        for each in standing.in_force
        if each.store != EVERYWHERE
    )
    told = shown.name if shown else standing.id
    if everywhere is None and not own:
        return phrase("template.line_none", name=told, id=standing.id)
    version = everywhere.version if everywhere else 0
    return phrase("template.line", name=told, id=standing.id, version=version, fresh=fresh, own=own)


def head_of(standing: Standing) -> Phrase:
    """What a template is called, and whether there is something to publish."""
    shown = standing.shown
    name = shown.name if shown else standing.id
    fresh = phrase("template.fresh") if standing.is_fresh else ""
    count = len(standing.versions)
    return phrase("template.head", name=name, id=standing.id, count=count, fresh=fresh)


def log_said(standing: Standing, changes: Sequence[Change], names: Mapping[str, str]) -> Phrase:
    """Who did what about a template, the newest first."""
    lines = tuple(_log_line(each, names) for each in changes)
    return phrase("template.log", head=head_of(standing), lines=lines)


def _log_line(change: Change, names: Mapping[str, str]) -> Phrase:
    everywhere = phrase("template.everywhere")
    return phrase(
        f"template.act.{change.act}",
        at=change.stamp.at,
        by=_by(change.stamp.by),
        version=change.version,
        stores=names.get(change.store, change.store) or everywhere,
        note=phrase("template.note", note=change.stamp.note) if change.stamp.note else "",
    )


def _by(who: str) -> Phrase | str:
    return phrase("template.by_house") if who == HOUSE else who


def since_lines(standing: Standing, names: Mapping[str, str]) -> tuple[Phrase, ...]:
    """Who put which version in force where, and when."""
    return tuple(
        phrase(
            "template.since",
            stores=names.get(each.store, each.store) or phrase("template.everywhere"),
            version=each.version,
            by=_by(each.stamp.by),
            at=each.stamp.at,
            note=phrase("template.note", note=each.stamp.note) if each.stamp.note else "",
        )
        for each in standing.in_force
    )
